"""What changed between two briefs, by briefs that are written out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from trucebook.comparison.compare import compare
from trucebook.comparison.snapshot import (
    Answer,
    Commitment,
    Finding,
    Move,
    Place,
    Proposal,
    Quote,
    Reason,
    Report,
    Side,
    Snapshot,
    SnapshotError,
    State,
    Turn,
    Variant,
    parse_snapshot,
)
from trucebook.render.comparison import comparison_html, comparison_markdown, comparison_object, render_comparison
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.comparison.model import Comparison, Difference

A, B, A_AGAIN, NEW = (Report(id=name, sha256=text) for name, text in (("a", "1"), ("b", "2"), ("a", "3"), ("c", "4")))


def place(report: str, words: str) -> Place:
    return Place(report=report, span=Span(0, len(words)), words=words)


def move(report: str, words: str, act: str = "accept", status: str = "done", condition: str | None = None) -> Move:
    span = Span(0, len(words))
    return Move(report=report, span=span, words=words, actor=("Norway",), act=act, status=status, condition=condition)


def quote(report: str, words: str, speaker: str | None = "Ann Doe", name: str = "q") -> Quote:
    return Quote(id=name, speaker=speaker, variants=(Variant(report=report, span=Span(0, 9), words=words),))


def finding(standing: str, *sides: tuple[str, ...], name: str = "f") -> Finding:
    told = tuple(Side(value=side[0], evidence=tuple(place(r, "nine died") for r in side[1:])) for side in sides)
    return Finding(
        id=name, standing=standing, statement="nine died", origins=sum(len(s) - 1 for s in sides), positions=told
    )


def brief(reports: tuple[Report, ...], **content: object) -> Snapshot:
    empty = {"quotes": (), "findings": (), "state": State(), "moves": ()}
    return Snapshot(schema=1, as_of="2031-05-07", reports=reports, **(empty | content))  # type: ignore[arg-type]  # by name


def changes(old: Snapshot, new: Snapshot) -> Comparison:
    return compare(("old", old), ("new", new))


def only(old: Snapshot, new: Snapshot) -> Difference:
    (difference,) = changes(old, new).differences
    return difference


SAID = "Norway accepted the truce"


# --- a retraction is no absence ---


@pytest.mark.parametrize(
    ("there", "causes", "retracted", "missing"),
    [
        ((B,), ("report not there",), False, True),
        ((A_AGAIN, B), ("text changed",), True, False),
        ((A, B), ("same text",), False, False),
    ],
    ids=["report missing", "report revised", "read otherwise"],
)
def test_what_is_told_no_more_says_why(
    there: tuple[Report, ...], causes: tuple[str, ...], retracted: bool, missing: bool
) -> None:
    found = only(brief((A, B), moves=(move("a", SAID),)), brief(there))
    assert (found.kind, found.causes, found.retracted, found.missing) == ("went", causes, retracted, missing)
    assert [told.place.words for told in found.told] == [SAID]


def test_a_report_under_another_name_is_the_same_report() -> None:
    renamed = Report(id="z", sha256="1")
    old = brief((A,), moves=(move("a", SAID),), quotes=(quote("a", "We will go"),))
    new = brief((renamed,), moves=(move("z", SAID),), quotes=(quote("z", "We will go", name="other"),))
    assert changes(old, new).differences == ()


def test_a_name_that_went_to_another_text_is_no_new_version() -> None:
    swapped = (Report(id="a", sha256="2"), Report(id="b", sha256="1"))
    found = changes(brief((A, B)), brief(swapped))
    assert (found.added, found.missing, found.revised) == ((), (), ())


# --- moves ---


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        (move("a", SAID, condition="if Denmark does"), "changed"),
        (move("a", SAID, status="planned"), "changed"),
        (move("a", "Norway has accepted the truce"), "reworded"),
        (move("a", SAID, act="refuse"), None),
    ],
    ids=["a condition", "a status", "other words", "another act"],
)
def test_what_becomes_of_a_move_of_a_report(now: Move, kind: str | None) -> None:
    found = changes(brief((A,), moves=(move("a", SAID),)), brief((A_AGAIN,), moves=(now,))).differences
    assert [d.kind for d in found] == ([kind] if kind else ["came", "went"])


def test_a_new_report_that_tells_what_was_told_is_counted_and_not_new() -> None:
    new = brief(
        (A, NEW), moves=(move("a", SAID), move("c", f"{SAID} on Monday"), move("c", "Norway left", act="withdraw"))
    )
    found = changes(brief((A,), moves=(move("a", SAID),)), new)
    assert found.repeated == 1
    assert [(d.kind, d.about, d.causes) for d in found.differences] == [("came", "withdraw", ("new report",))]


def test_a_brief_without_moves_is_not_taken_for_one_in_which_nobody_moved() -> None:
    found = changes(brief((A,), moves=None), brief((A,), moves=(move("a", SAID),)))
    assert found.differences == ()
    assert found.not_compared == ("moves: old was written without them, by an earlier version",)


# --- quotations and findings ---


def test_a_quotation_that_its_report_words_anew_is_reworded() -> None:
    old, new = brief((A,), quotes=(quote("a", "We will go"),)), brief((A_AGAIN,), quotes=(quote("a", "We shall go"),))
    found = only(old, new)
    assert (found.kind, found.before, found.after) == ("reworded", "We will go", "We shall go")


def test_marks_and_case_are_no_rewording() -> None:
    old, new = brief((A,), quotes=(quote("a", "We will go,"),)), brief((A_AGAIN,), quotes=(quote("a", "we will go."),))
    assert changes(old, new).differences == ()


def test_another_speaker_is_a_change() -> None:
    old, new = brief((A,), quotes=(quote("a", "We go", None),)), brief((A,), quotes=(quote("a", "We go"),))
    assert (only(old, new).before, only(old, new).after) == ("nobody named", "Ann Doe")


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([finding("single", ("", "a"))], [finding("corroborated", ("", "a", "c"), name="g")], ["changed"]),
        (
            [finding("corroborated", ("", "a", "b"))],
            [finding("disputed", ("9", "a"), ("8", "b", "c"), name="g")],
            ["changed"],
        ),
        ([], [finding("corroborated", ("", "a", "b"))], ["came"]),
        ([finding("disputed", ("9", "a"), ("8", "b"))], [], ["went"]),
        ([], [finding("single", ("", "a"))], []),
        ([finding("single", ("", "a"))], [], []),
    ],
    ids=["confirmed", "now disputed", "came", "went", "a single one came", "a single one went"],
)
def test_findings_come_go_and_change_their_standing(old: list[Finding], new: list[Finding], kinds: list[str]) -> None:
    found = changes(brief((A, B), findings=tuple(old)), brief((A, B, NEW), findings=tuple(new)))
    assert [d.kind for d in found.differences] == kinds


def test_a_finding_of_one_report_that_its_new_version_leaves_out_is_retracted() -> None:
    found = only(brief((A,), findings=(finding("single", ("", "a")),)), brief((A_AGAIN,)))
    assert found.retracted


# --- the state of play ---


def state(answer: str, *, duty: str = "conditional", basis: str = "answer") -> State:
    at = (place("a", SAID),)
    return State(
        proposals=(Proposal(id="truce", what="the truce", state="offered", evidence=at,
                            answers=(Answer(party="Norway", answer=answer, evidence=at),)),),
        commitments=(Commitment(id="c", debtor=("Norway",), consequent="go", state=duty, evidence=at),),
        whose_move=(Turn(actor="Norway", why="it is asked", reasons=(Reason(basis=basis),), evidence=at),),
    )  # fmt: skip


def test_answers_commitments_and_turns_that_changed() -> None:
    found = changes(
        brief((A,), state=state("open")), brief((A_AGAIN,), state=state("refused", duty="expired", basis="owed"))
    )
    told = [(d.subject, d.before, d.after) for d in found.differences]
    assert told == [
        ("answer", "open", "refused"), ("commitment", "conditional", "expired"), ("turn", "it is asked", "it is asked"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("proposer", "words"),
    [((), "agreed, as far as is told"), (("Norway",), "accepted by everybody told to have been asked")],
    ids=["a deal that nobody is told to have proposed", "an offer that was accepted"],
)
def test_a_deal_without_a_proposer_is_agreed_to_and_not_accepted(proposer: tuple[str, ...], words: str) -> None:
    deal = Proposal(id="truce", what="a truce", state="accepted", proposer=proposer)
    new = brief((A,), state=State(proposals=(deal,)))
    assert words in render_comparison(changes(brief((A,)), new), width=100)


def test_whose_move_it_is_for_the_same_reason_in_other_words_is_no_change() -> None:
    other = msgspec.structs.replace(
        state("open"), whose_move=(Turn(actor="Norway", why="asked", reasons=(Reason(basis="answer"),)),)
    )
    assert changes(brief((A,), state=state("open")), brief((A,), state=other)).differences == ()


FULL = brief((A, B), state=state("open"), moves=(move("a", SAID), move("b", SAID)),
             quotes=(quote("a", "We go"),), findings=(finding("disputed", ("9", "a"), ("8", "b")),))  # fmt: skip


def test_a_brief_and_itself_differ_in_nothing() -> None:
    assert changes(FULL, FULL).differences == ()
    assert "Nothing changed." in render_comparison(changes(FULL, FULL))


def test_what_comes_one_way_goes_the_other() -> None:
    there, back = changes(brief((A,)), FULL), changes(FULL, brief((A,)))
    assert {(d.subject, d.about, d.kind) for d in there.differences} == {
        (d.subject, d.about, "came" if d.kind == "went" else d.kind) for d in back.differences
    }


# --- files and forms ---


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"schema": 1}',
        b'{"schema": 2, "as_of": null, "reports": [], "quotes": [], "findings": [], "state": {}}',
    ],
)
def test_what_is_no_brief_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(SnapshotError, match=r"old\.json"):
        parse_snapshot(raw, "old.json")


def test_a_brief_survives_its_json() -> None:
    assert parse_snapshot(msgspec.json.encode(FULL), "x") == FULL


@pytest.mark.parametrize("width", [40, 80])
def test_every_form_has_the_words_and_the_terminal_its_width(width: int) -> None:
    hostile = "<script>alert(1)</script> \x1b[31m [x](javascript:alert(1))"
    found = changes(brief((A,)), brief((A_AGAIN,), moves=(move("a", f"{SAID} {hostile}"),)))
    shown = render_comparison(found, width=width)
    assert all(len(row) <= width for row in shown.splitlines())
    assert "\x1b" not in shown
    assert "<script>alert" not in comparison_html(found)
    assert "](javascript:" not in comparison_markdown(found)
    for form in (
        shown,
        comparison_html(found),
        comparison_markdown(found),
        msgspec.json.encode(comparison_object(found)).decode(),
    ):
        assert SAID in " ".join(form.split())


def test_what_is_missing_with_its_report_is_counted_and_a_retraction_is_listed() -> None:
    old = brief((A, B), moves=(move("a", SAID), move("b", SAID, act="refuse")), quotes=(quote("b", "We go"),))
    shown = render_comparison(changes(old, brief((A_AGAIN,))))
    assert "Missing with their reports, and not listed: 1 move." in shown
    assert "Norway: accept (retracted)" in shown
    assert "refuse" not in shown
