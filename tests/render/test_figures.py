from __future__ import annotations

from trucebook.dossier.model import Actor, Belonging, Dossier, Evidence, Given, Held, Merge
from trucebook.render.figures import figures
from trucebook.span import Span

PLACE = Evidence(report="a", span=Span(0, 3))


def test_actors_are_shown_with_offices_sides_and_the_reasons_of_merges() -> None:
    ada = Actor(
        name="Ada Marlow",
        type="person",
        aliases=("Ada Marlow", "Marlow"),
        mentions=3,
        reports=("a", "b"),
        merges=(Merge(names=("Ada Marlow", "Marlow"), reason="the only one", score=84.6),),
        offices=(Held(words="envoy", when="former", evidence=(PLACE,)),),
        side=Belonging(value="Norway", given=True),
        given=Given(side="Norway", identifiers={"wikidata": "Q42"}),
    )
    oslo = Actor(name="Oslo", type="place", aliases=("Oslo",), mentions=9)
    norway = Actor(name="Norway", type="state", aliases=("Norway",), mentions=1, state=None)
    one, other = figures(Dossier(as_of=None, readings=(), actors=(oslo, ada, norway)))
    assert (one.mark, one.name, one.kind, one.others, one.reports) == ("W1", "Ada Marlow", "person", ("Marlow",), 2)
    assert [(d.words, d.time, d.places) for d in one.duties] == [("envoy", "no longer", (PLACE,))]
    assert [(j.reason, j.score) for j in one.joins] == [("the only one", 85)]
    assert one.side == "side of Norway, as given"
    assert one.identifiers == ("wikidata Q42",)
    assert (other.mark, other.side, other.joins) == ("W2", "", ())
