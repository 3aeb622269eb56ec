from __future__ import annotations

import pytest

from trucebook.reading.actors import Actors, find_actors
from trucebook.reading.attribution import find_attributions
from trucebook.reading.parse import parse
from trucebook.reading.quotations import find_quotations
from trucebook.report import Furniture, Report
from trucebook.span import Span


def actors(text: str, dateline: str = "") -> Actors:
    furniture = (Furniture(span=Span(0, len(dateline)), kind="dateline"),) if dateline else ()
    return find_actors(parse(Report(id="x", path="x", sha256="0", text=dateline + text, furniture=furniture)))


def taken_up(text: str, words: str, dateline: str = "") -> str | None:
    """Whom the last occurrence of some words names."""
    found = actors(text, dateline).at(len(dateline) + text.rindex(words))
    return found.actor if found is not None else None


MET = "Danish President Ada Marlow met Swedish President Hugo Brandt in Oslo. "

DESCRIPTIONS: dict[str, tuple[str, str, str | None]] = {
    "the only one": ("President Ada Marlow arrived. The president said little.", "The president", "Ada Marlow"),
    "by state": (f"{MET}The Danish president said little.", "Danish president", "Ada Marlow"),
    "two in the paragraph": (f"{MET}The president said little.", "The president", None),
    "of another state, who has no name": (
        "Norway’s prime minister met us. All went well, the prime minister said. Danish Prime Minister Ada Marlow left.",
        "the prime minister",
        None,
    ),
    "of another state, told of since": (
        "Danish Prime Minister Ada Marlow came. Norway’s prime minister did not. The prime minister said little.",
        "The prime minister said",
        None,
    ),
    "of another state, told of before": (
        "Norway’s prime minister came. Danish Prime Minister Ada Marlow spoke. The prime minister said little.",
        "The prime minister said",
        "Ada Marlow",
    ),
    "the only one in the paragraph": (
        f"{MET}\n\nMr. Brandt spoke at length. The president said the talks were useful.",
        "The president",
        "Hugo Brandt",
    ),
    "the unmarked office of the home country": (
        "President Ada Marlow met Swedish President Hugo Brandt. The president said little.",
        "The president",
        "Ada Marlow",
    ),
    "the unmarked office against the one just named": (
        "President Ada Marlow met Swedish President Hugo Brandt.\n\nBrandt spoke first. The president said little.",
        "The president",
        None,
    ),
    "whose it is: a person": (
        "President Ada Marlow came with Ida Holm, Marlow’s chief of staff. Later Marlow’s chief of staff spoke.",
        "chief of staff",
        "Ida Holm",
    ),
    "whose it is: a state": (
        f"{MET}Afterwards Sweden’s president spoke.", "president spoke", "Hugo Brandt",
    ),
    "whose it is: of another": (
        "President Ada Marlow came with Ida Holm, Marlow’s chief of staff. Brandt’s chief of staff spoke.",
        "chief of staff spoke",
        None,
    ),
    "by the state behind the name": (
        "President Ada Marlow of Denmark met President Hugo Brandt of Sweden. Later the president of Sweden spoke.",
        "the president of Sweden",
        "Hugo Brandt",
    ),
    "by the state behind the name, of a third": (
        "President Ada Marlow of Denmark met President Hugo Brandt of Sweden. Later the president of Norway spoke.",
        "the president of Norway",
        None,
    ),
    "a senator": ("Sen. Ada Marlow arrived. The senator said little.", "The senator", "Ada Marlow"),
    "a senator who is named later": ("“No,” the senator said.\n\nSen. Ada Marlow agreed.", "the senator", None),
    "a senator who was named long before": (
        "Sen. Ada Marlow arrived.\n\nHugo Brandt waited.\n\nIt rained. The senator said little.", "The senator", None,
    ),
    "one of two senators": ("Sen. Ada Marlow met Sen. Ida Holm. The senator left.", "The senator", None),
    "in apposition to its holder": (
        "President Ada Marlow arrived. Hugo Brandt, the president of Halden Steel, spoke.", "the president", "Hugo Brandt",
    ),
    "no longer held": (
        "President Ada Marlow met former President Hugo Brandt. The former president said little.",
        "The former president",
        "Hugo Brandt",
    ),
    "what somebody is said to be": ("King Harald spoke. She will always be the king.", "the king", None),
    "an organisation by its noun": (
        "The Halden Fisheries Agency wrote on Monday. The agency said the ships were safe.",
        "The agency",
        "Halden Fisheries Agency",
    ),
    "an organisation by what it is called": (
        "Halden Watch, a private network, wrote on Monday. The network said the ships were safe.",
        "The network",
        "Halden Watch",
    ),
    "an organisation by the gazetteer": (
        "The European Union wrote on Monday. Later the bloc said it would wait.", "the bloc", "European Union",
    ),
    "two of the kind": (
        "The Halden Fisheries Agency wrote to the Norvik Coal Agency. The agency said it would wait.",
        "The agency",
        None,
    ),
    "another of the kind comes between": (
        "The Halden Fisheries Agency wrote on Monday, and an agency in Norvik answered. The agency said it would wait.",
        "The agency",
        None,
    ),
    "none of the kind": ("The Halden Fisheries Council wrote on Monday. The agency said it would wait.", "The agency", None),
    "the noun names another": (
        "The Halden Fisheries Agency wrote on Monday. The agency chief said it would wait.", "The agency", None,
    ),
    "a government": (
        "President Ada Marlow spoke. The Marlow administration would wait. Later the administration said more.",
        "the administration",
        "Marlow administration",
    ),
    "his government": (
        "The Brandt administration would wait. President Hugo Brandt spoke, and his administration said more.",
        "his administration",
        "Brandt administration",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "actor"), DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())
def test_whom_a_description_takes_up(text: str, words: str, actor: str | None) -> None:
    assert taken_up(text, words) == actor


def test_a_dateline_tells_which_of_two_is_meant() -> None:
    text = f"{MET}The president said little."
    assert taken_up(text, "The president", "STOCKHOLM, Sweden — ") == "Hugo Brandt"
    assert taken_up(text, "The president", "HELSINKI, Finland — ") is None


def test_a_description_that_stays_open_names_its_candidates() -> None:
    (open_one,) = actors(f"{MET}The president said little.").abstentions
    assert open_one.candidates == ("Ada Marlow", "Hugo Brandt")


PAIRS: dict[str, tuple[str, tuple[str, str] | None]] = {
    "two states": ("Denmark and Sweden met. The two sides will meet again.", ("Denmark", "Sweden")),
    "two countries": ("Denmark wrote to Sweden. Both countries will answer.", ("Denmark", "Sweden")),
    "one named by its adjective": (
        "Sweden taxes Danish steel, which harms trade between the two countries.", ("Sweden", "Denmark"),
    ),
    "three": ("Denmark, Sweden and Norway met. The two countries will meet again.", None),
    "one": ("Denmark wrote on Monday. The two sides will meet again.", None),
    "a go-between is no side": (
        "The United States said the talks with Sweden had been useful. It wants both sides to hold their fire.", None,
    ),
    "two leaders": (f"{MET}The two leaders shook hands.", ("Ada Marlow", "Hugo Brandt")),
    "two people who lead nothing": ("Ada Marlow met Hugo Brandt. The two leaders shook hands.", None),
    "two of a kind apart": (f"{MET}The two women shook hands.", None),
    "more than their number": ("Denmark and Sweden met. The two sides of the coin are known.", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "members"), PAIRS.values(), ids=PAIRS.keys())
def test_pairs(text: str, members: tuple[str, str] | None) -> None:
    assert [p.members for p in actors(text).pairs] == ([members] if members else [])


SPEAKERS: dict[str, tuple[str, str | None]] = {
    "an office turned round": (
        "Hugo Brandt was there. Rural Affairs Minister Ida Holm came late. “We will sign,” the minister of rural affairs said.",
        "Ida Holm",
    ),
    "an office of something else": (
        "Rural Affairs Minister Ida Holm came late. “We will sign,” the minister of public works said.",
        None,
    ),
    "one of two who head something": (
        "Ida Holm, the president of the farmers’ union, met Hugo Brandt, the president of the bank. “We will sign,” the president of the union said.",
        "Ida Holm",
    ),
    "a person by her age": (
        "In Halden Park, Olimpia Holm, a 23-year-old nurse from Halden, carried a sign. Holm was happy. “We will sign,” she said.",
        "Olimpia Holm",
    ),
    "his chief of staff": (
        "President Ada Marlow came with Ida Holm, Marlow’s chief of staff. Marlow left early. “We will sign,” her chief of staff said.",
        "Ida Holm",
    ),
    "the chief of staff of another": (
        "Ida Holm, Marlow’s chief of staff, arrived. Hugo Brandt left early. “We will sign,” his chief of staff said.",
        None,
    ),
    "its foreign minister": (
        "Danish Foreign Minister Ida Holm arrived. Denmark has answered. “We will sign,” its foreign minister said.",
        "Ida Holm",
    ),
    "two together": ("Denmark and Sweden met. “We will sign,” the two sides said.", None),
    "two in a statement": (
        "Denmark and Sweden met. “We will sign,” the two sides said in a joint statement.", "joint statement",
    ),
    "its statement": ("Denmark has answered. “We will sign,” its statement said.", "Denmark"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_who_speaks(text: str, speaker: str | None) -> None:
    parsed = parse(Report(id="x", path="x", sha256="0", text=text))
    marks, _ = find_quotations(parsed.prose, parsed.paragraphs)
    found = find_attributions(parsed, marks, find_actors(parsed)).attributions
    assert [a.speaker for a in found if a.kind == "direct"] == [speaker]


NO_KIN = {
    "a president and a wife": ("His wife, Ida Brandt, waited. President Brandt spoke.", "President Brandt", "Brandt"),
    "a daughter": ("Her daughter Ida Brandt waited. Ms. Brandt spoke.", "Ms. Brandt", "Ida Brandt"),
}


@pytest.mark.parametrize(("text", "words", "actor"), NO_KIN.values(), ids=NO_KIN.keys())
def test_a_title_is_not_given_to_a_relative(text: str, words: str, actor: str) -> None:
    found = actors(text).at(text.rindex(words) + len(words) - 1)
    assert found is not None
    assert found.actor == actor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday the rebels left the town. Later the rebels said they would return.", [("rebels", "rebels")] * 2),
        ("The rebels left on Monday.", []),
        ("The Halden rebels left. The rebels said they would return. The rebels waited.", []),
        ("The rebel leader spoke. The rebel leader left. The rebel leader returned.", []),
        ("Two rebels left. Some rebels stayed. Other rebels returned.", []),
    ],
    ids=["a party", "once in passing", "with a proper name", "before another noun", "people of the kind"],
)
def test_parties_without_a_name(text: str, found: list[tuple[str, str]]) -> None:
    assert [(m.span.of(text), m.actor) for m in actors(text).mentions if "rebel" in m.actor] == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Fisher Sin Fronteras Council, translated as Fishers Without Borders Council, met.", 1),
        ("The Halden Council, also known as the Norvik Committee, met.", 1),
        ("The Halden Council, or the Norvik Committee, met.", 1),
        ("The Halden Council or the Norvik Committee met.", 2),
        ("The Halden Council and the Norvik Committee met.", 2),
    ],
    ids=["translated", "also known as", "or, between commas", "or", "and"],
)
def test_another_name_of_one_organisation(text: str, count: int) -> None:
    assert len({m.actor for m in actors(text).mentions}) == count


FIGHTERS: dict[str, tuple[str, str, str | None]] = {
    "called rebels": ("Denmark spoke with the Red Dawn rebels. The guerrillas want a truce.", "The guerrillas", "Red Dawn"),
    "a code that is called a group": ("The RDX guerrilla group waits. “No,” the rebels said.", "the rebels", "RDX"),
    "of the gazetteer": ("Denmark spoke with Boko Haram. The insurgents want a truce.", "The insurgents", "Boko Haram"),
    "far away": (
        "The Houthis took Halden.\n\nIt rained.\n\nNobody left the town.\n\nThe group will stay.", "The group", "Houthis",
    ),
    "two of them": ("The Houthis and Boko Haram met.\n\nIt rained.\n\nThe rebels want a truce.", "The rebels", None),
    "another that is new": (
        "The Houthis took Halden. A group of fishermen left.\n\nIt rained.\n\nThe group will stay.", "The group", None,
    ),
    "nobody before": ("The rebels want a truce. The Houthis said so.", "The rebels", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "meant"), FIGHTERS.values(), ids=FIGHTERS.keys())
def test_armed_groups_are_taken_up_by_what_they_are(text: str, words: str, meant: str | None) -> None:
    assert taken_up(text, words) == meant


ORGANS: dict[str, tuple[str, str, str | None]] = {
    "its government": ("Denmark’s government met. The government will wait.", "The government", "Denmark"),
    "by the adjective": ("The Danish army left. Later the army came back.", "the army", "Denmark"),
    "armed forces": ("The armed forces of Denmark left. The armed forces came back.", "The armed forces", "Denmark"),
    "of two states": ("The Danish army met the Swedish army. The army left.", "The army", None),
    "given to nobody": ("Denmark waits. The government met.", "The government", None),
    "another organ": ("The Danish army left. The government met.", "The government", None),
    "part of a name": ("The Danish government met. The government bank closed.", "The government", None),
}


@pytest.mark.parametrize(("text", "words", "meant"), ORGANS.values(), ids=ORGANS.keys())
def test_a_state_is_taken_up_by_what_it_alone_has(text: str, words: str, meant: str | None) -> None:
    assert taken_up(text, words) == meant
