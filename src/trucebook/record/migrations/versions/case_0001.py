"""The tables of a case, their search index, and the guards that keep what was recorded from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_GUARDED = ("audit", "maker", "original", "report", "version", "reading", "judgement")
_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _log()
    _texts()
    _made()
    if op.get_bind().dialect.name == "sqlite":
        _for_sqlite()
    else:
        _for_postgresql()


def _log() -> None:
    op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("user", "action", "subject", "digest", "previous", "hash")
        ),
    )


def _texts() -> None:
    op.create_table(
        "original",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
        _entry(),
    )
    op.create_table(
        "report",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("key", sa.Text, nullable=False, index=True),
        _entry(),
    )
    op.create_table(
        "version",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("report", _ID, sa.ForeignKey("report.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
        sa.Column("original", sa.Text, sa.ForeignKey("original.sha256"), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("page", sa.LargeBinary),
        sa.Column("published", sa.Text),
        sa.Column("recorded", sa.BigInteger, nullable=False, index=True),
        _entry(),
        sa.UniqueConstraint("report", "number", name="version_report_number"),
    )


def _made() -> None:
    op.create_table(
        "maker",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False),
        _entry(),
    )
    op.create_table(
        "reading",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("version", _ID, sa.ForeignKey("version.id"), nullable=False),
        sa.Column("maker", _ID, sa.ForeignKey("maker.id"), nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("anchors", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        _entry(),
        sa.UniqueConstraint("version", "maker", name="reading_version_maker"),
    )
    op.create_table(
        "judgement",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False, index=True),
        _entry(),
        sa.Index("judgement_of", "kind", "target"),
    )


def _entry() -> sa.Column[int]:
    return sa.Column("entry", sa.BigInteger, nullable=False)


def _for_sqlite() -> None:
    # Porter's stemmer and no accents (sqlite.org/fts5.html, 4.3).
    op.execute(
        "CREATE VIRTUAL TABLE passage USING fts5(words, version UNINDEXED, start UNINDEXED, stop UNINDEXED, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    for table in _GUARDED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'what was recorded is not changed'); END"
            )


def _for_postgresql() -> None:
    # As SQLite's: stemmed, and no word left out; `english` would drop "not", which tells a denial from a claim.
    op.execute("CREATE TEXT SEARCH DICTIONARY trucebook_stem (TEMPLATE = snowball, Language = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION trucebook (COPY = english)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION trucebook ALTER MAPPING FOR "
        "asciiword, word, hword, asciihword, hword_part, hword_asciipart WITH trucebook_stem"
    )
    op.execute(
        "CREATE TABLE passage (version bigint NOT NULL REFERENCES version, start integer NOT NULL, "
        "stop integer NOT NULL, words text NOT NULL, "
        "found tsvector GENERATED ALWAYS AS (to_tsvector('trucebook', words)) STORED, PRIMARY KEY (version, start))"
    )
    op.execute("CREATE INDEX passage_found ON passage USING gin (found)")
    op.execute(
        "CREATE FUNCTION trucebook_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was recorded is not changed'; END $$"
    )
    for table in _GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION trucebook_refuse()"
        )
