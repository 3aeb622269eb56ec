"""Moves in a negotiation: who does what to whom, under which condition, by the words of one report."""
