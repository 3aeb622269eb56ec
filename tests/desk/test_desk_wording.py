from __future__ import annotations

from typing import get_args

import pytest

from trucebook.desk.wording import DOES, found_in_words
from trucebook.reading.model import Act


@pytest.mark.parametrize(
    ("kind", "found", "said"),
    [
        ("move", "Velonia: accept_if (done, on a condition)", "Velonia accepts on a condition (told as done)"),
        ("move", "Velonia: threaten (planned, on a condition)", "Velonia threatens on a condition (told as planned)"),
        ("move", "nobody named: refuse (denied)", "nobody named refuses (told as denied)"),
        ("move", "Envoy: The Third: set_deadline (done)", "Envoy: The Third sets a deadline (told as done)"),
        ("move", "something else", "something else"),
        ("commitment", "Velonia: detached", "Velonia: owed"),
        ("commitment", "Velonia: violated alleged", "Velonia: said to be broken"),
        ("proposal", "nobody named: offered", "nobody named: on the table"),
        ("finding", "disputed condition", "disputed: on which condition"),
        ("finding", "single", "told once"),
        ("speaker", "Anna Berg: detached", "Anna Berg: detached"),
        ("actor", "state", "state"),
    ],
)
def test_what_was_found_is_said_in_words(kind: str, found: str, said: str) -> None:
    assert found_in_words(kind, found) == said


def test_every_act_has_its_words() -> None:
    assert set(get_args(Act)) <= set(DOES)
