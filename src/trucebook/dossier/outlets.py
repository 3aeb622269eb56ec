"""Where a report names an outlet or an agency: by its name, by a noun beside a name, or as "the newspaper"."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from trucebook.dossier.wording import is_content
from trucebook.lexicons import load
from trucebook.reading.gazetteer import state_adjective, states
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.report import Report

_TOKEN = re.compile(r"[^\W_][\w’'.&/-]*")
_GENITIVE = re.compile(r"(?:[’']s?|[.’'/-]+)$")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s+$")
_SITE = re.compile(r"[a-z]+://(?:[^/?#@]{0,200}@)?([\w.-]{1,253})", re.IGNORECASE)
# A name of an outlet that is in no list has so many words at most.
_LONGEST_NAME = 5
# An acronym in brackets behind a name is another name of it.
_ACRONYM = re.compile(r"\s?\((?:the )?([A-Z][A-Za-z&.-]{1,11})\)")


class OutletWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `outlets.toml`; what each list is for is said there."""

    agencies: tuple[tuple[str, ...], ...]
    outlets: tuple[tuple[str, ...], ...]
    state_run: tuple[tuple[str, str], ...]
    endings: tuple[str, ...]
    nouns: tuple[str, ...]
    loose: tuple[str, ...]
    unnamed: tuple[str, ...]
    descriptions: tuple[str, ...]
    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    before: tuple[str, ...]
    pictures: tuple[str, ...]
    works: tuple[str, ...]
    taken_up: tuple[str, ...]


class Named(NamedTuple):
    """Words that name an outlet.

    Attributes:
        span: the words.
        outlet: its name, the same for all of its names.
    """

    span: Span
    outlet: str


class _Token(NamedTuple):
    text: str
    start: int
    end: int


@cache
def outlet_words() -> OutletWords:
    """Return the word lists of outlets and of how reports tell after them."""
    found: OutletWords = load("outlets.toml", OutletWords)
    return found


class Outlets:
    """The outlets that reports may name.

    Args:
        reports: of the pile: whoever published one of them is an outlet too.
    """

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._names: dict[str, str] = {}
        words = outlet_words()
        for line in (*words.outlets, *words.agencies):
            for alias in line:
                self._names.setdefault(plain(alias), line[0])
        for report in reports:
            if report.outlet:
                self._names.setdefault(plain(report.outlet), report.outlet.strip())
        # "The Times" is a name with its article alone.
        self._needs_article = {plain(a) for line in words.outlets for a in line[:1] if a.startswith("The ")}
        self._needs_article -= {plain(a) for line in words.outlets for a in line if not a.startswith("The ")}
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in self._names:
            first, *rest = name.split()
            self._by_first[first].append((first, *rest))
        for some in self._by_first.values():
            some.sort(key=lambda name: (-len(name), name))

    def known(self, name: str | None) -> str | None:
        """Return the name by which an outlet goes, or None where no outlet of that name is known."""
        return self._names.get(plain(name)) if name and name.strip() else None

    def of(self, report: Report) -> str | None:
        """Return the outlet of a report: by its metadata, else by the site that it was found at."""
        if report.outlet and report.outlet.strip():
            return self.known(report.outlet) or report.outlet.strip()
        site = _SITE.match(report.url) if report.url else None
        labels = [
            x for x in (site[1].lower() if site else "").split(".") if x not in {"www", "com", "org", "net", "co", "uk"}
        ]
        return next((found for label in labels if (found := self._by_site(label))), None)

    def _by_site(self, label: str) -> str | None:
        return _sites(tuple(sorted(self._names.items()))).get(label)

    def find(self, text: str, spans: Sequence[Span]) -> list[list[Named]]:
        """Return where each stretch of a text names an outlet, in order.

        Args:
            text: of a report.
            spans: its sentences, in order: "the newspaper" is the one named last before.
        """
        shorts: dict[str, str] = {}
        last: str | None = None
        found: list[list[Named]] = []
        for span in spans:
            here = list(self._in(text, span, shorts, last))
            last = here[-1].outlet if here else last
            found.append(here)
        return found

    def _in(self, text: str, span: Span, shorts: dict[str, str], last: str | None) -> Iterator[Named]:
        tokens = [_token(m, span.start) for m in _TOKEN.finditer(span.of(text))]
        at = 0
        while at < len(tokens):
            named = self._at(text, tokens, at, shorts)
            if named is None and last:
                named = _taken_up(text, tokens, at, last)
            if named is None:
                at += 1
                continue
            last = named.outlet
            _remember(text, named, shorts)
            yield named
            at = next((i for i in range(at, len(tokens)) if tokens[i].start >= named.span.end), len(tokens))

    def _at(self, text: str, tokens: Sequence[_Token], at: int, shorts: Mapping[str, str]) -> Named | None:
        token = tokens[at]
        if token.text[:1].isupper():
            return self._listed(text, tokens, at, shorts) or _by_ending(text, tokens, at) or _by_noun(text, tokens, at)
        if token.text == "dpa":
            return self._listed(text, tokens, at, shorts)
        return _unnamed(text, tokens, at)

    def _listed(self, text: str, tokens: Sequence[_Token], at: int, shorts: Mapping[str, str]) -> Named | None:
        token = tokens[at]
        with_article = _ARTICLE.search(text, max(0, token.start - 6), token.start) is not None
        for name in self._by_first.get(token.text.casefold(), ()):
            here = tokens[at : at + len(name)]
            if tuple(t.text.casefold() for t in here) != name or not all(_is_name(t.text) for t in here):
                continue
            joined, behind = " ".join(name), tokens[at + len(name) : at + len(name) + 1]
            # "Fox Hunting Society" is not Fox: a name that goes on in capitals is another one.
            goes_on = bool(behind) and behind[0].text[:1].isupper() and text[here[-1].end : behind[0].start] == " "
            if (joined in self._needs_article and not with_article) or (
                goes_on and len(name) == 1 and len(name[0]) > 4
            ):
                continue
            outlet = shorts.get(here[0].text, self._names[joined]) if len(name) == 1 else self._names[joined]
            return Named(Span(here[0].start, here[-1].end), outlet)
        if token.text in shorts and with_article:
            return Named(Span(token.start, token.end), shorts[token.text])
        return None


def state_media(outlet: str) -> str | None:
    """Return the state for which an outlet speaks, or of which it is told to be the media; None where there is none."""
    media, _, state = outlet.partition(" of ")
    if state and media in outlet_words().unnamed:
        return state if media.startswith(("state", "official")) else None
    return dict(outlet_words().state_run).get(outlet)


def plain(name: str) -> str:
    """Return a name as it is looked up: small letters, no article, single spaces."""
    words = name.casefold().replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def _sites(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Outlets by the label of a site that is one of their names without its spaces, `nytimes` and its like included."""
    found: dict[str, str] = {}
    for name, outlet in names:
        words = re.findall(r"\w+", name)
        found.setdefault("".join(words), outlet)
        found.setdefault("the" + "".join(words), outlet)
        found.setdefault("".join(w[0] for w in words[:-1]) + words[-1] if len(words) > 2 else "".join(words), outlet)
    return found


def _token(match: re.Match[str], start: int) -> _Token:
    text = _GENITIVE.sub("", match[0]) or match[0]
    return _Token(text, start + match.start(), start + match.start() + len(text))


def _is_name(word: str) -> bool:
    return not word.isalpha() or word[:1].isupper() or word in {"of", "and", "dpa"}


def _remember(text: str, named: Named, shorts: dict[str, str]) -> None:
    """Note the short forms by which a report may take up an outlet that it has named."""
    words = named.span.of(text).split()
    if len(words) > 1 and words[-1] in {e.split()[-1] for e in outlet_words().endings}:
        shorts[words[-1]] = named.outlet
    if acronym := _ACRONYM.match(text, named.span.end):
        shorts[acronym[1]] = named.outlet


def _run(text: str, tokens: Sequence[_Token], at: int) -> list[_Token]:
    """The tokens from one on that begin with a capital and stand one space apart."""
    run: list[_Token] = []
    for token in tokens[at : at + _LONGEST_NAME]:
        apart = run and text[run[-1].end : token.start] != " "
        if apart or not token.text[:1].isupper():
            break
        run.append(token)
    return run


def _by_ending(text: str, tokens: Sequence[_Token], at: int) -> Named | None:
    """A name in capitals whose last word is one that outlets bear ("the Marlow Gazette")."""
    # "As Kolm News reported": the sentence's first word is no part of the name.
    if not is_content(tokens[at].text.lower()):
        return None
    run = _run(text, tokens, at)
    joined = " ".join(t.text for t in run)
    ending = next((e for e in outlet_words().endings if joined.endswith(" " + e)), None)
    # "The European Press" is what many outlets write: an adjective of a state makes no name of an ending.
    if ending is None or (len(run) <= len(ending.split()) + 1 and state_adjective(run[0].text)):
        return None
    return Named(Span(run[0].start, run[-1].end), joined)


@cache
def _nouns() -> re.Pattern[str]:
    every = sorted(outlet_words().nouns, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, every))})\b")


def _by_noun(text: str, tokens: Sequence[_Token], at: int) -> Named | None:
    """A name in capitals beside a noun for an outlet ("the Kolm newspaper", "news agency Kolm")."""
    run = _run(text, tokens, at)
    if not run or not is_content(run[0].text.lower()) or state_adjective(run[0].text):
        return None
    behind = _nouns().match(text, run[-1].end + 1) if text[run[-1].end : run[-1].end + 1] == " " else None
    before = text[max(0, run[0].start - 22) : run[0].start]
    ahead = any(before.endswith(f"{noun} ") for noun in outlet_words().nouns if noun not in outlet_words().loose)
    noun = behind[0] if behind else None
    if (noun and noun not in outlet_words().loose) or ahead:
        return Named(Span(run[0].start, run[-1].end), " ".join(t.text for t in run))
    return None


@cache
def _media() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(outlet_words().unnamed, key=len, reverse=True)))})\b")


@cache
def _media_openers() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in outlet_words().unnamed)


@cache
def _state_names() -> frozenset[str]:
    return frozenset(state.name for state in states())


def _unnamed(text: str, tokens: Sequence[_Token], at: int) -> Named | None:
    """Media that are named by no name ("Marnian state media"), with the adjective before them."""
    if tokens[at].text not in _media_openers():
        return None
    match = _media().match(text, tokens[at].start)
    behind = next((t for t in tokens[at + 1 : at + 6] if match and t.start >= match.end()), None)
    # "State news agency Kolm" is Kolm.
    if match is None or (behind and behind.text[:1].isupper() and text[match.end() : behind.start] == " "):
        return None
    for first in range(max(0, at - 2), at):
        words = text[tokens[first].start : tokens[at - 1].end]
        if state := state_adjective(words) or (words if words in _state_names() else None):
            return Named(Span(tokens[first].start, match.end()), f"{match[0]} of {state}")
    return Named(Span(match.start(), match.end()), match[0])


def _taken_up(text: str, tokens: Sequence[_Token], at: int, last: str) -> Named | None:
    """Return what takes up the outlet that was named last ("the newspaper")."""
    if tokens[at].text not in {"The", "the"} or at + 1 >= len(tokens):
        return None
    match = _nouns().match(text, tokens[at + 1].start)
    if match is None or (match[0] in outlet_words().loose and not _fits(match[0], last)):
        return None
    following = tokens[at + 2] if at + 2 < len(tokens) else None
    if following and following.text[:1].isupper() and text[match.end() : following.start] == " ":
        return None
    return Named(Span(tokens[at].start, match.end()), last)


def _fits(noun: str, outlet: str) -> bool:
    """Whether a noun that other bodies bear as well can be for an outlet: "the agency" for an agency alone."""
    agencies = {line[0] for line in outlet_words().agencies}
    return noun == "agency" and (outlet in agencies or outlet.endswith("Agency"))
