"""Words that part numbers of one thing: who is handed over is released, what is launched is not shot down."""

from __future__ import annotations

import pytest

from trucebook import read_text
from trucebook.api import reconcile
from trucebook.dossier.units import met_alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("released", "transferred", True),
        ("transferred", "released", True),
        ("captured", "detained", True),
        ("launched", "launched", True),
        (None, "launched", True),
        ("launched", "intercepted", False),
        ("captured", "released", False),
        ("delivered", "arrived", False),
    ],
)
def test_what_befell_the_counted_is_one_deed_or_two(one: str | None, other: str | None, *, alike: bool) -> None:
    assert met_alike(one, other) is alike


def test_who_is_handed_over_in_one_report_and_released_in_another_is_one_fact() -> None:
    texts = (
        "Norway will hand over 33 prisoners to Iceland in the first phase of the truce.",
        "Norway will release 33 prisoners to Iceland in the first phase of the truce.",
    )
    told = reconcile([read_text(text, id=f"r{i}") for i, text in enumerate(texts)]).findings
    agreed = [e for f in told if f.standing == "corroborated" for p in f.positions for e in p.evidence]
    assert "hand over" in " ".join(e.span.of(texts[int(e.report[1])]) for e in agreed)
