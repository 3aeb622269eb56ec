"""A dossier without the names of private persons and of analysts, for giving it to others.

Names are replaced by a mark ("[name withheld 1]"), one person's by the same one everywhere, in texts and in whatever
was made of them; spans move with the words, so that `text[start:end]` still is what is shown. Checksums and ids from
which a name could be guessed by trying names are replaced by others that need a secret key. What it does not cover:
docs/record.md.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import msgspec

from trucebook.dossier.judgement import Judgement
from trucebook.dossier.model import Dossier  # noqa: TC001  msgspec reads the annotation
from trucebook.dossier.private import name_words, private_persons
from trucebook.reading.model import Mention, Reading
from trucebook.report import Refusal, Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import Actor, Finding, Lookalike

T = TypeVar("T")

MARK = "[name withheld {}]"
ANALYST = "[analyst withheld {}]"
# A word of a name that is shorter stands in too many other words' places.
_SHORTEST = 3


class Redaction(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier that names can be read from no more.

    Attributes:
        dossier: the dossier.
        persons: how many persons' names are left out.
        analysts: how many analysts' names are.
    """

    dossier: Dossier
    persons: int
    analysts: int


def redact(dossier: Dossier, key: bytes, *, keep: Iterable[str] = ()) -> Redaction:
    """Return a dossier without the names of private persons and of analysts.

    Args:
        dossier: the dossier.
        key: secret and random, of 16 bytes or more; what is made with it in place of checksums and ids tells nothing
            without it. Thrown away, nobody can undo the redaction.
        keep: names of persons who are public though no report gives them an office.
    """
    kept = set(keep)
    persons = [a for a in private_persons(dossier) if not ({a.name, *a.aliases} & kept)]
    analysts = list(dict.fromkeys(j.judgement.user for j in dossier.judged))
    names = _names(persons, dossier)
    found = _Redactor(names, {user: ANALYST.format(n) for n, user in enumerate(analysts, start=1)}, dossier, key)
    return Redaction(dossier=found.dossier(), persons=len(persons), analysts=len(analysts))


# --- the names ---


@dataclass(frozen=True)
class _Names:
    """What stands for which name.

    Attributes:
        forms: names as a whole, of several words, with their marks.
        words: single words that name nobody else, with their marks.
        own: every word of a person's names by the person, for where a reading says that they are meant.
        whose: the person whom a report's local name means.
    """

    forms: Mapping[str, str]
    words: Mapping[str, str]
    own: Mapping[str, frozenset[str]]
    whose: Mapping[tuple[str, str], str]


def _names(persons: Sequence[Actor], dossier: Dossier) -> _Names:
    ordered = _by_appearance(persons, dossier)
    marks = {actor.name: MARK.format(n) for n, actor in enumerate(ordered, start=1)}
    others = [a for a in dossier.actors if a.name not in marks]
    taken = {w.lower() for a in others for form in (a.name, *a.aliases) for w in name_words(form)}
    ordinary = _lower_case_words(dossier)
    forms: dict[str, str] = {}
    words: dict[str, str] = {}
    for actor in ordered:
        for form in dict.fromkeys((actor.name, *actor.aliases)):
            own = list(name_words(form))
            if len(own) > 1:
                forms.setdefault(" ".join(own), marks[actor.name])
            free = (w for w in own if len(w) >= _SHORTEST and w.lower() not in taken and w.lower() not in ordinary)
            words.update((w, marks[actor.name]) for w in free if w not in words)
    own_words = {marks[a.name]: frozenset(w for f in (a.name, *a.aliases) for w in name_words(f)) for a in ordered}
    whose = _whose(ordered, others, marks)
    return _Names(forms, words, own_words, whose)


def _by_appearance(persons: Sequence[Actor], dossier: Dossier) -> list[Actor]:
    """Persons in the order in which the reports name them, so that a number tells nothing else."""
    order: dict[str, int] = {}
    for reading in dossier.readings:
        for mention in reading.mentions:
            order.setdefault(mention.actor, len(order))
    return sorted(persons, key=lambda a: (min(order.get(n, len(order)) for n in (a.name, *a.aliases)), a.name))


def _whose(persons: Sequence[Actor], others: Sequence[Actor], marks: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Local names, by report, that mean a private person and nobody else."""
    public = {(r, n) for a in others for r in a.reports for n in (a.name, *a.aliases)}
    return {
        (r, n): marks[a.name] for a in persons for r in a.reports for n in (a.name, *a.aliases) if (r, n) not in public
    }


_LOWER = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W\d_]*")


def _lower_case_words(dossier: Dossier) -> frozenset[str]:
    """Words that stand in small letters somewhere: "Stone" may be a stone."""
    return frozenset(chain.from_iterable(_LOWER.findall(r.report.text) for r in dossier.readings))


# --- texts, and places in them ---


class _Text:
    """A text in which stretches are replaced, and where its places are then.

    Args:
        text: the text.
        holes: what is replaced by what, in order and without overlap.
    """

    def __init__(self, text: str, holes: Sequence[tuple[Span, str]]) -> None:
        self._starts = [span.start for span, _ in holes]
        self._holes = holes
        self._shifts = [0]
        parts, at = [], 0
        for span, mark in holes:
            parts += [text[at : span.start], mark]
            at = span.end
            self._shifts.append(self._shifts[-1] + len(mark) - span.length)
        self.text = "".join([*parts, text[at:]])

    def moved(self, span: Span) -> Span:
        """Return where the words of a span are now; of a name that it cuts it has the whole mark."""
        start, end = self._at(span.start, after=False), self._at(span.end, after=True)
        return Span(start, max(start, end)) if span.length else Span(start, start)

    def _at(self, offset: int, *, after: bool) -> int:
        before = bisect_right(self._starts, offset) - 1
        if before < 0:
            return offset
        hole, mark = self._holes[before]
        if offset >= hole.end:
            return offset + self._shifts[before + 1]
        begins = hole.start + self._shifts[before]
        return begins + (len(mark) if after and offset > hole.start else 0)


def _holes(found: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The first of each that overlap, the longest first."""
    holes: list[tuple[Span, str]] = []
    for span, mark in sorted(found, key=lambda f: (f[0].start, -f[0].end)):
        if span.length and (not holes or holes[-1][0].end <= span.start):
            holes.append((span, mark))
    return holes


# --- everything else ---


class _Redactor:
    def __init__(self, names: _Names, users: Mapping[str, str], dossier: Dossier, key: bytes) -> None:
        self._names, self._users, self._dossier, self._key = names, users, dossier, key
        self._marks = {" ".join(form.lower().split()): mark for form, mark in names.forms.items()}
        self._pattern = _pattern(names)
        self._texts = {r.report.id: self._text(r) for r in dossier.readings}
        self._changed = {r for r, text in self._texts.items() if text.text != dossier.reading(r).report.text}
        self._exact = dict(self._named())
        self.words: Callable[[str], str] = lru_cache(maxsize=100_000)(self._words)

    def dossier(self) -> Dossier:
        return self._walk(self._dossier, None)

    def _text(self, reading: Reading) -> _Text:
        text = reading.report.text
        found = [(Span(*m.span()), self._mark(m.group())) for m in self._pattern.finditer(text)]
        for mention in reading.mentions:
            found += self._mentioned(mention, reading.report)
        return _Text(text, _holes(found))

    def _mentioned(self, mention: Mention, report: Report) -> Iterator[tuple[Span, str]]:
        """The words of a name where the reading says whose it is, though they may be words of something else too."""
        mark = self._names.whose.get((report.id, mention.actor))
        own = self._names.own.get(mark, frozenset()) if mark else frozenset()
        words = [m for m in _CAPITAL.finditer(mention.span.of(report.text)) if m.group() in own]
        if mark and words:
            at = mention.span.start
            yield Span(at + words[0].start(), at + words[-1].end()), mark

    def _mark(self, found: str) -> str:
        plain = " ".join(found.lower().replace(".", " ").split())
        return self._marks.get(plain) or self._names.words.get(found) or self._names.words[_titled(found)]

    def _named(self) -> Iterator[tuple[str, str]]:
        """Whole strings that are names, or ids that are hashes of what names stood in."""
        for (_, name), mark in self._names.whose.items():
            yield name, mark
        for ident in self._ids():
            yield ident, "w" + self._hash(ident)[:16]
        for number, reading in enumerate(self._dossier.readings, start=1):
            if self._tells(reading.report.id):
                yield reading.report.id, f"report-{number}"

    def _ids(self) -> Iterator[str]:
        for reading in self._dossier.readings:
            if reading.report.id in self._changed:
                yield from (said.id for said in reading.attributions)
        things: tuple[Finding | Lookalike, ...] = (*self._dossier.findings, *self._dossier.lookalikes)
        for thing in things:
            if any(e.report in self._changed for p in thing.positions for e in p.evidence):
                yield thing.id
        for quote in self._dossier.quotes:
            if any(v.report in self._changed for v in quote.variants):
                yield quote.id

    def _tells(self, address: str) -> bool:
        """Whether the name of a file, or a URL, has a word of a name in it."""
        parts = {w.lower() for w in re.findall(r"[^\W_]+", address)}
        return any(word.lower() in parts for word in self._names.words)

    def _hash(self, value: str) -> str:
        return hmac.new(self._key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def _words(self, told: str) -> str:
        if told in self._exact:
            return self._exact[told]
        told = self._pattern.sub(lambda m: self._mark(m.group()), told)
        # Lemmas are in small letters.
        return self._lemmas().get(told, told)

    def _lemmas(self) -> Mapping[str, str]:
        if not hasattr(self, "_low"):
            self._low = {w.lower(): mark for w, mark in self._names.words.items()}
        return self._low

    def _walk(self, value: T, text: _Text | None) -> T:
        return self._walked(value, text)  # type: ignore[return-value]

    def _walked(self, value: object, text: _Text | None) -> object:
        if isinstance(value, Span):
            return text.moved(value) if text else value
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, msgspec.Struct):
            return self._struct(value, text)
        if isinstance(value, (tuple, list)):
            return type(value)(self._walked(v, text) for v in value)
        if isinstance(value, dict):
            return {self._walked(k, text): self._walked(v, text) for k, v in value.items()}
        return value

    def _struct(self, value: msgspec.Struct, text: _Text | None) -> msgspec.Struct:
        if isinstance(value, Reading):
            text = self._texts[value.report.id]
        elif isinstance(report := getattr(value, "report", None), str):
            # A judgement may rest on a report that is not there any more.
            text = self._texts.get(report)
        fields = {name: self._walked(getattr(value, name), text) for name in value.__struct_fields__}
        if isinstance(value, Report):
            fields |= self._about(value)
        elif isinstance(value, Refusal):
            fields |= {"path": self.words(_file(value.path))}
        elif isinstance(value, Judgement):
            fields |= {
                "user": self._users[value.user],
                "reason": self._told(value.reason),
                "value": self._told(value.value),
            }
        elif "text" in fields and "words" in fields:
            fields |= {"text": self._hash(str(fields["text"]))}
        return type(value)(**fields)

    def _about(self, report: Report) -> dict[str, object]:
        """A report without what leads back to names: the checksum of bytes that had any, its page, its folder."""
        found: dict[str, object] = {
            "text": self._texts[report.id].text,
            "page": None,
            "path": self.words(_file(report.path)),
        }
        if report.id in self._changed:
            found["sha256"] = "withheld-" + self._hash(report.sha256)[:32]
        if self._tells(report.path):
            found["path"] = "withheld"
        if report.url and self._tells(report.url):
            found["url"] = None
        return found

    def _told(self, words: str) -> str:
        """What an analyst wrote, without the names of analysts either."""
        told = self.words(words)
        for user, mark in self._users.items():
            if len(user) >= _SHORTEST:
                told = re.sub(rf"(?<!\w){re.escape(user)}(?!\w)", mark, told)
        return told


_CAPITAL = re.compile(r"[^\W\d_](?:[\w-]*\w)?")


def _pattern(names: _Names) -> re.Pattern[str]:
    """Whole names and single words, as they are or in capitals; nothing at all where there are none."""
    forms = sorted({f for form in names.forms for f in (form, form.upper())}, key=len, reverse=True)
    words = {w for word in names.words for w in (word, word.upper())}
    parts = [_spread(form.split()) for form in forms] + [re.escape(w) for w in sorted(words, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


def _spread(words: Sequence[str]) -> str:
    """A name with any white space between its words, and a full stop behind an initial."""
    return r"\s+".join(re.escape(w) + (r"\.?" if len(w) == 1 else "") for w in words)


def _titled(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _file(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
