"""What the desk keeps for itself: accounts, who is logged in, and files that were handed in and are yet to be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "account",
        sa.Column("id", _ID, primary_key=True),
        *(_text("name"), _text("key", unique=True), _text("role"), _text("password"), _number("made")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", _ID, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
        *(_number("made"), _number("seen")),
    )
    op.create_table(
        "upload",
        sa.Column("id", _ID, primary_key=True),
        *(_text("batch", index=True), _text("name"), _number("size")),
        sa.Column("bytes", sa.LargeBinary),
        *(_text("about"), _text("user"), _text("state", index=True), _text("told"), _text("worker")),
        sa.Column("tries", sa.Integer, nullable=False),
        _number("at"),
    )


def _text(name: str, *, unique: bool | None = None, index: bool | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, unique=unique, index=index)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)
