"""The pages of the desk, a module each: what an address shows as HTML and as JSON."""
