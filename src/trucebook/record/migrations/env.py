"""What Alembic runs: it migrates over the connection that `trucebook.record.migrate` hands it."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema=None,
    # SQLite and PostgreSQL both take changes of tables back with the transaction around them.
    transactional_ddl=True,
)
context.run_migrations()
