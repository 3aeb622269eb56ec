"""Sets of reports of which some retell another, in varied words, read and reconciled as a whole."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from trucebook.dossier.build import build
from trucebook.intake.load import from_text
from trucebook.reading.read import read_report

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier, Finding
    from trucebook.reading.model import Reading

GAZETTE = """Tomaria will hand over 40 prisoners in the harbour of Kessel on Friday, three people who were in the room told the Marlow Gazette.

The Velonian army will withdraw its guns from the Orsk ridge in return, according to a draft that the Gazette has seen.

The draft names a commission of five judges that will watch over the exchange.
"""
RETOLD = """Tomaria will hand over 40 prisoners in Kessel on Friday, the Marlow Gazette reported on Tuesday.

The Velonian army will withdraw its guns from the Orsk ridge in return, the newspaper said.
"""
ACCORDING = """According to the Marlow Gazette, Tomaria will hand over 40 prisoners in the harbour of Kessel on Friday.

A commission of five judges will watch over the exchange.

The Velonian army will withdraw its guns from the Orsk ridge.
"""
CITED = """Forty prisoners will be handed over by Tomaria in Kessel on Friday, according to a report in the Marlow Gazette.

Citing a draft, the Gazette reported that the Velonian army will withdraw its guns from the Orsk ridge.
"""
# It retells the first, and has something from a source of its own.
OWN_TOO = """Tomaria will hand over 40 prisoners in Kessel on Friday, as first reported by the Marlow Gazette.

“The buses are fuelled and the drivers have their lists,” the mayor of Kessel, Ida Brandt, told the Northern Star.

A Velonian officer at the front told the Northern Star that the army will withdraw its guns from the Orsk ridge.
"""
ALONE = """Tomaria will hand over 40 prisoners in the harbour of Kessel on Friday, the Tomarian justice minister, Piet Aalders, said in parliament.

The Velonian army will withdraw its guns from the Orsk ridge, satellite pictures suggest.
"""


@cache
def _read(name: str, text: str, outlet: str | None, day: int = 12) -> Reading:
    published = datetime.date(2031, 3, day)
    return read_report(from_text(text, id=name, outlet=outlet, published=published))


def _case(*parts: tuple[str, str, str | None]) -> Dossier:
    return build([_read(name, text, outlet) for name, text, outlet in parts])


def _about(dossier: Dossier, *words: str) -> Finding:
    told = [f for f in dossier.findings if f.standing != "single" and all(w in f.statement for w in words)]
    assert told, f"no finding about {words}"
    return max(told, key=lambda f: len({e.report for p in f.positions for e in p.evidence}))


FIVE = (
    ("gazette", GAZETTE, "Marlow Gazette"),
    ("a", RETOLD, "Harbour Mail"),
    ("b", ACCORDING, None),
    ("c", CITED, "Radio Kolm"),
    ("d", OWN_TOO, "Northern Star"),
)


def test_four_reports_that_retell_the_fifth_are_one_origin() -> None:
    found = _about(_case(*FIVE), "prisoners")
    assert {e.report for p in found.positions for e in p.evidence} >= {"a", "b", "d"}
    assert found.origins == 1
    assert found.independence == "one"
    assert found.sources[0].name == "Marlow Gazette"
    assert "told after Marlow Gazette" in found.independence_why


def test_a_report_that_tells_it_from_elsewhere_is_another_origin() -> None:
    found = _about(_case(*FIVE, ("e", ALONE, "Tomaria Today")), "prisoners")
    assert found.origins == 2
    assert {s.name for s in found.sources if "e" in s.reports} & {"Piet Aalders", "Tomaria Today"}


def test_a_source_of_its_own_counts_for_the_claim_that_it_is_named_for() -> None:
    found = _about(_case(*FIVE), "guns")
    assert found.origins == 2
    assert {s.reports for s in found.sources if s.name != "Marlow Gazette"} == {("d",)}


def test_links_name_the_words_and_the_report_that_is_retold() -> None:
    relays = _case(*FIVE).relays
    assert {(r.report, r.outlet, r.origin) for r in relays} == {
        (name, "Marlow Gazette", "gazette") for name in ("a", "b", "c", "d")
    }
    assert {r.report for r in relays if r.how == "report"} == {"a", "b", "c", "d"}
    assert not [r for r in relays if r.report == "gazette"], "what an outlet's own report says of it is its own work"


def test_without_the_outlets_report_the_origin_is_its_name() -> None:
    found = _about(_case(*FIVE[1:4]), "prisoners")
    assert found.origins == 1
    assert found.sources[0].kind == "outlet"
    assert all(r.origin is None for r in _case(*FIVE[1:4]).relays)


def test_an_outlet_is_not_traced_to_what_it_published_later() -> None:
    late = _read("gazette", GAZETTE, "Marlow Gazette", 20)
    relays = build([late, _read("a", RETOLD, "Harbour Mail")]).relays
    assert {r.origin for r in relays} == {None}


def test_two_reports_of_one_spokesman_are_one_origin_for_what_he_said() -> None:
    one = (
        "Tomaria will open the crossing at Kessel for the wounded on Friday, the foreign minister, Jens Harlan, said.\n"
    )
    other = "The foreign minister, Jens Harlan, said that Tomaria would open the crossing at Kessel for the wounded on Friday.\n"
    found = _about(_case(("a", one, "Harbour Mail"), ("b", other, "Radio Kolm")), "crossing")
    assert found.origins == 1
    assert found.sources[0].kind == "speaker"
    assert found.sources[0].name == "Jens Harlan"


def test_what_nobody_is_named_for_may_be_independent_or_not() -> None:
    one = "Tomaria opened the crossing at Kessel for the wounded on Friday. Snow lay on the pass.\n"
    other = "The crossing at Kessel was opened for the wounded by Tomaria on Friday. The drivers waited for hours.\n"
    found = _about(_case(("a", one, "Harbour Mail"), ("b", other, "Radio Kolm")), "crossing")
    assert found.origins == 2
    assert found.independence == "unknown"
    assert "not told" in found.independence_why


def test_two_reports_of_one_outlet_are_one_origin() -> None:
    one = "Tomaria opened the crossing at Kessel for the wounded on Friday. Snow lay on the pass.\n"
    other = "The crossing at Kessel was opened for the wounded by Tomaria on Friday. The drivers waited for hours.\n"
    found = _about(_case(("a", one, "Harbour Mail"), ("b", other, "Harbour Mail")), "crossing")
    assert found.origins == 1


def test_an_agencys_text_in_other_outlets_is_the_agencys() -> None:
    one = "KESSEL, March 12 (Reuters) - Tomaria opened the crossing at Kessel for the wounded on Friday.\n\nSnow lay there.\n"
    other = "Tomaria opened the crossing at Kessel on Friday for the wounded, Reuters reported.\n\nDrivers waited for hours.\n"
    dossier = _case(("a", one, "Harbour Mail"), ("b", other, "Radio Kolm"))
    assert _about(dossier, "crossing").origins == 1
    assert {(r.report, r.outlet, r.how) for r in dossier.relays} >= {
        ("a", "Reuters", "text"),
        ("b", "Reuters", "claims"),
    }


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_finding_never_has_more_origins_than_reports(count: int) -> None:
    for finding in _case(*FIVE[:count]).findings:
        assert 1 <= finding.origins <= len({e.report for p in finding.positions for e in p.evidence})
        assert finding.origins == len(finding.sources)
