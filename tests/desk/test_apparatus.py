from __future__ import annotations

import pytest

from trucebook.desk.apparatus import apparatus
from trucebook.desk.views import QuoteView, Spot, VersionView
from trucebook.dossier.wording import changes
from trucebook.span import Span

LONGEST = "We will open the northern bridge on Monday"

# The other wordings, and what stands in each column where they part; "=" for words that all have.
CASES = {
    "one wording": ([LONGEST], ["="]),
    "another word": (["We shall open the northern bridge on Monday"], ["=", "will|shall", "="]),
    "left out at the end": (["We will open the northern bridge"], ["=", "on Monday|"]),
    "added inside": (["We will open the old northern bridge on Monday"], ["=", "|old", "="]),
    "three wordings": (
        ["We shall open the northern bridge on Monday", "We will open the bridge on Monday"],
        ["=", "will|shall|will", "=", "northern|northern|", "="],
    ),
    "parted at one place": (
        ["We will open the eastern bridge on Monday", "We will open the bridge on Monday"],
        ["=", "northern|eastern|", "="],
    ),
}


def quote(*others: str) -> QuoteView:
    spot = Spot(report=1, span=Span(0, 1))
    versions = [VersionView(spot=spot, text=LONGEST)]
    versions += [VersionView(spot=spot, text=o, changes=changes(LONGEST, o)) for o in others]
    return QuoteView(id="q", speaker=None, actor=None, same_wording=False, versions=tuple(versions))


@pytest.mark.parametrize(("others", "stretches"), CASES.values(), ids=CASES)
def test_wordings_stand_beside_each_other_where_they_part(others: list[str], stretches: list[str]) -> None:
    found = apparatus(quote(*others)).stretches
    assert ["=" if s.same else "|".join(s.words) for s in found] == stretches


@pytest.mark.parametrize("others", [others for others, _ in CASES.values()], ids=CASES)
def test_each_column_is_the_whole_wording(others: list[str]) -> None:
    found = apparatus(quote(*others))
    columns = [" ".join(filter(None, words)) for words in zip(*(s.words for s in found.stretches), strict=True)]
    assert columns == list(dict.fromkeys([LONGEST, *others]))
