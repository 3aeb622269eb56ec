"""For whom somebody speaks."""

from __future__ import annotations

import pytest

from trucebook.api import read_text
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.voices import Voices

TEXT = (
    "Danish Foreign Minister Ada Marlow left Oslo on Monday. Norwegian President Lars Brandt said that he was content. "
    "The Brandt administration expects an answer. The Danish Defense Ministry said so too. "
    "Former Danish envoy Nils Holm disagreed. Eva Lind, a fisherwoman, waits."
)
SIDES = {
    "a minister": ("Ada Marlow", "Denmark"),
    "a president": ("Lars Brandt", "Norway"),
    "the administration of a president": ("Brandt administration", "Norway"),
    "a ministry": ("Danish Defense Ministry", "Denmark"),
    "an office that is no more": ("Nils Holm", "Nils Holm"),
    "nobody's official": ("Eva Lind", "Eva Lind"),
    "a state": ("Norway", "Norway"),
    "the office of a state": ("White House", "United States"),
    "state media": ("TASS", "Russia"),
    "an agency": ("Associated Press", None),
}


@pytest.fixture(scope="module")
def voices() -> Voices:
    reading = read_text(TEXT, id="r0", published="2031-05-07")
    return Voices([reading], merge_actors([reading]).canonical)


@pytest.mark.parametrize(("name", "side"), SIDES.values(), ids=SIDES.keys())
def test_for_whom_somebody_speaks(voices: Voices, name: str, side: str | None) -> None:
    assert voices.side(name) == side
