"""A dossier as a brief: for the terminal, as one HTML file, as Markdown, and as the JSON that programs rely on."""
