"""Files of records: JSON and JSON lines, with the field names that corpora of news use."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trucebook.errors import InputRefusedError
from trucebook.intake.draft import About, Draft
from trucebook.intake.page import has_tags, read_page
from trucebook.report import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The names in NewsAPI, GDELT, MediaCloud, Event Registry, news-please, fundus, trafilatura, JSON Feed and schema.org,
# and in the common data sets; in lower case, without the signs between words. The first that is filled counts.
_TEXT = """text body content article maintext articlebody articletext plaintext fulltext contenttext storytext story
    paragraphs rawtext contenthtml html"""
_TITLE = "title headline heading name"
_OUTLET = """outlet source publisher sitename publication sourcename medianame newspaper site domain sourcedomain
    hostname"""
_DATE = """published publishedat datepublished datepublish publishdate publisheddate pubdate publicationdate
    publishingdate publishedtime date datetime firstpublished created createdat timestamp"""
_URL = "url link href weburl sourceurl canonicalurl uri"
_LANGUAGE = "language lang languagecode inlanguage"
_AUTHOR = "author authors byline creator writer"
_ID = "id uuid guid docid articleid key"
_LISTS = [
    "articles",
    "items",
    "records",
    "documents",
    "docs",
    "results",
    "reports",
    "entries",
    "news",
    "stories",
    "data",
    "hits",
]
_INSIDE = ["name", "title", "rendered", "text", "value", "content", "code", "id"]
_NOT_WORD = re.compile(r"[\W_]+")
_EMPTY = frozenset({"", "none", "null", "nan", "n/a"})
# NewsAPI and others cut a text off and say by how much.
_CUT_OFF = re.compile(r"\[\+\d{1,6} chars\]\s*$")
_REMEDY = "give it a field such as text or body with the report's words"


@dataclass(frozen=True, kw_only=True)
class Records:
    """What a file of records yields.

    Attributes:
        drafts: the records that are reports.
        refusals: the others, each by its number.
    """

    drafts: tuple[Draft, ...]
    refusals: tuple[Refusal, ...]


def read_records(text: str, path: str, stem: str, *, lines: bool = False) -> Records:
    """Return the records of a JSON document, or of JSON lines.

    A document is one record, a list of them, or an object that holds such a list (`{"articles": [...]}`). A record in a
    list is named by its place, a JSON line by the number of its line, both from 1 (`news.jsonl#17`).

    Args:
        text: the decoded document.
        path: the input as the user named it.
        stem: the short name from which ids are made.
        lines: whether each line is a record of its own.

    Raises:
        InputRefusedError: the document as a whole cannot be read.
    """
    if not lines:
        try:
            return _read(_whole(_parse(text)), path, stem)
        except ValueError as error:
            # Many files of JSON lines have the suffix of JSON.
            if not _begins_as_lines(text):
                raise _no_json(path, error) from error
    return _read(_lines(text, path), path, stem)


def looks_like_records(text: str) -> bool:
    """Whether a document is JSON or JSON lines: it begins as one and its first value can be read."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        _parse(text)
    except ValueError:
        return _begins_as_lines(text)
    return True


def _begins_as_lines(text: str) -> bool:
    first = text.lstrip().split("\n", 1)
    try:
        return len(first) > 1 and isinstance(_parse(first[0]), dict)
    except ValueError:
        return False


def _parse(text: str) -> object:
    """Parse JSON; what is nested too deeply for the parser is an error like any other."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_json(path: str, error: ValueError) -> InputRefusedError:
    where = f"{error.msg} in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else str(error)[:100]
    return InputRefusedError(path, f"is not valid JSON ({where})", "mend it, or give the text as .txt")


def _whole(value: object) -> Iterator[tuple[str, object]]:
    """The records of a document with the ends of their names; a single record needs none."""
    # Three envelopes hold every format known to have them: `{"data": {"hits": {"hits": [...]}}}`.
    for _ in range(3):
        if not isinstance(value, dict) or _text(fields := _plain(value)) is not None:
            break
        value = next((fields[n] for n in _LISTS if isinstance(fields.get(n), (list, dict))), value)
    if isinstance(value, list):
        return ((f"#{n}", item) for n, item in enumerate(value, 1))
    return iter([("", value)])


def _lines(text: str, path: str) -> Iterator[tuple[str, object]]:
    """The records of JSON lines, or the refusal of a line that is none."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"#{number}", _parse(line)
            except ValueError as error:
                yield f"#{number}", _no_json(f"{path}#{number}", error)


def _read(items: Iterator[tuple[str, object]], path: str, stem: str) -> Records:
    drafts, refusals = [], []
    for end, value in items:
        try:
            drafts.append(_draft(value, path + end, stem + end))
        except InputRefusedError as error:
            refusals.append(Refusal(path=error.path, reason=error.reason, remedy=error.remedy))
    if not drafts and not refusals:
        raise InputRefusedError(path, "has no records", _REMEDY)
    return Records(drafts=tuple(drafts), refusals=tuple(refusals))


def _draft(value: object, path: str, stem: str) -> Draft:
    if isinstance(value, InputRefusedError):
        raise value
    if not isinstance(value, dict):
        raise InputRefusedError(path, "is not an object with fields", _REMEDY)
    inner = value.get("_source")  # the envelope of Elasticsearch
    fields = _plain({**inner, "id": value.get("_id")} if isinstance(inner, dict) else value)
    text = _text(fields)
    if text is None:
        raise InputRefusedError(path, "has no field with a text", _REMEDY)
    about, own_id = described(fields), _first(fields, _ID)
    draft = Draft(path=path, raw=_canonical(value, path), text=text, stem=stem, own_id=own_id, about=about)
    if _CUT_OFF.search(text[-40:]):
        draft = replace(draft, warnings=(f"{path}: its text was cut off by whoever supplied it",))
    return _from_markup(draft, path) if has_tags(text) else draft


def described(fields: Mapping[str, object]) -> About:
    """Return what a record says about its text.

    Args:
        fields: the record; names in any case and spelling.
    """
    fields = _plain(fields)
    return About(
        title=_first(fields, _TITLE),
        outlet=_first(fields, _OUTLET),
        author=_first(fields, _AUTHOR),
        published=_first(fields, _DATE),
        url=_first(fields, _URL),
        language=_first(fields, _LANGUAGE),
    )


def _from_markup(draft: Draft, path: str) -> Draft:
    """Take the text of a record out of its HTML; what the record says about it stands above what the page says."""
    page = read_page(draft.text, path)
    return replace(draft, text=page.text, page=draft.text, about=draft.about.over(page.about))


def _canonical(value: object, path: str) -> bytes:
    """The record's JSON with sorted names: the same bytes however the file lays it out."""
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
    except (RecursionError, ValueError) as error:
        raise InputRefusedError(path, "is nested too deeply", "give the fields of the report alone") from error


def _plain(value: Mapping[str, object]) -> dict[str, object]:
    """The fields by their names in lower case without the signs between words; of two, the first."""
    plain: dict[str, object] = {}
    for name, item in value.items():
        plain.setdefault(_NOT_WORD.sub("", name.lower()), item)
    return plain


def _text(fields: Mapping[str, object]) -> str | None:
    for name in _TEXT.split():
        value = fields.get(name)
        if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            return "\n".join(value)
        if isinstance(value, dict):
            value = next(
                (value[k] for k in ("rendered", "text", "value", "body") if isinstance(value.get(k), str)), None
            )
        if isinstance(value, str) and value.strip():
            return value
    return None


def _first(fields: Mapping[str, object], names: str) -> str | None:
    return next((words for n in names.split() if n in fields and (words := _words(fields[n]))), None)


def _words(value: object) -> str | None:
    """The words of a field: a string, a number, the name in an object (`{"name": ...}`), several in a list."""
    if isinstance(value, list):
        return ", ".join(w for v in value[:20] if not isinstance(v, list) and (w := _words(v))) or None
    if isinstance(value, dict):
        plain = _plain(value)
        return next((w for k in _INSIDE if isinstance(plain.get(k), (str, int)) and (w := _words(plain[k]))), None)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    words = " ".join(str(value).split())
    return None if words.lower() in _EMPTY else words.encode("utf-8", "replace").decode("utf-8")
