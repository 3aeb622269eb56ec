"""Where a case is: a file, or a place in a PostgreSQL database; told from reports without loading a database driver."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from trucebook.record.errors import CaseError

SUFFIX = ".truce"
"""What a case file is called by custom; any other name does as well."""
APPLICATION_ID = 0x54727543
"""What marks an SQLite file as a case: "TruC" as its application id (sqlite.org/fileformat2.html, 1.3.19)."""
_MAGIC = b"SQLite format 3\x00"
_SCHEMES = frozenset({"postgresql", "postgres"})
# A name that needs no quoting in SQL, so that it can be given to the server as it is.
_CASE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_DEFAULT_CASE = "trucebook"


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a case is.

    Attributes:
        shown: as the user named it, without a password.
        file: the SQLite file; None for PostgreSQL.
        url: of the PostgreSQL database, for its driver; None for a file.
        schema: name of the case in the PostgreSQL database, which is the name of its schema there.
    """

    shown: str
    file: Path | None = None
    url: str | None = None
    schema: str | None = None

    @property
    def name(self) -> str:
        """As it can be opened again by another process: with its password, so it is not to be shown."""
        if self.url is None:
            return str(self.file)
        parts = urlsplit(self.url)
        options = [*parse_qsl(parts.query), ("case", self.schema or _DEFAULT_CASE)]
        return urlunsplit(parts._replace(scheme="postgresql", query=urlencode(options, quote_via=quote)))


def is_case(name: str) -> bool:
    """Whether an argument names a case and not a report: a database URL, a `.truce` file or any SQLite file."""
    if _is_url(name) or name.lower().endswith(SUFFIX):
        return True
    try:
        path = Path(name)
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


def locate(name: str) -> Location:
    """Return where the case is that a user named.

    Args:
        name: path of an SQLite file, or `postgresql://user@host/database?case=name`; without `case` it is `trucebook`.

    Raises:
        CaseError: it is no path and no such URL.
    """
    if _is_url(name):
        return _in_postgresql(name)
    if "://" in name:
        raise CaseError(
            name, "is a URL of no known kind", "give the path of a file, or a URL like postgresql://host/db"
        )
    if not name or "\x00" in name:
        raise CaseError(repr(name), "is no path", "give the path of a file such as talks.truce")
    return Location(shown=name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), file=Path(name))


def _is_url(name: str) -> bool:
    return name.partition("://")[0] in _SCHEMES and "://" in name


def _in_postgresql(name: str) -> Location:
    parts = urlsplit(name)
    options = dict(parse_qsl(parts.query))
    schema = options.pop("case", _DEFAULT_CASE)
    shown = urlunsplit(parts._replace(netloc=_without_password(parts.netloc)))
    if not _CASE_NAME.match(schema) or schema.startswith("pg_"):
        remedy = "use small letters, digits and _, beginning with a letter"
        raise CaseError(shown, f"case {schema!r} is no name of a case", remedy)
    url = urlunsplit(parts._replace(scheme="postgresql+psycopg", query=urlencode(options, quote_via=quote)))
    return Location(shown=shown, url=url, schema=schema)


def _without_password(netloc: str) -> str:
    user, at, host = netloc.rpartition("@")
    return f"{user.partition(':')[0]}{at}{host}"
