"""The record: reports, readings and people's judgements of one case, kept in SQLite or PostgreSQL."""
