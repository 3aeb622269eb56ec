"""The tables of a case, the same on SQLite and PostgreSQL. How they come to be there: `migrations`.

Times are microseconds since 1970 in UTC, so that both databases keep and order them exactly alike. Objects are JSON as
msgspec writes it, so that a field that is added later needs no migration. Rows of the tables in `KEPT` are added and
never changed: what a row holds is fixed by its entry in the audit log. Accounts, sessions and uploads are the desk's
own housekeeping: they change, and no archive holds them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# On SQLite only a plain INTEGER numbers itself.
_ID = BigInteger().with_variant(Integer, "sqlite")

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""One row: the case's own name and the end of its audit log; who writes holds it."""

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
"""One row a row that was added anywhere, chained by hashes."""

maker = Table(
    "maker",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("entry", BigInteger, nullable=False),
)
"""What readings were made by: program, rules, models and settings."""

original = Table(
    "original",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    Column("entry", BigInteger, nullable=False),
)
"""The bytes that reports were read from."""

report = Table(
    "report",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False, index=True),
    Column("entry", BigInteger, nullable=False),
)
"""A report, through all its versions; `key` is what tells that a text is another version of it."""

version = Table(
    "version",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("report", _ID, ForeignKey("report.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("original", Text, ForeignKey("original.sha256"), nullable=False),
    Column("about", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("page", LargeBinary),
    Column("published", Text),
    Column("recorded", BigInteger, nullable=False, index=True),
    Column("entry", BigInteger, nullable=False),
    UniqueConstraint("report", "number", name="version_report_number"),
)
"""A report as it was at one time: its words, and what was known about it."""

reading = Table(
    "reading",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("version", _ID, ForeignKey("version.id"), nullable=False),
    Column("maker", _ID, ForeignKey("maker.id"), nullable=False),
    Column("format", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("anchors", LargeBinary, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("entry", BigInteger, nullable=False),
    UniqueConstraint("version", "maker", name="reading_version_maker"),
)
"""What was found in a version by one maker; `anchors` has a checksum of the words under every span."""

judgement = Table(
    "judgement",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded", BigInteger, nullable=False, index=True),
    Column("entry", BigInteger, nullable=False),
    Index("judgement_of", "kind", "target"),
)
"""What a person decided; undoing is another row."""

passage = Table(
    "passage",
    MetaData(),  # made by hand in the migration, for each database in its own way
    Column("version", BigInteger),
    Column("start", Integer),
    Column("stop", Integer),
    Column("words", Text),
)
"""The text in pieces, as it is searched: an FTS5 table on SQLite, a table with a tsvector on PostgreSQL."""

book = Table(
    "book",
    metadata,
    Column("maker", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("dossier", LargeBinary, nullable=False),
)
"""The last book of the case: made of what is recorded, and no part of it, so that the log does not vouch for it."""

account = Table(
    "account",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
)
"""Who may use the case by way of the desk, with a hash of the password; `key` is the name as it is compared."""

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", _ID, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)
"""Who is logged in; the id is the SHA-256 of the token that the browser has."""

upload = Table(
    "upload",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("batch", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("bytes", LargeBinary),
    Column("about", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("told", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""A file that was handed in by way of the desk, until it is read, and what became of it."""

visit = Table(
    "visit",
    metadata,
    Column("user", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Up to where in the log each person has looked; the log does not vouch for it."""

KEPT = (maker, original, report, version, reading, judgement)
"""The tables whose rows the audit log vouches for and an archive holds, in an order in which they can be filled."""
