"""How a case's tables come to be there and grow (Alembic)."""
