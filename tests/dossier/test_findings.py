from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

import trucebook
from trucebook.dossier.build import build
from trucebook.dossier.model import Dossier, Finding
from trucebook.report import Refusal

if TYPE_CHECKING:
    from trucebook.reading.model import Reading


def reading(name: str, text: str) -> Reading:
    return trucebook.read_text(text, id=name, published="2031-05-07")


def dossier(*texts: str) -> Dossier:
    return build([reading(f"r{i}", text) for i, text in enumerate(texts)])


def told(found: Dossier, standing: str) -> list[tuple[str | None, list[list[str]]]]:
    """(kind, words of each side) of the findings of one standing."""
    kept = [f for f in found.findings if f.standing == standing]
    return [(f.kind, [sorted(found.words(e) for e in p.evidence) for p in f.positions]) for f in kept]


AGREED = {
    "same words": ("Norway signed the peace accord on Monday.", "On Monday Norway signed the peace accord."),
    "other words": ("Norway accepted the proposal of a ceasefire.", "Norway has agreed to the proposal of a truce."),
    "passive": ("Norway attacked the port of Kess.", "The port of Kess was attacked by Norway."),
    "reported future": (
        "Norway will restore military aid to Sweden.",
        "Norway said it would resume military aid to Sweden.",
    ),
}


@pytest.mark.parametrize("texts", AGREED.values(), ids=AGREED.keys())
def test_what_two_reports_tell_is_corroborated(texts: tuple[str, str]) -> None:
    found = dossier(*texts)
    assert [(f.standing, f.origins) for f in found.findings if f.standing != "single"] == [("corroborated", 2)]


APART = {
    "the other way round": ("Norway attacked the port of Sweden.", "Sweden attacked the port of Norway."),
    "opposites": ("Norway suspended military aid to Sweden.", "Norway resumed military aid to Sweden."),
    "a question": ("Norway signed the peace accord.", "Did Norway sign the peace accord?"),
    "only possible": ("Norway accepted the peace accord.", "Norway might accept the peace accord."),
    "another thing": ("Norway signed the peace accord.", "Norway bought a fishing boat."),
    "another number": (
        "Looters attacked 14 warehouses in the harbour.",
        "Looters attacked 17 warehouses in the harbour.",
    ),
    "temporary and permanent": (
        "Norway granted Sweden a temporary exemption from the duties.",
        "Norway granted Sweden a permanent exemption from the duties.",
    ),
    "not confirmed": (
        "Norway shelled the fishing port.",
        "Sweden did not confirm that Norway shelled the fishing port.",
    ),
    "denied": ("Norway shelled the fishing port.", "Norway denied that it shelled the fishing port."),
}


@pytest.mark.parametrize("texts", APART.values(), ids=APART.keys())
def test_what_two_reports_do_not_both_tell_is_not_corroborated(texts: tuple[str, str]) -> None:
    assert told(dossier(*texts), "corroborated") == []


def test_did_and_did_not_are_a_dispute_with_both_sides() -> None:
    found = dossier("The delegations exchanged prisoner lists.", "The delegations did not exchange prisoner lists.")
    assert told(found, "disputed") == [
        (
            "polarity",
            [["The delegations exchanged prisoner lists"], ["The delegations did not exchange prisoner lists"]],
        )
    ]
    assert told(found, "corroborated") == []


def test_what_two_reports_tell_and_a_third_denies_is_a_dispute_alone() -> None:
    denied = "Norway did not sign the peace accord."
    found = dossier("Norway signed the peace accord.", "On Monday Norway signed the peace accord.", denied)
    assert [kind for kind, _ in told(found, "disputed")] == ["polarity"]
    assert told(found, "corroborated") == []


def test_a_reason_denied_is_no_dispute() -> None:
    denied = "Norway did not sign the peace accord because it trusts Sweden."
    assert told(dossier("Norway signed the peace accord.", denied), "disputed") == []


NOT_ALONE = {
    "who told": "Norwegian minister Ana Duval told her Swedish colleague Per Lund about the harbour of Kess.",
    "participle": "The storm passed, leaving Norway without the old fishing harbour of Kess in Sweden.",
    "doer elsewhere": "Norway closed the road and bought seven fishing boats from the old harbour of Kess.",
}


@pytest.mark.parametrize("text", NOT_ALONE.values(), ids=NOT_ALONE.keys())
def test_a_fragment_is_not_told_by_one_report_alone(text: str) -> None:
    words = [f.statement for f in dossier(text, "The rain had stopped.").findings if f.standing == "single"]
    assert not any(w.startswith(("leaving", "bought", "Norwegian minister Ana Duval told")) for w in words)


def test_a_fact_is_shown_in_words_that_can_be_read_by_themselves() -> None:
    leaning = "The lawyers praised the peace accord of Kess, which was signed by Norway in the harbour."
    found = dossier(leaning, "Today the peace accord of Kess was signed by Norway in the harbour.")
    facts = [f.statement for f in found.findings if f.standing == "corroborated"]
    assert facts == ["Today the peace accord of Kess was signed by Norway in the harbour"]


@pytest.mark.parametrize("buyer", ["Norway", "Beijing"])
def test_a_whole_statement_is_told_by_one_report_alone(buyer: str) -> None:
    text = f"{buyer} bought seven wooden fishing boats from the old harbour of Kess."
    found = dossier(text, "The rain had stopped.")
    assert [f.statement for f in found.findings if f.standing == "single"] == [text.rstrip(".")]


def test_other_doers_are_no_dispute() -> None:
    assert told(dossier("Norway signed the peace accord.", "Sweden did not sign the peace accord."), "disputed") == []


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Norway accepted the peace accord if Sweden leaves the valley.", "if Sweden leaves the valley"),
        ("Norway accepted the peace accord. However, it depends on Sweden.", "depends on Sweden"),
    ],
    ids=["same sentence", "next sentence"],
)
def test_a_condition_in_one_report_is_shown_with_the_fact(text: str, condition: str) -> None:
    found = dossier("Norway accepted the peace accord.", text)
    facts: list[Finding] = [f for f in found.findings if f.standing == "corroborated"]
    assert [[found.words(c) for c in f.conditions] for f in facts] == [[condition]]


def test_one_utterance_that_two_reports_quote_is_a_quotation_and_no_fact() -> None:
    text = "“Norway has broken the peace accord,” Foreign Minister Ana Duval said."
    found = dossier(text, text.replace("said", "told reporters") + " The rain had stopped by then.")
    assert told(found, "corroborated") == []
    assert [(q.speaker, len(q.variants)) for q in found.quotes] == [("Ana Duval", 2)]


def test_a_copy_is_no_second_origin() -> None:
    text = " ".join(f"Norway signed the accord number {i} in the old harbour of Kess on Monday." for i in range(12))
    found = dossier(text, text)
    assert found.copies == {"r1": "r0"}
    assert told(found, "corroborated") == []


def test_coverage_has_a_row_for_what_several_reports_could_tell() -> None:
    found = dossier(
        "Norway signed the peace accord on Monday.",
        "Norway signed the peace accord.",
        "It rained in the north all day.",
    )
    assert [row.cells for row in found.coverage] == [("told", "told", "absent")]


def test_the_order_of_the_readings_makes_no_difference() -> None:
    texts = [*AGREED["other words"], *AGREED["passive"], *APART["opposites"], "The talks ended without a result."]
    readings = [reading(f"r{i}", text) for i, text in enumerate(texts)]
    mixed = readings[:]
    random.Random(7).shuffle(mixed)  # noqa: S311  any order will do
    assert build(mixed) == build(readings)


def test_no_readings_and_a_refusal_are_a_dossier_too() -> None:
    refusal = Refusal(path="x.pdf", reason="a PDF", remedy="give its text")
    assert build([], [refusal]) == Dossier(as_of=None, readings=(), refusals=(refusal,))


@pytest.mark.parametrize(("other", "agreed"), [("Norway", 1), ("Sweden", 0)])
def test_what_a_head_of_state_does_another_state_does_not(other: str, agreed: int) -> None:
    found = dossier(
        "Norwegian President Ada Marlow spoke on Monday in the port of Kess. "
        "Marlow had not replied to the letter about the port of Kess by Monday.",
        f"{other} had not replied to the letter about the port of Kess by Monday, officials in the port said.",
    )
    assert sum(f.standing == "corroborated" for f in found.findings) == agreed
