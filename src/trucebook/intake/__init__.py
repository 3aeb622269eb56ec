"""From files, pages and records to reports; what is not prose is marked."""
