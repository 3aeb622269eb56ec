from __future__ import annotations

import msgspec
import pytest
from factories import find, place, reading

from trucebook.dossier.importance import WEIGHTS, Scale, central
from trucebook.dossier.model import CoverageRow, Dossier, Evidence, Finding, Position
from trucebook.reading.model import Act, Move, MoveStatus

HEAD = "Norway accepted the truce on Tuesday."
TAIL = "The harbour was full of gulls."
TEXT = f"{HEAD} Rain fell on the envoys and on the photographers all morning. {TAIL}"
READINGS = [
    reading(
        name,
        TEXT,
        mentions=(place(TEXT, "Norway", "state"),),
        moves=(Move(span=find(TEXT, HEAD), trigger=find(TEXT, "accepted"), act="accept"),),
    )
    for name in "abcde"
]
SCALE = Scale([READINGS], {}, {})


def finding(words: str, reports: str, *, origins: int | None = None, **more: object) -> Finding:
    span = find(TEXT, words)
    found = Finding(
        id=words,
        standing="corroborated",
        kind=None,
        statement=words,
        origins=origins or len(reports),
        positions=(Position(value="", evidence=tuple(Evidence(report=r, span=span) for r in reports)),),
    )
    return SCALE.weigh(msgspec.structs.replace(found, **more))


def test_the_parts_weigh_one_together() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param(finding(TAIL, "abc"), finding(TAIL, "ab"), id="more reports"),
        pytest.param(finding(TAIL, "abc"), finding(TAIL, "abc", origins=1), id="more origins"),
        pytest.param(finding("Rain", "ab"), finding(TAIL, "ab"), id="earlier"),
        pytest.param(finding(HEAD, "ab"), finding("on Tuesday", "ab"), id="an act of a party"),
        pytest.param(
            finding(TAIL, "ab", standing="disputed", kind="polarity", level="reports"), finding(TAIL, "ab"), id="disputed"
        ),
        pytest.param(
            finding(TAIL, "ab", standing="disputed", kind="polarity", level="reports"),
            finding(TAIL, "ab", standing="disputed", kind="wording", level="reports"),
            id="a dispute over more than wording",
        ),
        pytest.param(
            finding(TAIL, "ab", conditions=(Evidence(report="a", span=find(TEXT, "gulls")),)),
            finding(TAIL, "ab"),
            id="on a condition",
        ),
    ],
)  # fmt: skip
def test_what_makes_a_finding_more_central(more: Finding, less: Finding) -> None:
    assert more.strength > less.strength


def test_the_strength_is_the_weighted_sum_of_the_parts_that_are_shown() -> None:
    found = finding(HEAD, "abcd")
    parts = msgspec.structs.asdict(found.importance)
    assert found.strength == pytest.approx(sum(WEIGHTS[name] * part for name, part in parts.items()), abs=1e-3)
    assert parts["reports"] == pytest.approx(0.8)
    assert parts["moves"] == parts["actors"] == 1


@pytest.mark.parametrize(
    ("act", "status", "part"),
    [("accept", "done", 1), ("accept", "conditional", 1), ("accept", "possible", 0.8), ("welcome", "done", 0.5)],
)
def test_what_an_act_weighs(act: Act, status: MoveStatus, part: float) -> None:
    move = Move(span=find(TEXT, HEAD), trigger=find(TEXT, "accepted"), act=act, status=status)
    scale = Scale([[reading("a", TEXT, moves=(move,))]], {}, {})
    assert scale.weigh(finding(HEAD, "a")).importance.moves == pytest.approx(part)


def test_an_event_that_few_reports_tell_weighs_less() -> None:
    scale = Scale([READINGS[:4], READINGS[4:]], {}, {})
    assert scale.weigh(finding(HEAD, "e")).strength < SCALE.weigh(finding(HEAD, "abcd")).strength


def test_findings_below_a_threshold_are_left_out_with_their_rows() -> None:
    strong, weak = finding(HEAD, "abcde"), finding(TAIL, "ab", origins=1)
    rows = tuple(CoverageRow(finding=f.id, cells=("told",) * 5) for f in (strong, weak))
    every = Dossier(as_of=None, readings=tuple(READINGS), findings=(strong, weak), coverage=rows)
    for kept in (central(every, strength=strong.strength), central(every, origins=2)):
        assert kept.findings == (strong,)
        assert [row.finding for row in kept.coverage] == [strong.id]
    assert central(every) == every
