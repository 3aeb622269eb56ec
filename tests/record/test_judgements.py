"""What people decide stands beside what the program finds, survives what does not concern it, and asks again else."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import msgspec
import pytest
from record_stubs import BERG, QUOTED, THORNE, maker, put, read, report

import trucebook
from trucebook.agreement.gather import state_of_play
from trucebook.casework import brief_of, subject_in
from trucebook.dossier.build import build
from trucebook.dossier.judgement import Act, Anchor, Judgement, Subject
from trucebook.dossier.judging import hold, in_force, spoken, subjects, text_hash
from trucebook.dossier.moves import identified
from trucebook.record.adding import Incoming, add
from trucebook.record.case import open_case
from trucebook.record.errors import JudgementError
from trucebook.record.judgements import Decision, judge, judgements, undo
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.reading.model import Reading
    from trucebook.record.case import Case

AT = datetime.datetime(2031, 5, 7, 12, tzinfo=datetime.UTC)
URL = "https://quay.example/1"


def made(
    ident: str, act: Act, subject: Subject | None = None, value: str = "", names: tuple[str, ...] = ()
) -> Judgement:
    about = subject or Subject(kind="finding", id="f1")
    return Judgement(id=ident, subject=about, act=act, user="ida", at=AT, value=value, names=names)


@pytest.mark.parametrize(
    ("every", "left"),
    [
        pytest.param([("a", "accept", ""), ("b", "reject", "")], ["b"], id="the-later-verdict-counts"),
        pytest.param([("a", "accept", ""), ("b", "undo", "a")], [], id="undone"),
        pytest.param([("a", "accept", ""), ("b", "reject", ""), ("c", "undo", "b")], ["a"], id="undo-brings-the-earlier-back"),
        pytest.param([("a", "accept", ""), ("b", "undo", "a"), ("c", "undo", "b")], ["a"], id="an-undo-undone"),
        pytest.param([("a", "accept", ""), ("b", "undo", "a"), ("c", "undo", "b"), ("d", "undo", "c")], [], id="and-that-undone"),
        pytest.param([("a", "note", "x"), ("b", "note", "y")], ["a", "b"], id="notes-add-up"),
        pytest.param([("a", "accept", ""), ("b", "note", "y")], ["a", "b"], id="a-note-is-no-verdict"),
        pytest.param([("b", "undo", "a")], [], id="an-undo-of-nothing"),
    ],
)  # fmt: skip
def test_which_judgements_are_in_force(every: list[tuple[str, Act, str]], left: list[str]) -> None:
    assert [j.id for j in in_force([made(i, act, value=value) for i, act, value in every])] == left


def anchored(words: str, text: str, span: tuple[int, int] = (0, 10), *, name: str = "one") -> Anchor:
    return Anchor(report=name, text=text_hash(text), span=Span(*span), words=words)


WAS = Subject(kind="finding", id="f1", anchors=(anchored("the bridge", "v1"),), found="single")


@pytest.mark.parametrize(
    ("now", "texts", "state", "target"),
    [
        pytest.param(WAS, {"one": "v1"}, "holds", "f1", id="nothing-changed"),
        pytest.param(Subject(kind="finding", id="f2", anchors=(anchored("he bridge", "v1", (1, 10)),), found="disputed"), {"one": "v1"}, "holds", "f2", id="the-extraction-alone-changed"),
        pytest.param(Subject(kind="finding", id="f3", anchors=(anchored("the bridge", "v2", (50, 60)),), found="single"), {"one": "v2"}, "holds", "f3", id="the-source-alone-changed"),
        pytest.param(Subject(kind="finding", id="f4", anchors=(anchored("the bridge", "v2", (50, 60)),), found="disputed"), {"one": "v2"}, "stale", "f4", id="both-changed"),
        pytest.param(Subject(kind="finding", id="f1", anchors=(*WAS.anchors, anchored("a bridge", "x", name="two")), found="corroborated"), {"one": "v1", "two": "x"}, "stale", "f1", id="another-report-tells-it-too"),
        pytest.param(None, {"one": "v1"}, "missing", None, id="not-found-any-more-in-the-same-text"),
        pytest.param(None, {"one": "v2"}, "stale", None, id="not-found-in-another-text"),
        pytest.param(None, {}, "stale", None, id="the-report-is-not-there"),
        pytest.param(Subject(kind="finding", id="f5", anchors=(anchored("elsewhere", "v1", (70, 80)),), found="single"), {"one": "v1"}, "missing", None, id="another-thing-of-the-same-report"),
        pytest.param(Subject(kind="quote", id="f1", anchors=WAS.anchors, found="single"), {"one": "v1"}, "missing", None, id="another-kind-of-thing"),
    ],
)  # fmt: skip
def test_a_judgement_holds_unless_source_and_extraction_have_changed(
    now: Subject | None, texts: dict[str, str], state: str, target: str | None
) -> None:
    judged = hold(made("a", "reject", WAS), [now] if now else [], {k: text_hash(v) for k, v in texts.items()})
    assert (judged.hold, judged.target) == (state, target)


def test_of_two_things_that_are_as_much_the_same_neither_is_taken() -> None:
    twins = [msgspec.structs.replace(WAS, id=i) for i in ("f8", "f9")]
    assert hold(made("a", "reject", WAS), twins, {"one": text_hash("v1")}).target is None


def test_a_rejected_finding_is_shown_as_rejected_beside_what_was_found(case: Case) -> None:
    put(case, report("one", f"{BERG} {THORNE}"))
    machine = brief_of(case).dossier
    finding = machine.findings[0]
    judge(case, subject_in(case, "finding", finding.id), Decision(act="reject", reason="two bridges"), user="ida")
    dossier = brief_of(case).dossier
    assert dossier.findings == machine.findings
    ((judged),) = dossier.judged_on("finding", finding.id)
    assert (judged.judgement.act, judged.judgement.reason, judged.hold) == ("reject", "two bridges", "holds")


def test_a_corrected_speaker_is_corrected_before_anything_is_compared(case: Case) -> None:
    put(case, report("one", f"{THORNE} {QUOTED}"))
    assert [q.speaker for q in brief_of(case).dossier.quotes] == ["Anna Berg"]
    subject = subject_in(case, "speaker", "one-0")
    corrected = judge(case, subject, Decision(act="correct", value="Olan Thorne"), user="ida")
    assert [q.speaker for q in brief_of(case).dossier.quotes] == ["Olan Thorne"]
    undo(case, corrected.id, user="eve")
    assert [q.speaker for q in brief_of(case).dossier.quotes] == ["Anna Berg"]
    judge(case, subject_in(case, "speaker", "one-0"), Decision(act="reject"), user="ida")
    assert [q.speaker for q in brief_of(case).dossier.quotes] == [None]


def test_a_correction_survives_a_reading_by_another_program_and_asks_again_when_the_words_changed(case: Case) -> None:
    put(case, report("one", f"{THORNE} {QUOTED}", url=URL))
    judge(case, subject_in(case, "speaker", "one-0"), Decision(act="correct", value="Olan Thorne"), user="ida")
    put(case, report("one", f"{THORNE} {QUOTED}", url=URL), program="2")
    assert [q.speaker for q in brief_of(case).dossier.quotes] == ["Olan Thorne"]
    put(case, report("one", f"{THORNE} Then it rained. {QUOTED}", url=URL))
    assert [q.speaker for q in brief_of(case).dossier.quotes] == ["Olan Thorne"]
    put(case, report("one", f"{THORNE} {QUOTED.replace('harvest', 'autumn')}", url=URL))
    told = brief_of(case)
    assert [q.speaker for q in told.dossier.quotes] == ["Anna Berg"]
    assert [j.hold for j in told.dossier.judged] == ["stale"]
    assert any("ask again" in w for w in told.warnings)


def test_actors_are_merged_before_findings_in_later_reports_too(case: Case) -> None:
    put(case, report("one", BERG))
    put(case, report("two", "A. Berg of Velonia closed the southern road for three days of repairs."))
    judge(case, subject_in(case, "actor", "Anna Berg"), Decision(act="merge", names=("Sundria", "Velonia")), user="ida")
    dossier = brief_of(case).dossier
    names = [a.name for a in dossier.actors]
    assert "Velonia" not in names
    (berg,) = [a for a in dossier.actors if "Velonia" in a.aliases]
    assert berg.reports == ("one", "two")
    assert berg.mentions == 4
    assert [m.reason for m in berg.merges if "Velonia" in m.names] == ["judged by ida"]
    put(case, report("three", "Velonia sent a letter of thanks to the northern mediators."))
    later = brief_of(case).dossier
    assert [a.mentions for a in later.actors if a.name == berg.name] == [5]
    assert [j.hold for j in later.judged] == ["holds"]


def test_an_actor_is_split_named_and_joined_again() -> None:
    readings = [read(report("one", BERG)), read(report("two", f"A. Berg left. {BERG}"))]
    merge = made("a", "merge", Subject(kind="actor", id="Anna Berg"), names=("Velonia",))
    split = made("b", "split", Subject(kind="actor", id="Anna Berg"), names=("Velonia",))
    rename = made("c", "correct", Subject(kind="actor", id="Velonia"), value="The Republic of Velonia")
    plain = build(readings)
    assert {a.name for a in build(readings, judgements=[merge]).actors} == {a.name for a in plain.actors} - {"Velonia"}
    assert build(readings, judgements=[merge, split]).actors == plain.actors
    named = build(readings, judgements=[rename])
    assert {a.name for a in named.actors} == {a.name for a in plain.actors} - {"Velonia"} | {"The Republic of Velonia"}
    assert [j.target for j in named.judged] == ["The Republic of Velonia"]


def test_a_judgement_of_an_actor_that_no_report_names_is_kept_and_does_nothing() -> None:
    readings = [read(report("one", BERG))]
    gone = made("a", "merge", Subject(kind="actor", id="Nobody"), names=("Anna Berg",))
    dossier = build(readings, judgements=[gone])
    assert dossier.actors == build(readings).actors
    assert [j.hold for j in dossier.judged] == ["missing"]


def test_without_judgements_a_dossier_is_what_it_was() -> None:
    readings = [read(report("one", f"{BERG} {QUOTED}")), read(report("two", THORNE))]
    assert build(readings, judgements=()) == build(readings)
    assert build(readings).judged == ()


@pytest.mark.parametrize("kind", ["finding", "quote", "actor"])
def test_everything_that_can_be_judged_has_an_id_of_its_own(kind: str) -> None:
    dossier = build([read(report("one", f"{BERG} {QUOTED}")), read(report("two", f"{THORNE} {QUOTED}"))])
    every = list(subjects(dossier, kind))
    assert len({s.id for s in every}) == len(every) > 0
    assert [s.id for s in spoken(dossier.readings)] == ["one-0", "two-0"]


@pytest.mark.parametrize(
    ("subject", "decision", "user", "told"),
    [
        (Subject(kind="finding", id="f"), Decision(act="merge", names=("x",)), "ida", "merge is for actors"),
        (Subject(kind="actor", id="x"), Decision(act="merge", names=("x",)), "ida", "needs the other name"),
        (Subject(kind="actor", id="x"), Decision(act="correct", value=" "), "ida", "needs a text"),
        (Subject(kind="finding", id="f"), Decision(act="note"), "ida", "needs a text"),
        (Subject(kind="finding", id="f"), Decision(act="undo", value="j"), "ida", "use undo"),
        (Subject(kind="mood", id="f"), Decision(act="accept"), "ida", "cannot be judged"),
        (Subject(kind="finding", id="f"), Decision(act="accept"), " ", "give --user"),
        (Subject(kind="finding", id="f"), Decision(act="note", value="x" * 10_001), "ida", "shorten it"),
        (Subject(kind="finding", id="f"), Decision(act="accept", reason="x" * 10_001), "ida", "shorten it"),
        (Subject(kind="commitment", id="c"), Decision(act="correct", value="x"), "ida", "correct the move"),
        (Subject(kind="proposal", id="p"), Decision(act="correct", value="x"), "ida", "correct the move"),
        (
            Subject(kind="move", id="m"),
            Decision(act="correct", value="nod", part="act"),
            "ida",
            "'nod' is no act; give one of propose",
        ),
        (Subject(kind="move", id="m"), Decision(act="correct", value="perhaps", part="status"), "ida", "is no status"),
        (Subject(kind="move", id="m"), Decision(act="correct", value="x", part="mood"), "ida", "is actor, act, status"),
        (
            Subject(kind="speaker", id="s"),
            Decision(act="correct", value="x", part="act"),
            "ida",
            "corrected as a whole",
        ),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(
    case: Case, subject: Subject, decision: Decision, user: str, told: str
) -> None:
    with pytest.raises(JudgementError, match=told):
        judge(case, subject, decision, user=user)
    assert judgements(case) == ()


EDITS = {
    "the report is edited and the name stays": (f"It rained. {BERG}", "holds", True),
    "the report is edited and the name goes": ("It rained. Velonia opened the northern bridge.", "stale", False),
    "the report is as it was": (BERG, "holds", True),
}


@pytest.mark.parametrize(("later", "state", "merged"), EDITS.values(), ids=EDITS.keys())
def test_a_judgement_of_an_actor_asks_again_when_the_report_changed_and_the_name_is_gone(
    case: Case, later: str, state: str, merged: bool
) -> None:
    put(case, report("one", BERG, url=URL))
    put(case, report("two", THORNE))
    names = ("Olan Thorne",)
    subject = subject_in(case, "actor", "Anna Berg", names)
    assert {a.words for a in subject.anchors} == {"Anna Berg", "Olan Thorne"}
    berg = subject_in(case, "actor", "Anna Berg")
    assert {a.words for a in berg.anchors} == {"Anna Berg"}
    judge(case, berg, Decision(act="merge", names=names), user="ida")
    put(case, report("one", later, url=URL))
    dossier = brief_of(case).dossier
    assert [j.hold for j in dossier.judged] == [state]
    assert any({"Anna Berg", "Olan Thorne"} <= set(a.aliases) for a in dossier.actors) == merged


def test_a_judgement_of_an_actor_of_an_older_record_has_no_words_and_holds(case: Case) -> None:
    put(case, report("one", BERG))
    judge(case, Subject(kind="actor", id="Anna Berg"), Decision(act="correct", value="Minister Berg"), user="ida")
    dossier = brief_of(case).dossier
    assert [j.hold for j in dossier.judged] == ["holds"]
    assert "Minister Berg" in {a.name for a in dossier.actors}


@pytest.fixture(scope="module")
def truce() -> Reading:
    text = "Norway proposed a truce on Monday. Norway will take the offer to Denmark. Sweden accepted the truce."
    return trucebook.read_text(text, id="truce", published="2031-05-07")


def test_moves_proposals_and_commitments_of_a_case_are_judged_with_the_words_they_rest_on(
    case: Case, truce: Reading
) -> None:
    add(case, Incoming(report=truce.report, original=b""), truce, maker(), user="ida")
    yes = next(i.id for i in identified(truce) if i.move.act == "accept")
    (offer,) = state_of_play(brief_of(case).dossier).proposals
    subject = subject_in(case, "move", yes)
    assert (subject.found, subject.anchors[0].words) == ("Sweden: accept (done)", "Sweden accepted the truce")
    judge(case, subject, Decision(act="correct", value="Norway"), user="ida")
    rejected = judge(case, subject_in(case, "proposal", offer.proposal.id), Decision(act="reject"), user="ida")
    assert state_of_play(brief_of(case).dossier).proposals == ()
    undo(case, rejected.id, user="eve")
    (now,) = state_of_play(brief_of(case).dossier).proposals
    assert "Sweden" not in {a.party for a in now.answers}
    assert subject_in(case, "move", yes) == subject
    for kind in ("move", "proposal", "commitment"):
        with pytest.raises(JudgementError, match="there is none"):
            subject_in(case, kind, "no such thing")


def test_of_two_who_take_one_judgement_back_at_once_one_is_told(place: str) -> None:
    with open_case(place, create=True) as case:
        one = judge(case, Subject(kind="finding", id="f"), Decision(act="accept"), user="ida")

        def back(name: str) -> str:
            try:
                undo(case, one.id, user=name)
            except JudgementError as error:
                return str(error)
            return "done"

        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(back, ["ida", "eve"]))
        assert told[0] == "done"
        assert "taken back already" in told[1]
        assert len(judgements(case)) == 2


def test_only_what_is_in_force_can_be_undone(case: Case) -> None:
    one = judge(case, Subject(kind="move", id="m1"), Decision(act="accept"), user="ida")
    with pytest.raises(JudgementError, match="there is none"):
        undo(case, "j0", user="ida")
    back = undo(case, one.id, user="eve", reason="too early")
    with pytest.raises(JudgementError, match="taken back already"):
        undo(case, one.id, user="ida")
    undo(case, back.id, user="ida")
    assert [j.id for j in in_force(judgements(case))] == [one.id]
    assert len(judgements(case)) == 3


def test_a_thing_that_is_not_there_cannot_be_judged(case: Case) -> None:
    put(case, report("one", BERG))
    with pytest.raises(JudgementError, match="there is none in"):
        subject_in(case, "finding", "f0")
