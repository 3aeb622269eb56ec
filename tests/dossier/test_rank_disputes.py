"""Two reports that put different actors at one place, or one actor at two places; on invented sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook.api import read_text, reconcile

if TYPE_CHECKING:
    from trucebook.dossier.model import Finding

CONTEXT = "Mediators from Iceland have shuttled between Oslo and Stockholm for weeks."


def disputes(a: str, b: str, days: tuple[str, str] = ("2031-05-07", "2031-05-07")) -> list[Finding]:
    """What the two texts dispute about ranks."""
    texts = (f"{CONTEXT}\n\n{a}\n", f"{b}\n\n{CONTEXT}\n")
    readings = [read_text(text, id=name, published=day) for name, text, day in zip("ab", texts, days, strict=True)]
    return [f for f in reconcile(readings).findings if f.standing == "disputed" and f.kind in {"actor", "value"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Canada is the largest supplier of timber to Norway.", "Brazil ranks as the biggest supplier of timber to Norway."),
        ("Canada is Norway's biggest timber supplier.", "Norway bought more, and Brazil is the largest supplier of timber to Norway."),
        ("Canada remains by far the largest exporter of timber to Norway.", "Brazil is the leading exporter of timber to Norway."),
        ("The largest buyer of Norwegian salmon is Japan.", "Poland is the largest buyer of Norwegian salmon."),
        ("Canada, the world's largest producer of potash, signed the accord.", "Belarus is the largest producer of potash in the world."),
        ("Denmark is the second-largest donor to the relief fund.", "Finland is the second largest donor to the relief fund."),
        ("Denmark was the first country to recognise the council.", "Finland was the first country to recognise the council."),
        ("Denmark was the only country to vote against the treaty.", "Finland was the sole country to vote against the treaty."),
        ("Japan buys the most salmon from Norway.", "Poland is the largest buyer of salmon from Norway."),
        ("Canada accounts for the largest share of Norway's timber imports.", "Brazil is Norway's biggest supplier of timber."),
        ("Anna Berg was the first woman to lead the bank of Norway.", "Lena Holm was the first woman to lead the bank of Norway."),
    ],
)  # fmt: skip
def test_two_are_put_at_one_place(one: str, other: str) -> None:
    (found,) = disputes(one, other)
    assert found.kind == "actor"
    assert len(found.positions) == 2
    assert {e.report for p in found.positions for e in p.evidence} == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the second-largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is one of the largest suppliers of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is among the biggest suppliers of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is a leading supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the largest supplier of timber to Sweden."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the largest supplier of coffee to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the largest supplier of timber."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the largest buyer of timber from Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the largest supplier of timber to Norway outside the G7."),
        ("Canada is the largest supplier of timber to Norway.", "Outside the G7, Brazil is the largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is the largest supplier of timber to Norway, after Canada."),
        ("Canada was the largest supplier of timber to Norway in 2016.", "Brazil was the largest supplier of timber to Norway in 2017."),
        ("Canada was the largest supplier of timber to Norway.", "Brazil is the largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil is not the largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil denied that it is the largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Brazil could become the largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Is Brazil the largest supplier of timber to Norway?"),
        ("Canada is the largest supplier of timber to Norway.", "Canada and Brazil are the largest suppliers of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "The European Union is the largest supplier of timber to Norway."),
        ("Canada is the largest supplier of timber to Norway.", "Canada is the biggest supplier of timber to Norway."),
        ("Canada is the largest supplier.", "Brazil is the largest supplier."),
        ("Canada is its largest supplier of timber.", "Brazil is its largest supplier of timber."),
        ("Denmark was the first country to recognise the council.", "Finland was the first country to condemn the council."),
        ("Denmark was the first country to recognise the council.", "Finland was the second country to recognise the council."),
        ("Japan buys the most salmon from Norway.", "Poland buys the most herring from Norway."),
        ("Japan has the most important harbour of the north.", "Poland has the most important harbour of the north."),
        ("Canada accounts for the largest share of Norway's timber imports.", "Brazil accounts for the largest share of Norway's timber exports."),
        ("Canada's timber is the largest export to Norway.", "Brazil's coffee is the largest export to Norway."),
    ],
)  # fmt: skip
def test_another_place_scope_or_time_is_no_dispute(one: str, other: str) -> None:
    assert disputes(one, other) == []


def test_one_is_put_at_two_places() -> None:
    (found,) = disputes(
        "Canada is the second-largest supplier of timber to Norway.",
        "Canada is the third-largest supplier of timber to Norway.",
    )
    assert found.kind == "value"
    assert [p.value for p in found.positions] == ["second-largest", "third-largest"]


def test_a_later_year_of_news_has_its_own_ranks() -> None:
    one, other = (
        "Canada is the largest supplier of timber to Norway.",
        "Brazil is the largest supplier of timber to Norway.",
    )
    assert disputes(one, other, ("2031-05-07", "2033-05-07")) == []


def test_a_share_takes_up_what_was_traded() -> None:
    (found,) = disputes(
        "Canada is the largest exporter of timber to Norway.",
        "Poland made up 5 percent of Norway's timber imports. Brazil made up the largest share, shipping about 40 percent of "
        "Norway's imports.",
    )
    assert [p.value for p in found.positions] == ["Brazil", "Canada"]
