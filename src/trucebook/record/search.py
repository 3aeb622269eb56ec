"""Search over every text of a case: FTS5 on SQLite, full text search on PostgreSQL, with one answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlalchemy import text

from trucebook.record.passages import fold
from trucebook.record.when import NOW
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.record.case import Case
    from trucebook.record.when import When

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")
# How much of the ends of two words may differ for one to be shown as the other ("signed" for "signing").
_ENDING = 3

_LATEST = """
    SELECT v.id, v.report FROM version v JOIN (
        SELECT report, max(number) AS number FROM version
        WHERE (:recorded < 0 OR recorded <= :recorded) AND (:as_of = '' OR published <= :as_of) GROUP BY report
    ) l ON l.report = v.report AND l.number = v.number
"""
RANKED = 1_000
"""Of more passages than these, PostgreSQL ranks those of the latest texts alone.

It unpacks the words of every passage that it ranks, which took most of the time of a search for words that stand in
most passages; the latest it finds from the end.
"""

# The join comes first and the text last: of thousands of hits only those that are shown have their words cut out.
_SHOWN = """
    SELECT r.name, h.version, h.start, h.stop, substr(v.text, h.start + 1, h.stop - h.start) AS words
    FROM ({hits}) h JOIN version v ON v.id = h.version JOIN report r ON r.id = v.report ORDER BY h.rank, r.name, h.start
"""
_HITS = {
    "sqlite": "SELECT p.version, p.start, p.stop, p.rank AS rank FROM passage p JOIN ({latest}) k ON k.id = p.version "
    "WHERE passage MATCH :asked ORDER BY p.rank LIMIT :limit OFFSET :skip",
    "postgresql": "SELECT m.version, m.start, m.stop, -ts_rank(m.found, to_tsquery('trucebook', :asked)) AS rank FROM ("
    "SELECT p.version, p.start, p.stop, p.found FROM passage p JOIN version v ON v.id = p.version "
    "WHERE p.found @@ to_tsquery('trucebook', :asked) AND {latest} ORDER BY p.version DESC, p.start LIMIT {ranked}"
    ") m ORDER BY rank, m.version, m.start LIMIT :limit OFFSET :skip",
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

    On PostgreSQL, of more than 1,000 passages the best of those that were recorded last are found.

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
        latest = _LATEST if dialect == "sqlite" else _latest(when)
        query = _SHOWN.format(hits=_HITS[dialect].format(latest=latest, ranked=max(limit + skip, RANKED)))
        given = {
            "asked": _for_sqlite(terms) if dialect == "sqlite" else _for_postgresql(terms),
            "recorded": -1 if when.recorded is None else when.recorded,
            "as_of": when.as_of.isoformat() if when.as_of else "",
            "limit": limit,
            "skip": skip,
        }
        if dialect != "sqlite":
            # How many passages hold the words decides how they are best found: no plan is good for all.
            connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        rows = connection.execute(text(query), given).all()
    # Passages have the same words over and over, and to compare them took longer than to find them.
    asked_for = cache(partial(_like, wanted=[w for t in terms if t.wanted for w in t.words]))
    return tuple(
        Hit(
            report=r.name,
            version=r.version,
            span=Span(r.start, r.stop),
            words=r.words,
            marks=_marks(r.words, r.start, asked_for),
        )
        for r in rows
    )


def _latest(when: When) -> str:
    """That a version is the latest of its report that counts, in words by which the planner sees how many do."""
    counts = ["TRUE"]
    counts += ["{0}.recorded <= :recorded"] if when.recorded is not None else []
    counts += ["{0}.published <= :as_of"] if when.as_of else []
    whole = " AND ".join(counts)
    later = f"SELECT FROM version n WHERE n.report = v.report AND n.number > v.number AND {whole.format('n')}"
    return f"{whole.format('v')} AND NOT EXISTS ({later})"


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


def _marks(words: str, start: int, asked_for: Callable[[str], bool]) -> tuple[Span, ...]:
    return tuple(Span(start + m.start(), start + m.end()) for m in _WORD.finditer(words) if asked_for(m.group()))


def _like(word: str, wanted: list[str]) -> bool:
    plain = fold(word)
    return any(_same(plain, w) for w in wanted)


def _same(one: str, other: str) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (shared > _ENDING and max(len(one), len(other)) - shared <= _ENDING)
