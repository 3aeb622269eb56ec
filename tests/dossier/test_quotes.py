from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from factories import quoting
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.dossier.quotes import group_quotes

if TYPE_CHECKING:
    import random

    from trucebook.dossier.model import Quote
    from trucebook.reading.model import Reading


def told(readings: list[Reading], canonical: dict[tuple[str, str], str] | None = None) -> list[tuple[str, ...]]:
    """The words of each quote's variants, each behind its report's id."""
    texts = {r.report.id: r.report.text for r in readings}
    quotes = group_quotes(readings, canonical or {})
    return [tuple(f"{v.report}: {v.span.of(texts[v.report])}" for v in q.variants) for q in quotes]


def pair(
    one: str, other: str, *, speakers: tuple[str | None, str | None] = ("Ila Marr", "Ila Marr"), days: int = 0
) -> list[Quote]:
    first = quoting("a", f"The minister said: “{one}”", speakers[0])
    second = quoting("b", f"“{other}” the envoy told a newspaper.", speakers[1], published=f"2031-05-{7 + days:02}")
    return list(group_quotes([first, second], {}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The door is now open to them.", "the door is now open to them,", True),
        ("The door is now open to them.", "the door is open to them,", False),
        ("It needs two hands to clap.", "needs two hands to clap", True),
        ("This is a hopeful turn that may lead us to a lasting peace.", "hopeful turn", True),
        (
            "They have agreed to it, and perhaps the north will agree to it.",
            "They have agreed to [the pause], and perhaps, the north will agree",
            False,
        ),
        ("The old harbour has done its work,", "the northern old harbour has completed its work", False),
        (
            "We will take this paper to the capital. And we hope that they say yes, say yes to quiet.",
            "We will take this paper to the capital and we hope they say yes to quiet.",
            False,
        ),
        (
            "Last night's shelling is one more signal to the marshal that he should also want a pause on the river,",
            "All of it is a signal to the marshal that he also must want a truce on the water",
            False,
        ),
        ("catch and hold", "catch and hold", True),
    ],
)
def test_one_utterance(one: str, other: str, *, same: bool) -> None:
    quotes = pair(one, other)
    assert [len(q.variants) for q in quotes] == [2]
    assert quotes[0].same_wording is same
    assert quotes[0].speaker == "Ila Marr"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "We will not accept a pause that rewards the attackers.",
            "We will not accept a deal that forgets our prisoners.",
            id="one opening",
        ),
        pytest.param(
            "Stop these columns of people from entering our country",
            "stop these columns of people from entering their country",
            id="our and their",
        ),
        pytest.param(
            "The exemption reflects the fair and open trade we share",
            "it ensures that our trade grows in a fair and open manner",
            id="the same matter",
        ),
        pytest.param("That is final.", "a final offer, one that nobody will better", id="one common word"),
        pytest.param("in the end", "In the end we shall see who keeps the bridge", id="grammar alone"),
    ],
)
def test_two_utterances_of_one_speaker(one: str, other: str) -> None:
    assert [len(q.variants) for q in pair(one, other)] == [1, 1]


LONG = "The parties should return without delay to the line that they held before the spring, as observers have asked."
SHORT = "The ball is now in their court."


@pytest.mark.parametrize(
    ("words", "speakers", "groups", "speaker"),
    [
        pytest.param(LONG, ("Joint Statement", "Ila Marr"), 1, "Joint Statement", id="a text and who read it out"),
        pytest.param(LONG, (None, "Ila Marr"), 1, "Ila Marr", id="one report names nobody"),
        pytest.param(LONG, (None, None), 1, None, id="nobody named"),
        pytest.param(SHORT, ("Ila Marr", "Dov Senn"), 2, "Ila Marr", id="a saying in two mouths"),
        pytest.param(SHORT, (None, "Ila Marr"), 1, "Ila Marr", id="a saying, one mouth unnamed"),
        pytest.param("remarkable progress", (None, "Ila Marr"), 2, None, id="two words, one mouth unnamed"),
    ],
)
def test_speakers(words: str, speakers: tuple[str | None, str | None], groups: int, speaker: str | None) -> None:
    quotes = pair(words, words, speakers=speakers)
    assert len(quotes) == groups
    assert quotes[0].speaker == speaker


def test_a_version_may_fit_another_better_than_the_longest() -> None:
    said = ["ball is now in Torria’s court", "The ball is now in their court.", "the ball is in their court"]
    readings = [quoting(n, f"She said “{w}”.", "Ila Marr") for n, w in zip("abc", said, strict=True)]
    assert [len(v) for v in told(readings)] == [3]


def test_the_lines_of_a_refrain_in_one_quotation_are_not_one_utterance() -> None:
    lines = ["If you cross the river, you have broken the law.", "If you hide a gun, you have broken the law."]
    readings = [quoting(n, f"“{' '.join(lines)}” she said.", "Ila Marr") for n in "ab"]
    assert [len(v) for v in told(readings)] == [2]
    assert told(readings[:1]) == [(f"a: {' '.join(lines)}",)]


def test_an_unnamed_speaker_who_may_be_either_of_two_is_neither() -> None:
    readings = [quoting(n, f"He said: “{SHORT}”", s) for n, s in [("a", "Ila Marr"), ("b", "Dov Senn"), ("c", None)]]
    assert told(readings) == [(f"{n}: {SHORT}",) for n in "abc"]
    assert len({q.id for q in group_quotes(readings, {})}) == 3


def test_names_of_one_actor_are_one_speaker() -> None:
    readings = [
        quoting("a", "“A modest step,” said Marr.", "Ila Marr"),
        quoting("b", "It was “a modest step”, she said.", "Ilah Marr"),
    ]
    assert [len(v) for v in told(readings)] == [1, 1]
    assert [len(v) for v in told(readings, {("b", "Ilah Marr"): "Ila Marr"})] == [2]


def test_stock_phrases_weeks_apart_are_two_utterances_and_long_ones_are_one() -> None:
    assert len(pair("ready to play our part", "ready to play our part today", days=20)) == 2
    assert len(pair(LONG, LONG, days=20)) == 1


def test_a_long_quotation_that_shares_one_sentence_shares_that_sentence_alone() -> None:
    readings = [
        quoting("a", "“We came with open hands. The door is now open to them. Let them walk through it.”", "Ila Marr"),
        quoting("b", "Marr said “the door is now open to them” and left.", "Ila Marr"),
    ]
    assert told(readings) == [
        ("a: The door is now open to them.", "b: the door is now open to them"),
        ("a: We came with open hands.",),
        ("a: Let them walk through it.",),
    ]


def test_sentences_that_the_same_reports_print_in_a_row_are_one_quote() -> None:
    words = "He wants the war to end. Today the south has taken a step. We hope the north will answer."
    readings = [quoting("a", f"“{words}”", "Ila Marr"), quoting("b", f"“But again, {words.lower()}”", "Ila Marr")]
    assert [len(v) for v in told(readings)] == [2]
    (quote,) = group_quotes(readings, {})
    assert [(c.op, c.here) for c in quote.variants[1].changes][:1] == [("dropped", "")]


def test_a_quotation_in_no_other_report_stays_whole() -> None:
    text = "“Nothing has been signed. Nothing will be signed today,” he said."
    assert told([quoting("a", text, "Dov Senn")]) == [("a: Nothing has been signed. Nothing will be signed today,",)]


def test_one_report_may_print_a_quotation_twice() -> None:
    text = "Marr: “We will not sign this paper”\nThe minister was clear. “We will not sign this paper,” she said."
    assert [len(v) for v in told([quoting("a", text, "", "Ila Marr")])] == [2]
    assert [len(v) for v in told([quoting("a", text, "Ila Marr", "Ila Marr")])] == [2]


def test_quotation_marks_without_a_speech_are_no_quote() -> None:
    assert told([quoting("a", "The film “A River Runs Twice” opens today.", "")]) == []


def test_an_interrupted_sentence_is_one_with_the_whole() -> None:
    readings = [
        quoting(
            "a",
            "“In all of these talks, our side looks at quotas that restrain the trade in arms,” it said.",
            "Ministry",
        ),
        quoting(
            "b",
            "“In all of these talks,” it said, “our side looks at quotas that restrain the trade in arms.”",
            "Ministry",
            "Ministry",
        ),
    ]
    assert [len(v) for v in told(readings)] == [3]
    assert group_quotes(readings, {})[0].same_wording


def test_a_footnote_mark_is_no_word_of_a_quotation() -> None:
    readings = [
        quoting("a", "“I shall call the marshal.4 It needs two hands to clap,” she said.", "Ila Marr", furniture=["4"]),
        quoting("b", "“I shall call the marshal. It needs two hands to clap.”", "Ila Marr"),
    ]
    assert all(q.same_wording and len(q.variants) == 2 for q in group_quotes(readings, {}))


def test_quotes_of_more_reports_come_first_then_longer_ones() -> None:
    readings = [
        quoting("a", "“Not today.” “The bridge will be open to carts and to people on foot.”", "Dov Senn", "Dov Senn"),
        quoting("b", "“They asked us for three weeks of quiet.”", "Ila Marr"),
        quoting("c", "“They asked us for three weeks of quiet,” she said.", "Ila Marr"),
    ]
    assert [len(v) for v in told(readings)] == [2, 1, 1]
    assert told(readings)[2] == ("a: Not today.",)


PHRASES = [
    "The door is now open to them.",
    "the door is open to them",
    "Ball in court.",
    "We hope that they will say yes to peace.",
    "hope",
    "open to them",
    "They will say yes.",
    "The door is now shut to them and to all.",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3),
            st.sampled_from(["Ila Marr", "Dov Senn", None, ""]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_any_pile(pile: list[tuple[list[str], str | None]], chance: random.Random) -> None:
    readings = [quoting(str(i), f"“{' '.join(words)}” was heard.", speaker) for i, (words, speaker) in enumerate(pile)]
    quotes = group_quotes(readings, {})
    shuffled = list(readings)
    chance.shuffle(shuffled)
    assert group_quotes(shuffled, {}) == quotes, "the order of the readings does not matter"
    assert len({q.id for q in quotes}) == len(quotes)
    for q in quotes:
        assert q.variants[0].changes == ()
        assert all(v.changes for v in q.variants[1:])
    shown = sorted((v.report, v.span) for q in quotes for v in q.variants)
    assert all(a[0] != b[0] or a[1].end <= b[1].start for a, b in pairwise(shown)), "no word stands in two quotes"
    for r in readings:
        kept = "".join(
            v.span.of(r.report.text)
            for q in quotes
            for v in sorted(q.variants, key=lambda v: v.span)
            if v.report == r.report.id
        )
        if any(a.kind == "direct" for a in r.attributions):
            assert len("".join(kept.split())) == len("".join(r.quotations[0].span.of(r.report.text).split())), (
                "every word is kept"
            )
