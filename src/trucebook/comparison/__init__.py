"""What changed between two briefs: reports, moves, quotations, findings and the state of play, each with its words."""
