"""Many readings of one case reconciled: deterministic, and free of models, clocks and networks."""
