"""Two offers about one subject stay two where their terms or their proposers are at odds."""

from __future__ import annotations

import pytest

import trucebook
from trucebook.agreement.gather import state_of_play
from trucebook.agreement.gather.terms import in_days, same_length
from trucebook.agreement.gather.topics import domains, narrowing


def offers(*texts: str) -> dict[str, tuple[tuple[str, ...], str | None, str | None, dict[str, str]]]:
    read = [trucebook.read_text(t, id=f"r{i}", published="2031-05-07") for i, t in enumerate(texts)]
    state = state_of_play(trucebook.reconcile(read))
    return {
        p.proposal.what: (
            p.proposal.proposers,
            p.proposal.duration,
            p.proposal.scope,
            {a.party: a.answer for a in p.answers},
        )
        for p in state.proposals
    }


MAIN = "Denmark proposed a 30-day truce along the whole front. Sweden accepted the Danish proposal."


def test_a_length_tells_offers_apart() -> None:
    found = offers(f"{MAIN} In March, Norway proposed a three-day truce, which Sweden rejected.")
    assert found == {
        "30-day truce": (("Denmark",), "P30D", None, {"Sweden": "accepted"}),
        "three-day truce": (("Norway",), "P3D", None, {"Sweden": "refused"}),
    }


def test_what_is_covered_tells_offers_apart() -> None:
    found = offers(f"{MAIN} In March, Norway proposed a truce limited to air and sea strikes. Sweden rejected it.")
    assert [(o[0], o[2], o[3]) for o in found.values()] == [
        (("Denmark",), None, {"Sweden": "accepted"}),
        (("Norway",), "air and sea", {"Sweden": "refused"}),
    ]


def test_an_outlet_s_narrower_truce_is_kept_apart() -> None:
    narrow = "Norway offered a narrower truce, covering only the air, to Sweden. Sweden refused the narrower truce."
    assert len(offers(MAIN, narrow)) == 2


@pytest.mark.parametrize(
    "other",
    [
        "Sweden accepted a Danish proposal for a truce of one month.",
        "Sweden accepted the ceasefire.",
        "Norway proposed a 30-day ceasefire. Sweden accepted the ceasefire.",
    ],
    ids=["the same length", "no terms", "another proposer of the same terms"],
)
def test_one_offer_stays_one_where_nothing_is_at_odds(other: str) -> None:
    assert len(offers(MAIN, other)) == 1


@pytest.mark.parametrize(("duration", "days"), [("P30D", 30), ("P2W", 14), ("P1M", 30), ("PT48H", 2), ("PXD", 0)])
def test_lengths_are_compared_in_days(duration: str, days: float) -> None:
    assert in_days(duration) == pytest.approx(days)


def test_a_month_is_as_long_as_thirty_days_and_three_days_are_not() -> None:
    assert same_length(in_days("P1M"), in_days("P30D"))
    assert not same_length(in_days("P3D"), in_days("P30D"))


def test_words_of_domains_are_lower_case_and_in_one_domain() -> None:
    assert all(w == w.lower() for w in (*domains(), *narrowing()))
    assert set(domains().values()) == {"air", "sea", "energy", "land"}
