"""One report by itself: a pure function from a report to the spans found in it, one module a kind of thing."""
