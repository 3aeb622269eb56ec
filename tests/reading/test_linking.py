import re

import pytest

from trucebook.reading.linking import Link, fit, link
from trucebook.reading.model import Paragraph
from trucebook.reading.quotations import find_quotations
from trucebook.reading.tagger import LINKS, Role, Tagged, Tags
from trucebook.span import Span


def tags(words: str, **leads: dict[str, str | None]) -> tuple[str, Tags]:
    """A text with its spans marked: `{S Duval} {Q said} {C the army left}`; links lead where `leads` says.

    A link is named by the words of its two ends; what is not named leads nowhere.
    """
    names: dict[str, Role] = {"S": "source", "Q": "cue", "C": "content"}
    text, spans = "", []
    for part in re.split(r"(\{[SQC] [^}]*\})", words):
        marked = part.startswith("{")
        if marked:
            spans.append(Tagged(names[part[1]], Span(len(text), len(text) + len(part) - 4), 0.9))
        text += part[3:-1] if marked else part
    links: dict[tuple[Role, Role], dict[int, dict[int | None, float]]] = {}
    for origin, goal in LINKS:
        rows = links[origin, goal] = {}
        for i, s in ((i, s) for i, s in enumerate(spans) if s.role == origin):
            wanted = leads.get(f"{origin}_{goal}", {}).get(s.span.of(text))
            row: dict[int | None, float] = {None: -1.0 if wanted else 0.0}
            row |= {j: 0.0 if t.span.of(text) == wanted else -0.5 for j, t in enumerate(spans) if t.role == goal}
            rows[i] = row
    return text, Tags(tuple(spans), links)


def rows(text: str, links: tuple[Link, ...]) -> list[tuple[str, str, str | None]]:
    return [(" / ".join(c.of(text) for c in f.content), f.cue.of(text), f.source and f.source.of(text)) for f in links]


LINKED = {
    "one": (
        "{S Duval} {Q said} {C the army left}.",
        {"content_cue": {"the army left": "said"}, "content_source": {"the army left": "Duval"}},
        [("the army left", "said", "Duval")],
    ),
    "two contents of one cue": (
        "{C We sign}, {S Duval} {Q said}, {C but not today}.",
        {"content_cue": {"We sign": "said", "but not today": "said"}, "cue_source": {"said": "Duval"}},
        [("We sign / but not today", "said", "Duval")],
    ),
    "one source of two cues": (
        "{S Duval} {Q said} {C the army left} and {Q hoped} {C it stays away}.",
        {
            "content_cue": {"the army left": "said", "it stays away": "hoped"},
            "cue_source": {"said": "Duval", "hoped": "Duval"},
        },
        [("the army left", "said", "Duval"), ("it stays away", "hoped", "Duval")],
    ),
    "no source": (
        "{C The army left}, it was {Q reported}.",
        {"content_cue": {"The army left": "reported"}},
        [("The army left", "reported", None)],
    ),
    "a content that nothing leads from": ("{C The army left}, {S Duval} {Q said}.", {}, []),
    "a cue without a content": ("{S Duval} {Q said} no more.", {"cue_source": {"said": "Duval"}}, []),
}  # fmt: skip


@pytest.mark.parametrize(("words", "leads", "found"), LINKED.values(), ids=LINKED.keys())
def test_contents_find_their_cue_and_source(
    words: str, leads: dict[str, dict[str, str | None]], found: list[tuple[str, str, str | None]]
) -> None:
    text, tagged = tags(words, **leads)
    assert rows(text, link([tagged])) == found


def all_to_first(words: str) -> tuple[str, Tags]:
    """Every content leads to the first cue and every cue to the first source."""
    _, bare = tags(words)
    text, _ = tags(words)
    first = {r: next((s.span.of(text) for s in bare.spans if s.role == r), None) for r in ("source", "cue")}
    contents = [s.span.of(text) for s in bare.spans if s.role == "content"]
    return tags(
        words,
        content_cue=dict.fromkeys(contents, first["cue"]),
        content_source=dict.fromkeys(contents, first["source"]),
    )


FITTED = {
    "a part of a quotation takes all of it": (
        "“{C We will sign} on Monday,” {S Duval} {Q said}.",
        ["We will sign on Monday,"],
    ),
    "marks are left outside": ("{C “We will sign on Monday,”} {S Duval} {Q said}.", ["We will sign on Monday,"]),
    "a clause that ends in a quotation": (
        "{S Duval} {Q said} {C the talks were “over for} now.”",
        ["the talks were “over for now.”"],
    ),
    "scare quotes in a clause": (
        "{S Duval} {Q said} {C the “road” was closed}.",
        ["the “road” was closed"],
    ),
    "a little of a quotation is not enough": (
        "{S Duval} {Q said} {C she left}. “{C We} all know what this truce is worth today.”",
        ["she left / We"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "contents"), FITTED.values(), ids=FITTED.keys())
def test_quotation_marks_decide_the_boundaries(words: str, contents: list[str]) -> None:
    text, tagged = all_to_first(words)
    quotations, _ = find_quotations(text, [Paragraph(span=Span(0, len(text)))])
    assert [r[0] for r in rows(text, fit(link([tagged]), quotations, text))] == contents


def test_what_is_said_inside_a_quotation_is_part_of_it() -> None:
    text, tagged = tags(
        "“{C We sign and hold to it whatever comes, and} {S the army} {Q says} {C it will go},” {S Duval} {Q told} us.",
        content_cue={"We sign and hold to it whatever comes, and": "told", "it will go": "says"},
        cue_source={"told": "Duval", "says": "the army"},
    )
    quotations, _ = find_quotations(text, [Paragraph(span=Span(0, len(text)))])
    assert rows(text, fit(link([tagged]), quotations, text)) == [(quotations[0].span.of(text), "told", "Duval")]
