"""Bring the tables of a case up to date; Alembic is loaded only where there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISION = "0004"
"""The revision of the tables that this program works with: the last in `migrations/versions`."""


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a case's tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection) -> None:
    """Make or mend the tables, inside the connection's transaction."""
    from alembic import command  # noqa: PLC0415  a quarter of a second, for new cases alone
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
