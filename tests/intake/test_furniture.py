from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.intake.furniture import find_furniture

SHARED = Path(__file__).parents[3] / "shared"

# In every case what stands between « and » is the furniture, and nothing else; the marks are taken out first.
FOUND = {
    "headlines under bullets of their own lines": (
        "The guns fell silent at noon.\n«-»\n«Orlan’s Fleet Leaves Port: What Comes Next?»\n«-»\n"
        "«Why the Straits Still Matter to Vesta’s Traders»\nThe envoy flew home."
    ),
    "headlines behind bullets": (
        "The guns fell silent at noon.\n«•» «Orlan Rejects New Talks on the Straits»\n"
        "«•» «Vesta’s Fleet Remains in Port»\nThe envoy flew home."
    ),
    "a list at the end of the text": "The guns fell silent at noon.\n«*» «Orlan Says “No” to New Talks»",
    "headlines one under the other": (
        "The guns fell silent at noon.\n«Orlan Rejects New Talks on the Straits»\n"
        "«Vesta’s Fleet Remains in Port for Now»\nThe envoy flew home."
    ),
    "a headline in capitals": "Nobody left.\n«ORLAN REJECTS NEW TALKS ON THE STRAITS»\nAll stayed.",
    "a lead with its headline": "Nobody left.\n«READ MORE: Why the straits matter»\nAll stayed.",
    "a lead and links under it": "Nobody left.\n«Related stories»\n«-» «Why the straits matter»\n«-» «What Orlan wants»\nAll stayed.",
    "a lead with an arrow": "Nobody left.\n«Also read → Why the straits matter»\nAll stayed.",
    "a lead in an italic line": "Nobody left.\n«See also | Five things to know about the straits»\nAll stayed.",
    "footnote marks at sentence ends": "It holds.«1» Nobody left.«2» “All stayed.”«3»\nThe end.«4»",
    "footnote marks inside a quotation": "He said, “It holds.«1» Nobody left.”«2» She agreed.",
    "a mark behind a comma, of a series": "It holds.«1» In Orlan,«2» which signed, all stayed.«3»",
    "a mark behind a bracket": "It holds (mostly).«1» Nobody left.«2»",
    "a mark behind a year, where the count needs it": "It holds.«1» It began in 2030.«2» Nobody left.«3»",
    "a mark behind an acronym": "It holds.«1» They met in the U.S.«2» Nobody left.«3» It cost 40%.«4»",
    "bracketed marks": "It holds.«[1]» Nobody left«[12]» at all.«[citation needed]»",
    "raised marks": "It holds.¹ Nobody left² at all.".replace("¹", "«¹»").replace("²", "«²»"),
    "a byline": "Truce holds\n«By Ana Kovar»\nThe guns fell silent at noon.",
    "a byline in capitals": "Truce holds\n«By ANA KOVAR»\nThe guns fell silent at noon.",
    "a byline of two with an outlet": "«By Ana Kovar and Piet de Vries, Harbour Wire»\nThe guns fell silent.",
    "a byline with the place": "Truce holds\n«Ana Kovar in Port Vesta»\nThe guns fell silent at noon.",
    "a time of publication": "Truce holds\n«Published April 2, 2031 at 3:45 p.m. ET»\nThe guns fell silent at noon.",
    "a time of update": "Truce holds\n«Updated 3:45 PM EDT, April 2, 2031»\nThe guns fell silent at noon.",
    "a reading time": "Truce holds\n«4 min read»\nThe guns fell silent at noon.",
    "a note on the reporter": "All stayed.\n«Harbour Wire reporter Ana Kovar is based in the Vestan Islands.»",
    "a note on the author": "All stayed.\n«Ana Kovar is a senior correspondent for the Harbour Wire covering the straits.»",
    "contributors": "All stayed.\n«• Ana T. Kovar contributed to this article, which is based in part on agency reports.»",
    "contributors from places": "All stayed.\n«Ana Kovar contributed reporting from Orlan and Piet de Vries from Vesta.»",
    "reporters and editors": "All stayed.\n«Reporting by Ana Kovar; editing by Piet de Vries»",
    "reporters at the end of a paragraph": "Nobody left. All stayed. «(Reporting by Ana Kovar; Editing by Piet Vries)»",
    "who reported from where": "All stayed.\n«Kovar reported from Port Vesta and De Vries from Orlan.»",
    "agency writers": "All stayed.\n«Harbour Wire writers Ana Kovar in Port Vesta and Piet Vries in Orlan contributed to this report.»",
    "a handle": "All stayed.\n«Follow Ana Kovar on Twitter @anakovar.»",
    "a source": "All stayed.\n«Source: News Agencies»",
    "a caption with the agency": "Nobody left.\n«Envoys arrive in Port Vesta on Monday. (AP Photo/Ana Kovar)»\nAll stayed.",
    "a caption of an old picture": "«FILE - Envoys arrive in Port Vesta, March 2, 2030.»\nThe guns fell silent.",
    "a picture's credit": "Nobody left.\n«Photo: Ana Kovar»\nAll stayed.",
    "a picture's agency": "Nobody left.\n«Ana Kovar via Getty Images»\nAll stayed.",
    "an agency's dateline": "«PORT VESTA, Vesta (AP) —» The guns fell silent at noon.",
    "an agency's dateline with the day": "«PORT VESTA, April 2 (Reuters) -» The guns fell silent at noon.",
    "an agency's dateline in small letters": "«Port Vesta (AFP) –» The guns fell silent at noon.",
    "an agency's dateline of two places": "«ORLAN/PORT VESTA, April 2 (Reuters) -» The guns fell silent at noon.",
    "an agency's dateline of two places and a state": "«PORT VESTA, Vestan Islands/ORLAN, April 2 (AP) —» The guns fell silent.",
    "a dateline with the day and the year": "«PORT VESTA, Vestan Islands, Jan. 15, 2031 —» The guns fell silent at noon.",
    "a dateline in small letters with the day": "«Port Vesta, 15 January 2031 –» The guns fell silent at noon.",
    "no dateline: a day in a sentence": "Port Vesta, 15 January and Orlan were quiet - so it was said, in the end.",
    "an agency's dateline between slashes": "«PORT VESTA, April 2. /TASS/.» The guns fell silent at noon.",
    "a dateline of two places": "«ORLAN/PORT VESTA —» The guns fell silent at noon.",
    "a dateline with no place": "«(HW) —» The guns fell silent at noon.",
    "a dateline of a place": "«PORT VESTA —» The guns fell silent at noon.",
    "a dateline of a place and a state": "Truce holds\n\n«PORT VESTA, Vestan Islands —» The guns fell silent at noon.",
    "a dateline by itself": "Truce holds\n«PORT VESTA —»\nThe guns fell silent at noon.",
    "a dateline with a colon": (
        "«PORT VESTA:» The guns fell silent at noon on Monday after both of the sides had agreed to a truce of ten days in "
        "the straits."
    ),
    "a caption's label": "Nobody left.\n«Image caption, The harbour at dawn»\nAll stayed.",
    "a rule": "Nobody left.\n«___»\nAll stayed.",
    "a count of links": "Nobody left.\n«list 1 of 3»\nAll stayed.",
    "a notice": "Nobody left.\n«Advertisement»\nAll stayed.",
    "an invitation": "Nobody left.\n«Sign up for our morning letter»\nAll stayed.",
    "a bare address": "Nobody left.\n«https://harbour.example/straits»\nAll stayed.",
    "rights": "All stayed.\n«© 2031 Harbour Wire»",
    "rights reserved": "All stayed.\n«The Harbour Wire. All rights reserved.»",
    "an update": "All stayed.\n«This story has been updated with the envoy’s words.»",
    "the mark of a supplier": "Nobody left and «[+1042 chars]»",
    "a line that is two kinds is marked once": "All stayed.\n«© 2031 Harbour Wire. All rights reserved.[1]»",
}

PROSE = {
    "bulleted sentences": "The truce has terms.\n- Both sides stop firing.\n- Nobody moves forward.\nIt begins on Monday.",
    "bullets of their own with sentences": "The truce has terms.\n-\nBoth sides stop firing.\n-\nNobody moves.\nIt begins now.",
    "a list that a colon announces": "The terms are:\n- A Halt to All Strikes on Power Plants\n- Orlan’s Return of All Prisoners",
    "a list under a heading": "What We Know\n- Orlan Rejects New Talks on the Straits\n- Vesta’s Fleet Remains in Port\nIt began at noon.",
    "fragments": "The truce has terms.\n- a halt to all strikes on power plants\n- no move forward\nIt begins on Monday.",
    "a delegation": "Four came.\n- Foreign Minister Ana Kovar of Orlan\n- Defence Minister Piet de Vries of Vesta\nThey met.",
    "a summary at the head": "- Orlan Rejects New Talks on the Straits\n- Vesta’s Fleet Remains in Port\nThe guns fell silent.",
    "a subheading": "Nobody left.\nOrlan Rejects New Talks on the Straits\nThe guns fell silent.",
    "related as a word": "Related talks were held in the port.\nRelated: the ministry said that it would not move.",
    "a decimal": "It fell by 3.5 percent. In v1.2 of the text, No.4 and §3.2 cost $4.2 each.2nd drafts do not.",
    "a time of day": "They met at 2.30pm and again at 4.15 p.m. on day 2.",
    "numbered articles": "They cited Art.5 The charter holds. They cited Art.6 The charter ends.",
    "a version behind a year": "It holds.1 It began in 2030.5 and ended. They met in the U.S.7 Nobody left.",
    "one figure alone": "It holds.1 Nobody left.",
    "figures that do not count up": "It holds.7 Nobody left.3 All stayed.9 The end.",
    "years and numbers": "In 2031, 12 left; in 2032, 13 did. He was 34. She was 35.",
    "an editor's number": "“We saw [3] ships,” he said. “They had [four] guns.”",
    "an area": "The zone has 40 km² and 3 m³ of sand.",
    "a sentence with By": "By Sunday afternoon, a group of envoys had begun to leave.\nBy law, they may.",
    "by the fall": "By the fall of 2031 the talks had failed.\nNobody left.",
    "who contributed": "Nobody left.\nOrlan contributed 40 ships to the force.\nThe company, which is based in Vesta, agreed.",
    "an agency that reported": "Nobody left.\nThe agency reported from the scene that all stayed. Orlan reported from its bases that nobody left.",
    "a heading in capitals": "Nobody left.\nWHAT WE KNOW\nAll stayed.",
    "slashes": "/sic/ he wrote and/or said. The 50/50 split holds.",
    "a spokesman": "All stayed.\nAna Kovar is a spokeswoman for the ministry.",
    "an alliance in capitals": "NATO — the alliance of the west — said nothing on Monday.",
    "a transcript": "KOVAR: We will not move. That is all that I can say to you about it today, and I will not say more than that.\n"
    "VRIES: Then we will not either. That is all that I can say to you about it today, and I will not say more.",
    "a party behind a name": "Sen. Ana Kovar (R-Orlan) — the author of the bill — said so.",
    "a photograph in prose": "A photograph released by the ministry shows the envoy, center, in Port Vesta on Friday.",
    "a file in prose": "File by file, the archive went.\nVideo of the attack spread on Monday.",
    "print in prose": "Print and sound were forbidden.\nShare of the vote fell.",
    "an address in prose": "The text is at https://harbour.example/straits for all to read.",
    "a quoted invitation": "“Sign up for our morning letter,” the leaflet said.",
    "a source in prose": "Source: unknown men with guns, as the police put it, came at night.",
}


def marked(text: str) -> str:
    """The text with « and » around its furniture."""
    for item in reversed(find_furniture(text)):
        text = f"{text[: item.span.start]}«{item.span.of(text)}»{text[item.span.end :]}"
    return text


@pytest.mark.parametrize("name", FOUND)
def test_furniture_is_found_and_nothing_beside_it(name: str) -> None:
    assert marked(FOUND[name].replace("«", "").replace("»", "")) == FOUND[name]


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_left_alone(name: str) -> None:
    assert marked(PROSE[name]) == PROSE[name]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a lead with its headline", "related-headline"),
        ("footnote marks at sentence ends", "footnote-mark"),
        ("a byline", "byline"),
        ("contributors", "byline"),
        ("a caption with the agency", "caption"),
        ("an agency's dateline", "dateline"),
        ("a notice", "other"),
    ],
)
def test_furniture_has_its_kind(name: str, kind: str) -> None:
    assert {f.kind for f in find_furniture(FOUND[name].replace("«", "").replace("»", ""))} == {kind}


def test_of_a_bullet_and_its_headline_the_headline_alone_is_one() -> None:
    text = "The guns fell silent.\n-\nWhy the Straits Still Matter to Vesta’s Traders"
    assert [f.kind for f in find_furniture(text)] == ["other", "related-headline"]


def test_markup_is_marked_in_markdown_alone() -> None:
    text = "# Truce holds\n\nIt **holds**.\n"
    assert find_furniture(text) == ()
    assert [f.span.of(text) for f in find_furniture(text, markdown=True)] == ["#", "**", "**"]


PIECES = [
    "-",
    "\n",
    ".1",
    ".2",
    " ",
    "“",
    "By ",
    "(AP)",
    " — ",
    "READ MORE: ",
    "Why the Straits Matter",
    "[1]",
    "* ",
    "a",
    "A",
    "\r\n",
    "²",
    "FILE - ",
]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)), st.booleans())
def test_furniture_lies_in_the_text_in_order_and_apart(text: str, markdown: bool) -> None:
    at = 0
    for item in find_furniture(text, markdown=markdown):
        assert at <= item.span.start < item.span.end <= len(text)
        at = item.span.end


@pytest.mark.parametrize(
    "piece",
    ["a", "A", " ", "-", "- \n", "\n", ".1 A", "a.1 A", "[1]", "(", "(AP ", "![", "[a](", "*a ", "_a ", "By A ", "A B, ", "By A B, ",
     "AB CD ", "AB, Cd ", "A via ", "1 jan ", "Follow A", "A\n-\n", "Read more: ", "A B in C, ", "“A” ", "https://", "a@", "```\n", "---\n",
     "Is A Be: ", "Reporting by ", "(Reporting by ", "Ab is a ", "²", "a²", "<http://", "> ", "a:\n"],
)  # fmt: skip
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    find_furniture(text, markdown=True)
    assert time.process_time() - start < 3


@pytest.mark.parametrize("length", [650, 699, 700, 701])
@pytest.mark.parametrize(
    "piece", ["By Ab Cd, ", "Ab Cd in Ef, ", "AB CD, Ab ", "(Ab/", "Ab via ", "Ab contributed ", "Ab is a reporter "]
)
def test_many_lines_of_the_worst_length_cost_no_more(piece: str, length: int) -> None:
    line = (piece * 80)[:length]
    start = time.process_time()
    find_furniture("\n".join([line] * 280))
    assert time.process_time() - start < 3


def texts(folder: str) -> list[Path]:
    files = sorted((SHARED / "data" / folder).glob("*.txt"))
    if not files:
        pytest.skip("the development reports are not beside this checkout")
    return files


def test_every_related_headline_of_the_gold_is_found_as_it_stands() -> None:
    texts("jeddah")
    gold = json.loads((SHARED / "gold" / "jeddah.json").read_text("utf-8"))["furniture"]
    for item in gold:
        text = (SHARED / "data" / "jeddah" / f"{item['report']}.txt").read_bytes().decode("utf-8")
        assert (tuple(item["span"]), item["kind"]) in {(f.span, f.kind) for f in find_furniture(text)}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("000", {}),
        ("001", {"footnote-mark": 17}),
        ("002", {"dateline": 1, "byline": 1}),
        ("003", {"byline": 1}),
        ("004", {"other": 10, "related-headline": 10}),
    ],
)
def test_nothing_else_of_the_five_reports_is_marked(name: str, kinds: dict[str, int]) -> None:
    texts("jeddah")
    found = find_furniture((SHARED / "data" / "jeddah" / f"{name}.txt").read_bytes().decode("utf-8"))
    assert {k: sum(f.kind == k for f in found) for k in {f.kind for f in found}} == kinds


def test_of_three_events_datelines_and_one_credit_alone_are_marked() -> None:
    found = {p.stem: [f.kind for f in find_furniture(p.read_bytes().decode("utf-8"))] for p in texts("newswcl50")}
    assert {k for name, kinds in found.items() for k in kinds if name != "2_L"} == {"dateline"}
    assert found["2_L"] == ["dateline", "byline"]
    assert all(kinds.count("dateline") <= 1 for kinds in found.values())
