"""Search over every text of a case: FTS5 on SQLite, full text search on PostgreSQL, with one answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from trucebook.record.passages import fold
from trucebook.record.when import NOW
from trucebook.span import Span

if TYPE_CHECKING:
    from sqlalchemy import Row

    from trucebook.record.case import Case
    from trucebook.record.when import When

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")
# How much of the ends of two words may differ for one to be shown as the other ("signed" for "signing").
_ENDING = 3

RANKED = 1_000
"""Of more passages than these, PostgreSQL ranks those of the latest texts alone."""

_LATEST = """
    SELECT v.id, v.report FROM version v JOIN (
        SELECT report, max(number) AS number FROM version {then} GROUP BY report
    ) l ON l.report = v.report AND l.number = v.number
"""
# Without it the index of reports and numbers alone answers which versions are the latest.
_THEN = "WHERE (:recorded < 0 OR recorded <= :recorded) AND (:as_of = '' OR published <= :as_of)"
# The join comes first and the text last: of thousands of hits only those that are shown have their words cut out.
_SHOWN = """
    SELECT r.name, h.version, h.start, h.stop, substr(v.text, h.start + 1, h.stop - h.start) AS words
    FROM ({hits}) h JOIN version v ON v.id = h.version JOIN report r ON r.id = v.report ORDER BY h.rank, r.name, h.start
"""
_HITS = {
    "sqlite": "SELECT p.version, p.start, p.stop, p.rank AS rank FROM passage p JOIN ({latest}) k ON k.id = p.version "
    "WHERE passage MATCH :asked ORDER BY p.rank LIMIT :limit OFFSET :skip",
    # To rank a passage costs as much as to find a hundred: of very many, those of the latest texts are ranked.
    "postgresql": "SELECT c.version, c.start, c.stop, -ts_rank(p.found, c.q) AS rank FROM ("
    "SELECT p.version, p.start, p.stop, q.q FROM passage p "
    "JOIN ({latest}) k ON k.id = p.version, to_tsquery('trucebook', :asked) AS q(q) "
    "WHERE p.found @@ q.q ORDER BY p.version DESC, p.start LIMIT :ranked) c "
    "JOIN passage p ON p.version = c.version AND p.start = c.start "
    "ORDER BY rank, c.version, c.start LIMIT :limit OFFSET :skip",
}


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A place where what was searched for stands.

    Attributes:
        report: the report's id.
        version: key of the version that the text is of.
        span: a passage of its text.
        words: the words of the passage.
        marks: where in the report's text the words that were asked for stand.
    """

    report: str
    version: int
    span: Span
    words: str
    marks: tuple[Span, ...]


@dataclass(frozen=True)
class _Term:
    words: tuple[str, ...]
    wanted: bool


def search(case: Case, asked: str, *, when: When = NOW, limit: int = 50, skip: int = 0) -> tuple[Hit, ...]:
    """Search the latest texts of a case.

    Every word must stand in a passage, in any form of it (`sign` finds "signed"); `"a phrase"` in this order;
    `-word` must not. Case and accents make no difference.

    Args:
        case: the case.
        asked: what to search for; whatever it holds, it is words and never a command to the database.
        when: as of which day, and as known at which time.
        limit: most hits.
        skip: how many of the best are left out, for a page that comes after another.

    Returns:
        The best first.

    Raises:
        CaseError: the case cannot be read.
    """
    terms = _terms(asked)
    if not any(t.wanted for t in terms):
        return ()
    with case.reading() as connection:
        dialect = connection.dialect.name
        latest = _LATEST.format(then="" if when == NOW else _THEN)
        query = _SHOWN.format(hits=_HITS[dialect].format(latest=latest))
        given: dict[str, object] = {"limit": limit, "skip": skip}
        given["asked"] = _for_sqlite(terms) if dialect == "sqlite" else _for_postgresql(terms)
        if dialect == "postgresql":
            given["ranked"] = RANKED
        if when != NOW:
            given["recorded"] = -1 if when.recorded is None else when.recorded
            given["as_of"] = when.as_of.isoformat() if when.as_of else ""
        rows = connection.execute(text(query), given).all()
    return tuple(_hit(row, terms) for row in rows)


def _hit(row: Row[tuple[object, ...]], terms: list[_Term]) -> Hit:
    marks = _marks(row.words, row.start, terms)
    return Hit(report=row.name, version=row.version, span=Span(row.start, row.stop), words=row.words, marks=marks)


def _terms(asked: str) -> list[_Term]:
    found = []
    for minus, phrase, word in _TERM.findall(asked.replace("\x00", " ")):
        words = tuple(_WORD.findall(fold(phrase or word)))
        if words:
            found.append(_Term(words, not minus))
    return found


def _for_sqlite(terms: list[_Term]) -> str:
    """Words in quotation marks are words, whatever they mean to FTS5 without (sqlite.org/fts5.html, 3.1)."""
    wanted = " AND ".join(f'"{" ".join(t.words)}"' for t in terms if t.wanted)
    barred = " OR ".join(f'"{" ".join(t.words)}"' for t in terms if not t.wanted)
    return f"({wanted}) NOT ({barred})" if barred else wanted


def _for_postgresql(terms: list[_Term]) -> str:
    """Words of letters, digits and _ alone, so that none is an operator."""
    phrases = (" <-> ".join(f"'{word}'" for word in t.words) for t in terms)
    return " & ".join(("" if t.wanted else "!") + f"({phrase})" for t, phrase in zip(terms, phrases, strict=True))


def _marks(words: str, start: int, terms: list[_Term]) -> tuple[Span, ...]:
    wanted = {w for t in terms if t.wanted for w in t.words}
    # What begins otherwise is no form of it: most words are told apart so, without a closer look.
    begin = {w[: _ENDING + 1] for w in wanted}
    found = ((m, _folded(m.group())) for m in _WORD.finditer(words))
    return tuple(
        Span(start + m.start(), start + m.end())
        for m, word in found
        if word in wanted or (word[: _ENDING + 1] in begin and any(_same(word, w) for w in wanted))
    )


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


def _same(one: str, other: str) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (shared > _ENDING and max(len(one), len(other)) - shared <= _ENDING)
