"""Search over every text of a case: FTS5 on SQLite, full text search on PostgreSQL, with one answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from trucebook.record.marks import Marks
from trucebook.record.passages import fold
from trucebook.record.when import NOW
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.record.case import Case
    from trucebook.record.when import When

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")

RANKED = 1_000
"""Of more passages than these, those of the latest texts alone are ranked.

To rank a passage, PostgreSQL unpacks all its words and SQLite looks up how often each stands where: that took most of
the time of a search for words that stand in most passages. The latest are found from the end.
"""

# The join comes first and the text last: of thousands of hits only those that are shown have their words cut out.
_SHOWN = """
    SELECT row_number() OVER (ORDER BY h.rank, r.name, h.start) AS place, r.name, h.version, h.start, h.stop,
        substr(v.text, h.start + 1, h.stop - h.start) AS words
    FROM ({hits}) h JOIN version v ON v.id = h.version JOIN report r ON r.id = v.report ORDER BY place
"""
# SQLite gives rows one by one, and before each every other thread of this process may have its turn: one row has all.
_TOGETHER = "SELECT json_group_array(json_array(place, name, version, start, stop, words)) FROM ({shown})"
_HITS = {
    # The key of the row alone is what SQLite walks its index backwards by.
    "sqlite": "SELECT m.version, m.start, m.stop, m.rank FROM ("
    "SELECT p.version, p.start, p.stop, bm25(passage) AS rank FROM passage p CROSS JOIN version v ON v.id = p.version "
    "WHERE passage MATCH :asked AND {latest} ORDER BY p.rowid DESC LIMIT {ranked}"
    ") m ORDER BY m.rank, m.version, m.start LIMIT :limit OFFSET :skip",
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

    Of more than 1,000 passages the best of those that were recorded last are found.

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
        query = _SHOWN.format(hits=_HITS[dialect].format(latest=_latest(when), ranked=max(limit + skip, RANKED)))
        if dialect == "sqlite":
            query = _TOGETHER.format(shown=query)
        given = {
            "asked": _for_sqlite(terms) if dialect == "sqlite" else _for_postgresql(terms),
            "recorded": when.recorded,
            "as_of": when.as_of.isoformat() if when.as_of else "",
            "limit": limit,
            "skip": skip,
        }
        answer = connection.execute(text(query), given)
        rows = sorted(json.loads(answer.scalar_one())) if dialect == "sqlite" else answer.all()
    marked = Marks([w for t in terms if t.wanted for w in t.words])
    return tuple(
        Hit(report=name, version=version, span=Span(start, stop), words=words, marks=marked.places(words, start))
        for _, name, version, start, stop, words in rows
    )


def _latest(when: When) -> str:
    """That a version is the latest of its report that counts, in words by which the planner sees how many do."""
    counts = ["TRUE"]
    counts += ["{0}.recorded <= :recorded"] if when.recorded is not None else []
    counts += ["{0}.published <= :as_of"] if when.as_of else []
    whole = " AND ".join(counts)
    newer = f"n.report = v.report AND n.number > v.number AND {whole.format('n')}"
    return f"{whole.format('v')} AND NOT EXISTS (SELECT 1 FROM version n WHERE {newer})"  # noqa: S608  words of ours


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
