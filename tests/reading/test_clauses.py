import datetime

import pytest

from trucebook.reading.actors import find_actors
from trucebook.reading.attribution import find_attributions
from trucebook.reading.clauses import find_clauses
from trucebook.reading.conditions import find_conditions
from trucebook.reading.model import Clause
from trucebook.reading.moves.parties import Parties
from trucebook.reading.parse import parse
from trucebook.reading.quotations import find_quotations
from trucebook.report import Report


def clauses(text: str) -> tuple[Clause, ...]:
    parsed = parse(Report(id="x", path="x", sha256="0", text=text, published=datetime.date(2031, 5, 6)))
    actors = find_actors(parsed)
    said = find_attributions(parsed, find_quotations(parsed.prose, parsed.paragraphs)[0], actors)
    parties = Parties(parsed, actors.mentions, actors.actors, said.attributions, actors.pairs)
    return find_clauses(parsed, said.attributions, actors.mentions, find_conditions(parsed), parties.named)


def of(text: str, predicate: str) -> Clause:
    found = [c for c in clauses(text) if c.predicate == predicate]
    assert len(found) == 1, [(c.predicate, c.span.of(text)) for c in clauses(text)]
    return found[0]


CASES = {
    "done": ("Norway signed the peace accord.", "sign", False, "asserted"),
    "not refused": ("Norway did not reject the peace accord.", "reject", False, "asserted"),
    "not done": ("Norway did not sign the peace accord.", "sign", True, "asserted"),
    "never done": ("Norway never signed the peace accord.", "sign", True, "asserted"),
    "no object": ("Norway signed no peace accord.", "sign", True, "asserted"),
    "to come": ("Norway will sign the peace accord.", "sign", False, "planned"),
    "possible": ("Norway might sign the peace accord.", "sign", False, "possible"),
    "condition": ("Norway signs the peace accord if Sweden leaves the valley.", "sign", False, "conditional"),
    "plan": ("Norway plans to sign the peace accord.", "sign", False, "planned"),
    "question": ("Did Norway sign the peace accord?", "sign", False, "question"),
    "refusal": ("Norway rejected the peace accord.", "reject", True, "asserted"),
    "denied behind": (
        "Duval said the price had not risen, and denied that Norway had signed the peace accord.",
        "sign",
        True,
        "asserted",
    ),
    "not confirmed": ("The army did not confirm that Norway signed the peace accord.", "sign", False, "question"),
    "asked whether": ("Duval was asked whether Norway had signed the peace accord.", "sign", False, "question"),
    "hoped": ("Sweden hopes that Norway signed the peace accord.", "sign", False, "planned"),
    "reason denied": ("Norway did not sign the accord because it trusts the rebels.", "sign", True, "possible"),
    "reason apart": ("Norway did not sign the accord, because it distrusts the rebels.", "sign", True, "asserted"),
    "shared auxiliary": ("Norway will leave the valley and sign the peace accord.", "sign", False, "planned"),
}


def test_what_is_told_beside_what_is_denied_is_not_denied() -> None:
    text = (
        "The ministry denied that the delay was linked to an attack on the old bridge, in which two people were killed."
    )
    assert {c.predicate: c.negated for c in clauses(text)} == {"link": True, "kill": False}


@pytest.mark.parametrize("marker", ["until", "unless", "if", "as long as"])
def test_what_is_told_inside_a_condition_is_no_statement(marker: str) -> None:
    text = (
        f"Norway will not sign the peace accord {marker} the mediators announce that Sweden has approved the details."
    )
    assert [c.predicate for c in clauses(text)] == ["sign"]


@pytest.mark.parametrize(("text", "predicate", "negated", "modality"), CASES.values(), ids=CASES.keys())
def test_negation_and_modality(text: str, predicate: str, negated: bool, modality: str) -> None:
    clause = of(text, predicate)
    assert (clause.negated, clause.modality) == (negated, modality)


CONDITIONS = {
    "if": ("Norway will sign the accord if Sweden leaves the valley.", "if Sweden leaves the valley"),
    "if first": ("If Sweden leaves the valley, Norway will sign the accord.", "If Sweden leaves the valley"),
    "unless": ("Norway will sign the accord unless Sweden enters the valley.", "unless Sweden enters the valley"),
    "contingent": (
        "Norway will sign the accord, contingent on Swedish withdrawal.",
        "contingent on Swedish withdrawal",
    ),
    "in return": ("Norway will sign the accord in return for aid.", "in return for aid"),
    "none": ("Norway will sign the accord on Monday.", None),
}


@pytest.mark.parametrize(("text", "expected"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_a_condition_is_kept_with_its_words(text: str, expected: object) -> None:
    condition = of(text, "sign").condition
    assert (condition.of(text) if condition else None) == expected


def test_the_words_shown_for_a_clause_never_drop_its_if() -> None:
    text = "If Sweden leaves the valley, the truce will take effect at once."
    assert of(text, "effect").span.of(text).startswith("If Sweden")


def test_what_is_said_is_a_clause_of_its_own_and_knows_its_attribution() -> None:
    text = "Norway said the army had left the valley."
    found = clauses(text)
    assert [c.span.of(text) for c in found] == ["the army had left the valley"]
    assert found[0].attribution is not None


def test_a_clause_names_the_subject_that_stands_outside_it() -> None:
    text = "Norway said it would restore military aid."
    assert "@Norway" in of(text, "restore").words


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Norway agreed to accept the map.", "accept"),
        ("Norway gave Sweden a clear answer on the map.", "answer"),
        ("The talks about the map took place in Geneva.", "talk"),
        ("Norway was ready to sign the map.", "sign"),
    ],
)
def test_the_head_of_a_clause_is_what_it_is_about(text: str, predicate: str) -> None:
    assert [c.predicate for c in clauses(text)] == [predicate]


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Norway attacked Sweden on Monday.", ("Norway",)),
        ("Sweden was attacked by Norway on Monday.", ("Norway",)),
        ("Sweden was attacked on Monday night.", ()),
    ],
)
def test_who_does_it_is_told_from_whom_it_is_done_to(text: str, doers: tuple[str, ...]) -> None:
    assert [c.doers for c in clauses(text)] == [doers]


def test_has_yet_to_answer_is_no_answer() -> None:
    assert clauses("Norway has yet to answer the proposal of Sweden.")[0].negated


def test_headings_are_not_read_as_statements() -> None:
    assert clauses("Norway signs the peace accord") == ()
    assert len(clauses("Norway signs the peace accord.")) == 1


def test_what_is_denied_is_shown_with_its_denial_and_counts_as_denied() -> None:
    text = "Norway denied that its forces had shelled the market."
    clause = of(text, "shell")
    assert clause.negated
    assert clause.span.of(text) == "Norway denied that its forces had shelled the market"
    assert {"@Norway", "deny"} <= set(clause.words)


def test_a_denial_of_a_denial_is_no_denial() -> None:
    assert not of("Norway denied that it had not signed the accord.", "sign").negated


WORDS_SHOWN = {
    "bracket": ("The truce was signed by the Northern League (NL).", "sign", "The truce was signed by the Northern League (NL)"),
    "quoted": ("Ana Duval urged both parties to “keep the accord”.", "keep", "Ana Duval urged both parties to “keep the accord”"),
    "claim of others": ("Ana Duval said Norway had agreed to sign the accord, a claim Brandt denied.", "sign", "Norway had agreed to sign the accord"),
    "while": ("While Norway rejected the accord, Sweden signed it.", "reject", "Norway rejected the accord"),
    "infinitives in a row": (
        "Norway agreed to open the road, restore water, and withdraw forces from hospitals.",
        "open",
        "Norway agreed to open the road, restore water, and withdraw forces from hospitals",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "predicate", "expected"), WORDS_SHOWN.values(), ids=WORDS_SHOWN.keys())
def test_the_words_shown_for_a_clause_are_whole(text: str, predicate: str, expected: str) -> None:
    assert of(text, predicate).span.of(text) == expected


def test_the_day_of_a_date_is_no_word_to_compare() -> None:
    assert "24" not in of("Norway signed the peace accord on November 24.", "sign").words


def test_little_that_is_said_is_kept_with_who_says_it() -> None:
    text = "In a statement, the Norwegian government said the move was “helpful.”"
    said = of(text, "be") if any(c.predicate == "be" for c in clauses(text)) else of(text, "helpful")
    assert said.words == ("@Norway", "move", "helpful")
    assert said.span.of(text).startswith("the Norwegian government said the move was")


def test_a_pronoun_is_whom_it_takes_up() -> None:
    text = "Anna Berg met the fishermen in Oslo. She closed the harbour to the northern fleet."
    assert of(text, "close").doers == ("Anna Berg",)
    assert "@Anna Berg" in of(text, "close").words


def test_a_pronoun_that_may_be_two_is_nobody() -> None:
    text = "Anna Berg met Maria Holm in Oslo. She closed the harbour to the northern fleet."
    assert of(text, "close").doers == ()


def test_whom_another_part_of_the_clause_names_is_no_doer() -> None:
    text = "On the Norwegian side of the border, crowds shouted slogans against the fence."
    assert of(text, "shout").doers == ()


def test_examples_belong_to_the_subject_of_a_relative_clause() -> None:
    text = "Countries such as Norway that lack an exemption will pay a levy on fuel."
    lack = of(text, "lack")
    assert "@Norway" in lack.words
    assert lack.subject is not None
    assert lack.subject.of(text) == "Countries such as Norway"
