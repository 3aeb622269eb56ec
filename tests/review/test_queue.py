"""The queue: what waits for a person, why, in which order, and what leaves it and comes back."""

from __future__ import annotations

import datetime
from time import process_time
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trucebook
from trucebook.agreement.gather import state_of_play, terms, terms_judged
from trucebook.agreement.state import StateOfPlay
from trucebook.agreement.when import NEVER
from trucebook.dossier.build import build
from trucebook.dossier.judgement import KINDS, Act, Judged, Judgement, Subject
from trucebook.dossier.judging import spoken, subjects
from trucebook.dossier.model import Actor, Dossier, Evidence, Finding, Merge, Position, Quote, Variant
from trucebook.dossier.moves import told
from trucebook.reading.model import Abstention, Attribution, Reading
from trucebook.report import Report
from trucebook.review import Item, queue
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

AT = datetime.datetime(2031, 5, 8, tzinfo=datetime.UTC)
OFFER = "Norway proposed a 60-day truce on Monday. Norway will take the offer to Denmark."
TEXTS = (
    f"{OFFER} Sweden accepted the truce. Officials said 30 people were killed in the port.",
    "Sweden rejected the truce. Officials said 40 people were killed in the port.",
    "Norway will resume aid to Sweden if Sweden signs the truce. “The port is shut for good,” said a man at the gate.",
    "Norway will resume aid to Sweden.",
)


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    return tuple(trucebook.read_text(t, id=f"r{i}", published="2031-05-07") for i, t in enumerate(TEXTS))


def waiting(readings: Iterable[Reading], judgements: Iterable[Judgement] = ()) -> tuple[Item, ...]:
    dossier = build(readings, judgements=tuple(judgements))
    return queue(dossier, state_of_play(dossier), (*dossier.judged, *terms_judged(dossier)))


def subject_of(item: Item, readings: tuple[Reading, ...]) -> Subject:
    dossier = build(readings)
    every = (*spoken(readings), *told(readings), *terms(dossier), *(s for k in KINDS for s in subjects(dossier, k)))
    return next(s for s in every if (s.kind, s.id) == (item.kind, item.id))


def verdict(subject: Subject, act: Act = "accept") -> Judgement:
    return Judgement(id=f"j{subject.kind}{subject.id}{act}", subject=subject, act=act, user="ida", at=AT, value="x")


def test_what_decides_the_state_of_play_and_is_contradicted_comes_first(readings: tuple[Reading, ...]) -> None:
    items = waiting(readings)
    assert {"finding", "speaker", "move", "commitment"} <= {i.kind for i in items}
    assert items[0].kind in {"move", "commitment"}
    why = {w for i in items for w in i.why}
    assert "reports contradict each other on the answer of Sweden to the 60-day truce" in why
    assert "reports tell different conditions, or one tells none" in why
    assert all(i.why and i.says and i.found and i.evidence for i in items)


def test_what_somebody_said_and_nobody_knows_who_waits_with_what_hangs_on_it(readings: tuple[Reading, ...]) -> None:
    (item,) = [i for i in waiting(readings) if i.kind == "speaker" and "The port is shut" in i.says]
    assert item.found == "no speaker"
    assert item.why[0].startswith("the speaker was left open: ")
    assert "only one report tells it" in item.why


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_what_was_judged_leaves_the_queue_and_a_note_does_not(readings: tuple[Reading, ...], act: Act) -> None:
    before = waiting(readings)
    for kind in ("finding", "speaker", "move", "commitment"):
        item = next(i for i in before if i.kind == kind)
        subject = subject_of(item, readings)
        assert (kind, item.id) not in {(i.kind, i.id) for i in waiting(readings, [verdict(subject, act)])}
        assert (kind, item.id) in {(i.kind, i.id) for i in waiting(readings, [verdict(subject, "note")])}


def test_a_judgement_that_asks_again_comes_before_what_nobody_looked_at() -> None:
    was = trucebook.read_text("Sweden accepted the truce.", id="r0", published="2031-05-07")
    now = trucebook.read_text("It rained. Sweden accepted the truce.", id="r0", published="2031-05-07")
    now = msgspec.structs.replace(now, moves=(msgspec.structs.replace(now.moves[0], actors=("Norway",)),))
    made = verdict(next(iter(told([was]))), "reject")
    (item, *_) = waiting([now], [made])
    assert (item.kind, item.asks, item.there) == ("move", (made.id,), True)
    assert item.why[0] == (
        "a judgement asks again: reject by ida; the report and what is found in it have both changed"
    )
    gone = trucebook.read_text("Sweden accepted the truce on Monday.", id="r0", published="2031-05-07")
    (lost,) = waiting([gone], [made])
    assert (lost.id, lost.there, lost.says) == (made.subject.id, False, "Sweden accepted the truce")
    assert "the program does not find it any more" in lost.why


def test_the_order_does_not_depend_on_the_order_of_the_reports(readings: tuple[Reading, ...]) -> None:
    assert waiting(reversed(readings)) == waiting(readings)


TEXT = "Sweden closed the port on Monday. “It is shut,” Berg said."
PLAY = StateOfPlay(as_of=NEVER)


def dossier(**found: object) -> Dossier:
    reports = [Report(id=i, path=i, sha256="0", text=TEXT) for i in ("a", "b")]
    return Dossier(as_of=None, readings=tuple(Reading(report=r) for r in reports), **found)  # type: ignore[arg-type]


def finding(**about: object) -> Finding:
    places = tuple(Evidence(report=r, span=Span(0, 33)) for r in ("a", "b"))
    base = Finding(
        id="f1", standing="corroborated", kind=None, statement="Sweden closed the port", origins=2, strength=0.5,
        positions=(Position(value="", evidence=places),),
    )  # fmt: skip
    return msgspec.structs.replace(base, **about)


FINDINGS: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "sure": ({"confidence": 0.97}, ()),
    "not judged by a model": ({}, ()),
    "two readings nearly equal": ({"confidence": 0.55}, ("that the reports speak of one thing is 55 % sure",)),
    "disputed by reports": ({"standing": "disputed", "kind": "value", "level": "reports"}, ("the reports contradict each other over the value",)),
    "disputed by parties": ({"standing": "disputed", "kind": "polarity", "level": "parties"}, ("the parties contradict each other over the polarity",)),
    "conditional in one": ({"conditions": (Evidence(report="a", span=Span(0, 6)),)}, ("1 of 2 reports tell it under a condition",)),
    "conditional in both": ({"conditions": tuple(Evidence(report=r, span=Span(0, 6)) for r in "ab")}, ()),
    "told once": ({"standing": "single", "confidence": 0.3}, ()),
}  # fmt: skip


@pytest.mark.parametrize(("about", "why"), FINDINGS.values(), ids=FINDINGS.keys())
def test_which_findings_wait_and_why(about: dict[str, object], why: tuple[str, ...]) -> None:
    items = queue(dossier(findings=(finding(**about),)), PLAY)
    assert [i.why for i in items] == ([why] if why else [])


@pytest.mark.parametrize(("names", "waits"), [(("Berg", "Thorne"), True), (("Berg", "Berg"), False), (("Berg", None), False)])  # fmt: skip
def test_a_quotation_of_two_speakers_waits(names: tuple[str | None, str | None], waits: bool) -> None:
    variants = tuple(Variant(report=r, span=Span(35, 46), speaker=n) for r, n in zip("ab", names, strict=True))
    items = queue(dossier(quotes=(Quote(id="q1", speaker="Berg", same_wording=True, variants=variants),)), PLAY)
    assert [i.why for i in items] == ([("reports name different speakers: Berg; Thorne",)] if waits else [])


@pytest.mark.parametrize(("score", "waits"), [(18.0, True), (85.0, True), (95.0, False), (100.0, False)])
def test_names_that_a_weak_rule_joined_wait(score: float, waits: bool) -> None:
    merge = Merge(names=("Berg", "Sweden"), reason="an initial and its name", score=score)
    actor = Actor(name="Berg", type="person", aliases=("Berg", "Sweden"), mentions=2, reports=("a",), merges=(merge,))
    items = queue(dossier(actors=(actor,)), PLAY)
    assert [i.why for i in items] == (
        [("“Berg” and “Sweden” were taken for one: an initial and its name",)] if waits else []
    )


def crowded(many: int) -> Dossier:
    """One report in which as many people whom nobody names say as many things that are disputed."""
    words = "It is shut. "
    text = words * many
    spans = [Span(i * len(words), i * len(words) + 11) for i in range(many)]
    told = Reading(
        report=Report(id="a", path="a", sha256="0", text=text),
        attributions=tuple(
            Attribution(id=f"a{i}", source=(s,), cue=None, content=(s,), kind="direct", speaker=None)
            for i, s in enumerate(spans)
        ),
        abstentions=tuple(Abstention(span=s, what="speaker", reason="the words name no actor") for s in spans),
    )
    disputes = (
        finding(id=f"f{i}", standing="disputed", kind="value", positions=(Position(value="", evidence=(Evidence(report="a", span=s),)),))
        for i, s in enumerate(spans)
    )  # fmt: skip
    return Dossier(as_of=None, readings=(told,), findings=tuple(disputes))


def test_a_long_report_costs_by_its_length_and_not_by_its_square() -> None:
    def seconds(many: int) -> float:
        of = crowded(many)
        before = process_time()
        assert len(queue(of, PLAY)) == 2 * many
        return process_time() - before

    # Sixteen times as much is 256 times the work where it grows by the square.
    assert min(seconds(8_000) for _ in range(2)) < 64 * min(seconds(500) for _ in range(3))


share = st.floats(0, 1)
some_findings = st.lists(
    st.tuples(share, st.one_of(st.none(), share), st.sampled_from(["corroborated", "disputed", "single"])), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(some=some_findings, chance=st.randoms(use_true_random=False), judged=st.sets(st.integers(0, 11)))
def test_the_queue_is_in_order_without_what_was_judged_and_the_same_for_any_order_of_what_goes_in(
    some: list[tuple[float, float | None, str]], chance: object, judged: set[int]
) -> None:
    made = [
        finding(id=f"f{i}", strength=s, confidence=c, standing=k, kind="value" if k == "disputed" else None)
        for i, (s, c, k) in enumerate(some)
    ]
    verdicts = [
        Judged(judgement=verdict(Subject(kind="finding", id=f"f{i}")), target=f"f{i}", hold="holds") for i in judged
    ]
    items = queue(dossier(findings=tuple(made)), PLAY, verdicts)
    assert [i.weight for i in items] == sorted((i.weight for i in items), reverse=True)
    assert all(0 <= i.importance <= 1 and 0 <= i.uncertainty <= 1 for i in items)
    assert not {i.id for i in items} & {f"f{i}" for i in judged}
    assert len({(i.kind, i.id) for i in items}) == len(items)
    chance.shuffle(made)  # type: ignore[attr-defined]
    assert queue(dossier(findings=tuple(made)), PLAY, verdicts) == items
