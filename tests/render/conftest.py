"""A dossier of invented reports with everything a brief can show, and the golden briefs made from it.

After a wanted change of a brief, refresh the files in `golden/` and read what changed line by line:

    TRUCEBOOK_REFRESH_GOLDEN=1 pytest tests/render && git diff tests/render/golden
"""

from __future__ import annotations

import datetime
import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from trucebook.dossier.model import (
    Actor,
    Cell,
    Change,
    CoverageRow,
    Dossier,
    Evidence,
    Finding,
    Merge,
    Origin,
    Position,
    Quote,
    Relay,
    TimelineEntry,
    Variant,
)
from trucebook.reading.model import (
    Abstention,
    Attribution,
    LocalActor,
    Mention,
    Move,
    Paragraph,
    Quantity,
    Quotation,
    Reading,
    Sentence,
    Time,
)
from trucebook.report import Furniture, Refusal, Report
from trucebook.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"

TEXTS = {
    "000": """PORT HALDEN — Kestria has accepted a 30-day truce proposed by Quillan, if Dovania accepts it too, Foreign Minister Ilse Marrow said on Tuesday.
“We are ready to stop the guns for thirty days, and we ask the other side to do the same,” Marrow told reporters after nine hours of talks.
At least three people were killed when a shell hit the ferry at Lorn on Monday night, the mayor said.
RELATED: Ferry service to the islands halted
Dovania attended the talks in Port Halden, according to Quillan’s envoy. Delegates are due to meet again on Friday.
(Reporting by the Halden desk)
""",
    "001": """Kestria on Tuesday said yes to a truce of 30 days that Quillan had put on the table.

“We are ready to stop the guns for 30 days, and we ask the other side to do the same,” said Ilse Marrow, the foreign minister.

The shelling of the Lorn ferry on Monday night left five people dead, rescue workers said. Quillan will lift its
fuel embargo once both sides have signed.

Dovania stayed away from the talks in Port Halden, its spokesman Teodor Brandt claimed. “Nobody from our government sat at that table,” he said.
""",
    "002": """Kestria on Tuesday said yes to a truce of 30 days that Quillan had put on the table.

“We are ready to stop the guns for 30 days, and we ask the other side to do the same,” said Ilse Marrow, the foreign minister.

The shelling of the Lorn ferry on Monday night left five people dead, rescue workers said.
""",
    "003": """Brandt: we were not there
Kestria’s government has accepted the 30-day truce, provided that Dovania does so as well. “We are ready to stop the guns,” Ms Marrow told the Beacon.
“Nobody from our government sat at that table, and nobody will,” Teodor Brandt, the Dovanian spokesman, insisted.4
Five people died on the ferry. Quillan will lift its fuel embargo when both sides have signed. A second round is planned for 16 May.
""",
    "004": """Fishermen at Lorn counted “five coffins on the quay” on Wednesday.
The truce was first discussed in March.
""",
}
OUTLETS = {
    "000": "The Halden Courier",
    "001": "Lake Wire",
    "002": "Lakeside Daily",
    "003": "Morning Beacon",
    "004": None,
}
DATES = {"000": 13, "001": 13, "002": 14, "003": 14, "004": None}
TITLES = {
    "000": "Kestria says yes to a truce, with one condition",
    "001": "Kestria agrees to 30-day truce",
    "003": "Brandt: we were not there",
}
URLS = {"000": "https://courier.example/world/truce?id=1&page=2", "003": "javascript:alert(document.domain)"}


def find(report: str, words: str) -> Span:
    """Return where `words` stand in the report, which says them exactly once."""
    assert TEXTS[report].count(words) == 1, (report, words)
    start = TEXTS[report].index(words)
    return Span(start, start + len(words))


def at(report: str, words: str) -> Evidence:
    return Evidence(report=report, span=find(report, words))


def make_reading(report: Report) -> Reading:
    """Return a reading of `report` with paragraphs and sentences, found in the plainest way."""
    paragraphs = tuple(
        Paragraph(span=trim(Span(*m.span()), report.text))
        for m in re.finditer(r"[^\n]+", report.text)
        if m[0].strip()
    )  # fmt: skip
    sentences = tuple(
        Sentence(span=trim(Span(p.span.start + m.start(), p.span.start + m.end()), report.text), paragraph=n)
        for n, p in enumerate(paragraphs)
        for m in re.finditer(r".+?(?:[.!?]”?(?=\s)|$)", p.span.of(report.text))
        if m[0].strip()
    )
    return Reading(report=report, paragraphs=paragraphs, sentences=sentences)


def _report(report: str) -> Report:
    furniture = {
        "000": [("PORT HALDEN —", "dateline"), ("RELATED: Ferry service to the islands halted", "related-headline"),
                ("(Reporting by the Halden desk)", "byline")],
        "003": [],
    }  # fmt: skip
    found = [Furniture(span=find(report, words), kind=kind) for words, kind in furniture.get(report, [])]  # type: ignore[arg-type]
    if report == "003":
        mark = TEXTS[report].index("insisted.4") + len("insisted.")
        found.append(Furniture(span=Span(mark, mark + 1), kind="footnote-mark"))
    date = DATES[report]
    return Report(
        id=report,
        path=f"reports/{report}.txt",
        sha256=f"{int(report) + 1:064x}",
        text=TEXTS[report],
        outlet=OUTLETS[report],
        title=TITLES.get(report),
        published=datetime.date(2031, 5, date) if date else None,
        url=URLS.get(report),
        furniture=tuple(found),
    )


def _readings() -> tuple[Reading, ...]:
    readings = {name: make_reading(_report(name)) for name in TEXTS}
    claimed = Attribution(
        id="b1", source=(find("001", "its spokesman Teodor Brandt"),), cue=(find("001", "claimed"),),
        content=(find("001", "Dovania stayed away from the talks in Port Halden"),), kind="indirect", speaker="Teodor Brandt",
        stance="distancing",
    )  # fmt: skip
    insisted = Attribution(
        id="b2", source=(find("003", "Teodor Brandt, the Dovanian spokesman"),), cue=(find("003", "insisted"),),
        content=(find("003", "Nobody from our government sat at that table, and nobody will,"),), kind="direct",
        speaker="Teodor Brandt", stance="distancing",
    )  # fmt: skip
    told = Attribution(
        id="m0", source=(Span(*find("000", "Marrow told")[:1], find("000", "Marrow told").start + 6),),
        cue=(find("000", "told reporters"),), content=(find("000", "We are ready to stop the guns for thirty days, and we ask the other side to do the same,"),),
        kind="direct", speaker="Ilse Marrow",
    )  # fmt: skip
    plain = readings["000"]
    readings["000"] = Reading(
        report=plain.report,
        paragraphs=plain.paragraphs,
        sentences=plain.sentences,
        quotations=(Quotation(span=told.content[0], outer=Span(told.content[0].start - 1, told.content[0].end + 1),
                              pieces=told.content, attribution="m0"),),
        attributions=(told,),
        actors=(LocalActor(name="Ilse Marrow", type="person", aliases=("Ilse Marrow", "Marrow"), roles=("Foreign Minister",)),),
        mentions=(Mention(span=_part("000", "if Dovania", "Dovania"), actor="Dovania", type="state"),
                  Mention(span=find("000", "Ilse Marrow"), actor="Ilse Marrow", type="person")),
        moves=(
            Move(span=find("000", "Kestria has accepted a 30-day truce"), trigger=find("000", "has accepted"),
                 act="accept_if", actors=("Kestria",), parties=("Kestria",), object=find("000", "a 30-day truce"),
                 condition=find("000", "if Dovania accepts it too")),
            Move(span=find("000", "a 30-day truce proposed by Quillan"), trigger=find("000", "proposed"), act="propose",
                 actors=("Quillan",), parties=("Quillan",), object=find("000", "a 30-day truce")),
        ),
        times=(Time(span=find("000", "30-day"), type="DURATION", value="P30D"),
               Time(span=find("000", "on Friday"), type="DATE", value="2031-05-16")),
        quantities=(Quantity(span=find("000", "At least three people"), low=3.0, high=None, of="killed", bound="at_least"),
                    Quantity(span=find("000", "nine hours"), low=9.0, high=9.0, of="hour")),
        abstentions=(Abstention(span=find("000", "the mayor"), what="speaker", reason="no name in the report",
                                candidates=("Ilse Marrow",)),),
    )  # fmt: skip
    for name, found in (("001", claimed), ("003", insisted)):
        plain = readings[name]
        readings[name] = Reading(
            report=plain.report, paragraphs=plain.paragraphs, sentences=plain.sentences, attributions=(found,),
            warnings=("a footnote mark stands in a quotation",) if name == "003" else (),
            moves=_embargo() if name == "003" else (),
        )  # fmt: skip
    return tuple(readings.values())


def _part(report: str, around: str, words: str) -> Span:
    """Where `words` stand inside other words, which the report says exactly once."""
    start = find(report, around).start + around.index(words)
    return Span(start, start + len(words))


def _embargo() -> tuple[Move, ...]:
    return (
        Move(span=find("003", "Kestria’s government has accepted the 30-day truce"), trigger=find("003", "has accepted"),
             act="accept_if", actors=("Kestria",), parties=("Kestria",), object=find("003", "the 30-day truce"),
             condition=find("003", "provided that Dovania does so as well")),
        Move(span=find("003", "Quillan will lift its fuel embargo"), trigger=find("003", "lift"), act="resume",
             actors=("Quillan",), parties=("Quillan",), object=find("003", "its fuel embargo"), status="conditional",
             condition=find("003", "when both sides have signed")),
    )  # fmt: skip


def _quotes() -> tuple[Quote, ...]:
    ready = "We are ready to stop the guns for {} days, and we ask the other side to do the same,"
    thirty = (
        Change(op="same", longest="We are ready to stop the guns for", here="We are ready to stop the guns for"),
        Change(op="changed", longest="thirty", here="30"),
        Change(op="same", longest="days, and we ask the other side to do the same,",
               here="days, and we ask the other side to do the same,"),
    )  # fmt: skip
    short = (
        Change(op="same", longest="We are ready to stop the guns", here="We are ready to stop the guns,"),
        Change(op="dropped", longest="for thirty days, and we ask the other side to do the same,", here=""),
    )
    guns = Quote(
        id="q-guns",
        speaker="Ilse Marrow",
        same_wording=False,
        variants=(
            Variant(report="000", span=find("000", ready.format("thirty")), speaker="Ilse Marrow", attribution="m0"),
            Variant(report="001", span=find("001", ready.format("30")), speaker="Ilse Marrow", changes=thirty),
            Variant(report="002", span=find("002", ready.format("30")), speaker="Ilse Marrow", changes=thirty),
            Variant(
                report="003", span=find("003", "We are ready to stop the guns,"), speaker="Ilse Marrow", changes=short
            ),
        ),
    )
    table = Quote(
        id="q-table",
        speaker="Teodor Brandt",
        same_wording=True,
        variants=(
            Variant(report="003", span=find("003", "Nobody from our government sat at that table, and nobody will,"),
                    speaker="Teodor Brandt", attribution="b2"),
            Variant(report="001", span=find("001", "Nobody from our government sat at that table,"), changes=(
                Change(op="same", longest="Nobody from our government sat at that table,", here="Nobody from our government sat at that table,"),
                Change(op="dropped", longest="and nobody will,", here=""))),
        ),
    )  # fmt: skip
    coffins = Quote(
        id="q-coffins",
        speaker=None,
        same_wording=True,
        variants=(Variant(report="004", span=find("004", "five coffins on the quay")),),
    )
    return guns, table, coffins


def _findings() -> tuple[Finding, ...]:
    yes = "Kestria has accepted a 30-day truce proposed by Quillan"
    five = "left five people dead"
    return (
        Finding(
            id="f-yes", standing="corroborated", kind=None, statement=yes, origins=3, strength=0.91,
            positions=(Position(value="accepted", evidence=(
                at("000", yes), at("001", "Kestria on Tuesday said yes to a truce of 30 days"),
                at("002", "Kestria on Tuesday said yes to a truce of 30 days"),
                at("003", "Kestria’s government has accepted the 30-day truce"))),),
            conditions=(at("000", "if Dovania accepts it too"), at("003", "provided that Dovania does so as well")),
            why="the same actor, the same act and the same object",
            independence="named", independence_why="the reports name different sources (Ilse Marrow; Lake Wire)",
            sources=(
                Origin(name="Ilse Marrow", kind="speaker", reports=("000",), why="the words of Ilse Marrow",
                       evidence=(at("000", "Foreign Minister Ilse Marrow"),)),
                Origin(name="Lake Wire", kind="outlet", reports=("001", "002"), why="told after Lake Wire"),
                Origin(name="003", kind="report", reports=("003",)),
            ),
        ),
        Finding(
            id="f-there", standing="disputed", kind="polarity", statement="Dovania attended the talks in Port Halden",
            origins=3, strength=0.8,
            positions=(
                Position(value="attended", evidence=(at("000", "Dovania attended the talks in Port Halden"),)),
                Position(value="did not attend", evidence=(
                    at("001", "Dovania stayed away from the talks in Port Halden"),
                    at("003", "Nobody from our government sat at that table"))),
            ),
            why="one affirms what the others deny",
        ),
        Finding(
            id="f-dead", standing="disputed", kind="value", statement="people killed", origins=3, strength=0.7,
            positions=(
                Position(value="at least 3", evidence=(at("000", "At least three people were killed"),)),
                Position(value="5", evidence=(at("001", five), at("002", five), at("003", "Five people died"))),
            ),
            why="numbers of people killed in the same event that cannot all hold",
        ),
        Finding(
            id="f-fuel", standing="corroborated", kind=None, statement="Quillan will lift its fuel embargo", origins=2, strength=0.5,
            positions=(Position(value="will lift", evidence=(
                at("001", "Quillan will lift its\nfuel embargo"), at("003", "Quillan will lift its fuel embargo"))),),
            conditions=(at("001", "once both sides have signed"), at("003", "when both sides have signed")),
        ),
        Finding(
            id="f-when", standing="disputed", kind="time", statement="the next round", origins=2, strength=0.4,
            positions=(
                Position(value="Friday", evidence=(at("000", "Delegates are due to meet again on Friday"),)),
                Position(value="16 May", evidence=(at("003", "A second round is planned for 16 May"),)),
                Position(value="open", evidence=(at("004", "The truce was first discussed in March"),)),
            ),
        ),
        Finding(
            id="f-quay", standing="single", kind=None, statement="five coffins on the quay", origins=1, strength=0.2,
            positions=(Position(value="five coffins", evidence=(at("004", "five coffins on the quay"),)),),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    night = (
        at("000", "a shell hit the ferry at Lorn on Monday night"),
        at("001", "The shelling of the Lorn ferry on Monday night"),
    )
    return Dossier(
        as_of=datetime.date(2031, 5, 14),
        readings=_readings(),
        copies={"002": "001"},
        actors=(
            Actor(name="Kestria", type="state", aliases=("Kestria",), mentions=5, reports=("000", "001", "002", "003")),
            Actor(name="Ilse Marrow", type="person", aliases=("Ilse Marrow", "Marrow", "Ms Marrow"), mentions=5,
                  roles=("Foreign Minister", "the foreign minister"), reports=("000", "001", "002", "003"),
                  merges=(Merge(names=("Ilse Marrow", "Ms Marrow"), reason="the same last name and no other bearer", score=100.0),)),
            Actor(name="Teodor Brandt", type="person", aliases=("Teodor Brandt", "Brandt"), mentions=3,
                  roles=("the Dovanian spokesman",), reports=("001", "003")),
        ),
        quotes=_quotes(),
        findings=_findings(),
        relays=(
            Relay(report="002", outlet="Lake Wire", how="text", origin="001"),
            Relay(report="003", outlet="Lake Wire", how="report", origin="001", words=find("003", "insisted")),
            Relay(report="003", outlet="Lake Wire", how="claims", origin="001", words=find("003", "insisted"),
                  claims=(find("003", "Nobody from our government sat at that table, and nobody will"),)),
            Relay(report="004", outlet="Radio Lorn", how="part", words=find("004", "on Wednesday")),
        ),
        timeline=(
            TimelineEntry(when="2031-03", precision="month", what="The truce was first discussed in March.",
                          evidence=(at("004", "The truce was first discussed in March."),)),
            TimelineEntry(when="2031-05-12TNI", precision="time", what="a shell hit the ferry at Lorn on Monday night", evidence=night),
            TimelineEntry(when="2031-05-13", precision="day", what="Kestria on Tuesday said yes to a truce of 30 days",
                          evidence=(at("001", "Kestria on Tuesday said yes to a truce of 30 days"),)),
            TimelineEntry(when="2031-05-16", precision="day", what="A second round is planned for 16 May.", planned=True,
                          evidence=(at("003", "A second round is planned for 16 May."),)),
        ),
        coverage=(
            CoverageRow(finding="f-yes", cells=("told", "told", "told", "told", "absent")),
            CoverageRow(finding="f-there", cells=("told", "told_differently", "absent", "told_differently", "absent")),
            CoverageRow(finding="f-dead", cells=("told", "told_differently", "told_differently", "told_differently", "absent")),
            CoverageRow(finding="f-fuel", cells=("absent", "told", "absent", "told", "absent")),
        ),
        refusals=(
            Refusal(path="reports/005.pdf", reason="it holds bytes that are no text", remedy="give the text of the page"),
        ),
    )  # fmt: skip


def crowded_dossier(reports: int) -> Dossier:
    """Return a dossier of so many reports that tell one fact, with long ids."""
    name = "archive/2031/05/{:03}-the-very-long-name-of-a-page.html"
    ids = [name.format(n) for n in range(reports)]
    readings = tuple(
        make_reading(Report(id=i, path=i, sha256="0" * 64, text="The bridge at Lorn is open.", outlet="Lake Wire"))
        for i in ids
    )
    places = tuple(Evidence(report=i, span=Span(0, 26)) for i in ids)
    fact = Finding(
        id="f", standing="corroborated", kind=None, statement="The bridge at Lorn is open", origins=reports,
        positions=(Position(value="open", evidence=places),),
    )  # fmt: skip
    return Dossier(
        as_of=None,
        readings=readings,
        findings=(fact,),
        coverage=(CoverageRow(finding="f", cells=tuple[Cell, ...](["told"] * reports)),),
    )


@pytest.fixture(scope="session")
def crowded() -> Callable[[int], Dossier]:
    return crowded_dossier


# What a hostile report may hold: terminal escapes, rich markup, HTML, Markdown, templates, control characters, writing
# in the other direction, wide characters, a word longer than any line.
HOSTILE = "\n".join(
    (
        "\x1b[31mred\x1b[0m \x1b]0;owned\x07 \x9b2J \x00 \x7f [bold red]markup[/] [link=https://evil.example]x[/link] :bomb:",
        '<script>alert(1)</script> <img src=x onerror=alert(1)> " onclick="x \' --> ]]> </style></main> &lt; &#x3c;',
        "# heading [link](javascript:alert(1)) ![img](https://evil.example/x.png) `code` ``` *a* _b_ | c | ~~d~~ [^1]: x <b>y</b> &amp;",
        "{{ 7*7 }} {% include 'x' %} ${x} <https://evil.example> https://evil.example www.evil.example a@evil.example",
        "\u202eesrever\u202c \u2067isolate שלום עולם مرحبا بالعالم \u2066",
        "停火协议三十天双方同意停止一切军事行动并释放所有被扣押人员停火协议三十天双方同意停止一切军事行动并释放所有被扣押人员",
        "Unbroken" * 40,
        "- item 1. one > quote\r\n\r\n    code\x0b\x0cfeed\u2028line\x85next",
    )
)


def hostile_dossier(text: str, span: Span | None = None) -> Dossier:
    """Return a dossier in which every field that comes from outside holds `text`."""
    whole = trim(span or Span(0, len(text)), text)
    report = Report(
        id="000", path=text, sha256="0" * 64, text=text, outlet=text, title=text, url=text, author=text, language="en"
    )
    place = Evidence(report="000", span=whole)
    words = whole.of(text)
    change = (Change(op="dropped", longest=words, here=""), Change(op="added", longest="", here=words),
              Change(op="changed", longest=words, here=words), Change(op="same", longest=words, here=words))  # fmt: skip
    sides = (Position(value=words, evidence=(place,)), Position(value="other", evidence=(place,)))
    moves = (
        Move(span=whole, trigger=whole, act="propose", actors=(words,), parties=(words,), object=whole),
        Move(span=whole, trigger=whole, act="accept_if", actors=("other " + words,), parties=("other " + words,),
             object=whole, condition=whole),
        Move(span=whole, trigger=whole, act="resume", actors=(words,), parties=(words,), status="planned", object=whole),
    )  # fmt: skip
    return Dossier(
        as_of=None,
        readings=(msgspec.structs.replace(make_reading(report), moves=moves),),
        actors=(Actor(name=words, type="person", aliases=(words,), mentions=1, roles=(words,)),),
        relays=(Relay(report="000", outlet=words, how="claims", words=whole, claims=(whole,)),),
        quotes=(
            Quote(id="q", speaker=words, same_wording=False, variants=(
                Variant(report="000", span=whole, speaker=words),
                Variant(report="000", span=whole, speaker="other " + words, changes=change),
            )),
        ),
        findings=(
            Finding(id="f", standing="corroborated", kind=None, statement=words, origins=1, positions=sides[:1],
                    conditions=(place,), why=words),
            Finding(id="g", standing="disputed", kind="wording", statement=words + "x", origins=1, positions=sides, why=words),
        ),
        timeline=(TimelineEntry(when=words, precision="day", what=words, evidence=(place,), planned=True),),
        coverage=(CoverageRow(finding="f", cells=("told",)), CoverageRow(finding="g", cells=("absent",))),
        refusals=(Refusal(path=text, reason=text, remedy=text),),
    )  # fmt: skip


@pytest.fixture(scope="session")
def hostile() -> Dossier:
    return hostile_dossier(HOSTILE)


@pytest.fixture(scope="session")
def make_hostile() -> Callable[..., Dossier]:
    return hostile_dossier


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], None]:
    """Return a check of a brief against the file of that name in `golden/`."""

    def check(name: str, brief: str) -> None:
        # The version stands in every brief; a release is no change of layout.
        brief = brief.replace(version("trucebook"), "VERSION")
        path = GOLDEN / name
        if os.environ.get("TRUCEBOOK_REFRESH_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(brief.encode())
        assert brief == path.read_bytes().decode()

    return check
