"""The agreement room: from events to proposals, commitments and the state of play. Pure, and independent of text.

What goes in are events (`model.Event`), each with its evidence, opaque here: `Offered` a proposal, `Made` a commitment,
`Happened` an act (the moves of the vocabulary, and any other a condition may ask for), `Exercised` a power over a
commitment. What comes out:

- `state.play(events, as_of, sources)`: the `StateOfPlay`: proposals with their answers, commitments with their life,
  whose move it is and why, positions, plans, circles of waiting;
- `commitments.ledger(events, as_of)`: the commitments alone;
- `suppose.suppose(events, as_of, words)`: what would follow if something happened;
- `difference.difference(old, new)`: what changed between two states of play;
- `file.parse_agreement`, `file.events`, `write.write_agreement`, `check.check`, `merge.merge`: agreements as files.

Times are intervals (`when.When`); `when.when("2025-03-12").closing` is the moment to ask for as of a day.
"""
