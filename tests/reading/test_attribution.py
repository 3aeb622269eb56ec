import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.reading.actors import find_actors
from trucebook.reading.attribution import Attributions, find_attributions
from trucebook.reading.conditions import find_conditions
from trucebook.reading.parse import parse
from trucebook.reading.quotations import find_quotations
from trucebook.report import Report


def attributions(text: str) -> Attributions:
    report = Report(id="x", path="x", sha256="0", text=text, published=datetime.date(2031, 5, 6))
    parsed = parse(report)
    quotations, _ = find_quotations(parsed.prose, parsed.paragraphs)
    return find_attributions(parsed, quotations, find_actors(parsed), find_conditions(parsed))


def rows(text: str) -> list[tuple[str, str | None, str, str]]:
    """(kind, speaker, source words, content words) of every attribution."""
    found: list[tuple[str, str | None, str, str]] = []
    for a in attributions(text).attributions:
        source = " ".join(s.of(text) for s in a.source or ())
        found.append((a.kind, a.speaker, source, " / ".join(s.of(text) for s in a.content)))
    return found


QUOTED = {
    "behind": ("“We will sign on Monday,” said Foreign Minister Ana Duval.", "Ana Duval", "We will sign on Monday,"),
    "behind, source first": ("“We will sign on Monday,” Ana Duval told reporters.", "Ana Duval", "We will sign on Monday,"),
    "before, colon": ("Ana Duval replied: “We will sign on Monday.”", "Ana Duval", "We will sign on Monday."),
    "before, comma": ("Ana Duval told reporters in Geneva, “We will sign on Monday.”", "Ana Duval", "We will sign on Monday."),
    "participle": ("Ana Duval rejected the map, saying, “We will not sign.”", "Ana Duval", "We will not sign."),
    "split": ("“We will sign,” Ana Duval said, “but not today.”", "Ana Duval", "We will sign, / but not today."),
    "goes on": ("“We will sign,” Ana Duval said. “We want peace to last.”", "Ana Duval", "We will sign, / We want peace to last."),
    "pronoun behind a stop": ("Ana Duval spoke in Geneva.\n“We will sign the paper.” she said.", "Ana Duval", "We will sign the paper."),
    "straight marks": ('"We will sign on Monday," Ana Duval said.', "Ana Duval", "We will sign on Monday,"),
    "joint statement": ("“The parties will meet again,” a joint statement said.", "joint statement", "The parties will meet again,"),
    "question": ("“Who broke it?” asked Ana Duval.", "Ana Duval", "Who broke it?"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), QUOTED.values(), ids=QUOTED.keys())
def test_a_quotation_has_its_speaker(text: str, speaker: str | None, content: str) -> None:
    found = [(s, c) for kind, s, _, c in rows(text) if kind == "direct"]
    assert found == [(speaker, content)]


MIXED = {
    "clause": ("Ana Duval said the map was “not a basis” for talks.", "Ana Duval", "the map was “not a basis” for talks"),
    "medium": ("Norway said in a statement that the map was “not a basis” for talks.", "Norway", "the map was “not a basis” for talks"),
    "end of clause": ("Ana Duval said the talks were “over for now.”", "Ana Duval", "the talks were “over for now.”"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), MIXED.values(), ids=MIXED.keys())
def test_a_clause_with_quoted_words_is_mixed(text: str, speaker: str | None, content: str) -> None:
    assert [(k, s, c) for k, s, _, c in rows(text)] == [("mixed", speaker, content)]


INDIRECT = {
    "that": ("Ana Duval said that the army would leave the valley.", "Ana Duval", "the army would leave the valley"),
    "no that": ("Ana Duval said the army would leave the valley.", "Ana Duval", "the army would leave the valley"),
    "cue behind": ("The army would leave the valley, Ana Duval said.", "Ana Duval", "The army would leave the valley"),
    "according to": ("According to Ana Duval, the army has left the valley.", "Ana Duval", "the army has left the valley"),
    "state": ("Norway said the army would leave the valley.", "Norway", "the army would leave the valley"),
    "promise": ("Norway pledged to restore aid to the valley.", "Norway", "to restore aid to the valley"),
    "spokesman for": ("A spokesman for President Ivo Brandt said the army would leave the valley.", None, "the army would leave the valley"),
    "name behind an office": ("According to the spokesman for the Norwegian army, Ivo Brandt, the gate was shut.", "Ivo Brandt", "the gate was shut"),
    "claim denied": ("Ana Duval said the union had agreed to sign the accord, a claim Brandt denied.", "Ana Duval", "the union had agreed to sign the accord"),
    "participle behind": ("Inspectors reported on Monday that Norway possesses 43 kilograms of uranium enriched to 60 percent.", None, "Norway possesses 43 kilograms of uranium enriched to 60 percent"),
    "nobody named": ("Diplomats said the army would leave the valley.", None, "the army would leave the valley"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), INDIRECT.values(), ids=INDIRECT.keys())
def test_reported_speech(text: str, speaker: str | None, content: str) -> None:
    assert [(k, s, c) for k, s, _, c in rows(text)] == [("indirect", speaker, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Duval did not say that the army had left.",
        "Ana Duval may say that the army has left.",
        "If Ana Duval says that the army has left, nobody will believe it.",
        "The army left the valley on Monday.",
        "The so-called “ghost fleet” left the port on Monday.",
        "She wore a coat by “Maison Doree” and left.",
        "Before they start singing “Give Hope a Home”, they should wait.",
        "The band performed the song “The Long Road Home” on Monday.",
        "They mourned after a blast that claimed the lives of four.",
        "Ivo Brandt officially claimed the nomination on Monday.",
        "Neither Ana Duval nor Ivo Brandt said that the army had left.",
        "No minister said that the army had left.",
    ],
    ids=[
        "negated",
        "modal",
        "condition",
        "no cue",
        "scare quotes",
        "name",
        "song",
        "title of a work",
        "claimed lives",
        "claimed a prize",
        "neither",
        "nobody",
    ],
)
def test_what_nobody_is_told_to_have_said_is_no_attribution(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The crowd sang: “We Shall Not Be Moved.”", "We Shall Not Be Moved."),
        ("The crowd walked on, singing “It Is Our Time.”", "It Is Our Time."),
        ("The crowd chanted “Bring Them Home” on Monday.", "Bring Them Home"),
        ("The crowd sang “we will not be moved from here” on Monday.", "we will not be moved from here"),
    ],
    ids=["a lead-in", "a statement", "a slogan", "a sentence that is sung"],
)
def test_what_is_sung_or_shouted_is_no_title_of_a_work(text: str, content: str) -> None:
    assert [c.partition(" / ")[0] for _, _, _, c in rows(text)] == [content]


def test_a_thing_that_is_added_is_no_speech() -> None:
    (added,) = attributions("Norway added a provision designed to protect the valley.").attributions
    assert added.manner == "act"


@pytest.mark.parametrize(
    "text",
    [
        "Asked how the town hopes to pay, Mr. Thorne said the road was open.",
        "Mr. Thorne, asked about the plan, said the road was open.",
        "Mr. Thorne, told that the gate was shut, said the road was open.",
        "President Thorne yesterday, asked whether he was glad, said the road was open.",
    ],
    ids=["at the head", "between commas", "told", "behind the day"],
)
def test_who_is_asked_or_told_does_not_say_it(text: str) -> None:
    assert [(s, c) for _, s, _, c in rows(text)] == [("Thorne", "the road was open")]


def test_who_asks_behind_an_apposition_says_it() -> None:
    found = rows("Olan Thorne, a lawyer, told reporters that the road was open, and said the gate was shut.")
    assert [(s, c) for _, s, _, c in found] == [
        ("Olan Thorne", "the road was open"),
        ("Olan Thorne", "the gate was shut"),
    ]


def test_a_thought_that_somebody_imagines_is_nobodys() -> None:
    found = rows("Ivo Brandt imagined that Ana Duval said the gate was shut.")
    assert "Ana Duval" not in {speaker for _, speaker, _, _ in found}


def chain(text: str) -> list[tuple[str, str | None, str, int | None]]:
    """(manner, speaker, content words, place of the parent) of every attribution."""
    found = attributions(text).attributions
    place = {a.id: i for i, a in enumerate(found)}
    return [(a.manner, a.speaker, " / ".join(s.of(text) for s in a.content), place.get(a.parent or "")) for a in found]


CHAINS = {
    "quoted inside": (
        "Ana Duval said that Ivo Brandt had called the map “a trap”.",
        [
            ("speech", "Ana Duval", "Ivo Brandt had called the map “a trap”", None),
            ("speech", "Ivo Brandt", "a trap", 0),
        ],
    ),
    "reported inside": (
        "Ana Duval said that Ivo Brandt had told her the convoy was safe.",
        [
            ("speech", "Ana Duval", "Ivo Brandt had told her the convoy was safe", None),
            ("speech", "Ivo Brandt", "the convoy was safe", 0),
        ],
    ),
    "he is the outer speaker": (
        "Ana Duval said that she had called the map “a trap”.",
        [("speech", "Ana Duval", "she had called the map “a trap”", None)],
    ),
    "read out": (
        "“I am ready to leave,” Ana Duval read from a letter signed by Ivo Brandt.",
        [("speech", "Ana Duval", "I am ready to leave,", None), ("speech", "Ivo Brandt", "I am ready to leave,", 0)],
    ),
    "read out, one's own": (
        "“I am ready to leave,” Ana Duval read from a statement.",
        [("speech", "Ana Duval", "I am ready to leave,", None)],
    ),
    "passed on, quoting": (
        "Envoy Ana Duval arrived.\n“We will sign on Monday,” the Norwegian News Agency said, quoting Ana Duval.",
        [
            ("speech", "Norwegian News Agency", "We will sign on Monday,", None),
            ("speech", "Ana Duval", "We will sign on Monday,", 0),
        ],
    ),
    "passed on, as saying": (
        "Envoy Ana Duval arrived.\nThe Norwegian News Agency quoted Ana Duval as saying the army would leave on Monday.",
        [
            ("speech", "Norwegian News Agency", "Ana Duval as saying the army would leave on Monday", None),
            ("speech", "Ana Duval", "the army would leave on Monday", 0),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CHAINS.values(), ids=CHAINS.keys())
def test_speech_inside_speech_is_a_chain(text: str, expected: list[tuple[str, str | None, str, int | None]]) -> None:
    assert chain(text) == expected


@pytest.mark.parametrize(
    ("text", "manner", "content"),
    [
        ("Norway accepted the Swedish proposal.", "act", "the Swedish proposal"),
        ("Ana Duval rejected the map that gives the north its own army.", "act", "the map that gives the north its own army"),
        ("Ana Duval will say that the army has left the valley.", "act", "the army has left the valley"),
        ("Ana Duval hopes that the talks will go on.", "attitude", "the talks will go on"),
        ("Norway pledged to restore aid to the valley.", "speech", "to restore aid to the valley"),
        ("Ana Duval said that Norway accepted the proposal.", "speech", "Norway accepted the proposal"),
    ],
)  # fmt: skip
def test_acts_are_told_from_words(text: str, manner: str, content: str) -> None:
    assert [(m, c) for m, _, c, _ in chain(text)] == [(manner, content)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Norway said it would accept the truce if Sweden did.", "it would accept the truce if Sweden did"),
        ("Ana Duval said Norway would sign, “but not today,” unless the army leaves.", "Norway would sign, “but not today,” unless the army leaves"),
        ("Ana Duval said Norway accepted the truce, provided that Sweden signs first.", "Norway accepted the truce, provided that Sweden signs first"),
    ],
)  # fmt: skip
def test_what_was_said_keeps_its_condition(text: str, content: str) -> None:
    assert [c for _, _, c, _ in chain(text)] == [content]


def test_a_denial_joined_to_a_saying_keeps_its_own_cue() -> None:
    found = attributions(
        "Ana Duval said the ministry had not raised the price, and denied that Norway had promised aid."
    )
    assert [(a.speaker, a.stance, len(a.content)) for a in found.attributions] == [
        ("Ana Duval", "neutral", 1),
        ("Ana Duval", "denying", 1),
    ]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Ana Duval", "named"),
        ("Foreign Minister Ana Duval", "named"),
        ("Norway", "named"),
        ("The Norwegian government", "named"),
        ("A statement by Norway", "named"),
        ("Norwegian officials", "unnamed"),
        ("The foreign minister", "title"),
        ("A senior official", "unnamed"),
        ("Officials", "unnamed"),
        ("Several diplomats in Oslo", "unnamed"),
        ("Two people familiar with the talks", "unnamed"),
    ],
)
def test_sources_are_named_or_told_by_title_or_not_at_all(source: str, kind: str) -> None:
    found = attributions(f"{source} said that the army had left the valley.").attributions
    assert [a.source_kind for a in found] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The migrants from Oslo were told that the road was open.",
        "Asked whether the road was open, the migrants nodded.",
    ],
)
def test_who_is_told_something_is_not_who_says_it(text: str) -> None:
    assert all("migrants" not in s.of(text) for a in attributions(text).attributions for s in a.source or ())


def test_a_scare_quote_is_kept_as_an_abstention() -> None:
    found = attributions("The so-called “ghost fleet” left the port on Monday.")
    assert [(a.what, a.reason) for a in found.abstentions] == [("quotation", "no cue says that anybody said it")]


def test_a_pronoun_does_not_reach_past_a_speaker_who_could_not_be_told() -> None:
    text = "Ana Duval arrived first.\nA mediator said the talks were over. “Nobody will come back,” he said."
    direct = [(s, c) for k, s, _, c in rows(text) if k == "direct"]
    assert direct == [(None, "Nobody will come back,")]


def test_a_pronoun_of_the_other_gender_is_not_the_last_speaker() -> None:
    text = "Mr. Duval said the talks were over.\n“Nobody will come back,” she said."
    assert [(s, c) for k, s, _, c in rows(text) if k == "direct"] == [(None, "Nobody will come back,")]


@pytest.mark.parametrize(
    ("verb", "stance"),
    [("said", "neutral"), ("claimed", "distancing"), ("confirmed", "endorsing"), ("denied", "denying")],
)
def test_the_cue_carries_the_outlets_stance(verb: str, stance: str) -> None:
    found = attributions(f"Ana Duval {verb} that the army had left the valley.").attributions
    assert [a.stance for a in found] == [stance]


def test_an_office_that_one_person_of_the_report_holds_names_that_person() -> None:
    text = "Norwegian Foreign Minister Ana Duval arrived.\nThe Norwegian Foreign Minister said the army would leave."
    assert [(s, c) for _, s, _, c in rows(text)] == [("Ana Duval", "the army would leave")]


SPEAKERS = {
    "it, across a paragraph": ("Norway said the map was wrong.\n\n“It should be drawn anew,” it said in a statement.", "It should be drawn anew,", "Norway"),
    "it, two spoke before": ("Norway said the map was wrong. Sweden said it was right.\n\n“It should be drawn anew,” it said.", "It should be drawn anew,", None),
    "it, a person spoke before": ("Ana Duval said the map was wrong.\n\n“It should be drawn anew,” it said.", "It should be drawn anew,", None),
    "the announcement": ("The announcement by Norway said the road was open.\n\n“The gate will be shut,” the announcement concluded.", "The gate will be shut,", "Norway"),
    "the statement, said in one": ("Norway said in a statement that the road was open.\n\n“The gate will be shut,” the statement added.", "The gate will be shut,", "Norway"),
    "the statement, of two": ("Norway said in a statement that the road was open. Sweden said in a statement that it was not.\n\n“The gate will be shut,” the statement added.", "The gate will be shut,", None),
    "a statement": ("Norway said in a statement that the road was open.\n\n“The gate will be shut,” a statement said.", "The gate will be shut,", None),
    "a government's spokeswoman": ("A Norwegian government spokeswoman said the road was open.", "the road was open", "Norway"),
    "a spokesman for a body": ("A spokesman for the Nordic Council said the road was open.", "the road was open", "Nordic Council"),
    "a spokesman for a person": ("A spokesman for President Ivo Brandt said the road was open.", "the road was open", None),
    "a name behind its office": ("House Ways and Means Committee Chairman Ivo Brandt said the road was open.", "the road was open", "Ivo Brandt"),
    "he, not who acts in another's words": (
        "Steve Dunn said the road was open. He noted that Olan Thorne himself has acknowledged defeat. “The gate is shut,” he said.",
        "The gate is shut,", "Steve Dunn",
    ),
    "she, not who acts in what she thinks": (
        "Nora Jahn came to the rally. She doesn't think Ida Marlow can repair what Olan Thorne broke. “The gate is shut,” she said.",
        "The gate is shut,", "Nora Jahn",
    ),
    "she, not a man by his given name": (
        "Critics blamed the mayor for a plan that President Boris Thorne made.\n\n“The gate is shut,” she said.", "The gate is shut,", None,
    ),
    "he and his people": ("Olan Thorne wants a change. It is what he and his supporters call “a clean gate.”", "a clean gate.", "Olan Thorne"),
    "he and another's people": ("Olan Thorne wants a change. It is what he and her supporters call “a clean gate.”", "a clean gate.", None),
    "two persons": ("Canada’s Ida Marlow and Olan Thorne said the road was open.", "the road was open", "Ida Marlow and Olan Thorne"),
    "three": ("Norway, Sweden and Denmark said the road was open.", "the road was open", "Norway, Sweden and Denmark"),
    "two with their offices": (
        "Norway’s Prime Minister Ida Marlow and the country’s Trade Minister Olan Thorne said the road was open.",
        "the road was open", "Ida Marlow and Olan Thorne",
    ),
    "one of two not named": ("Norway and several cities said the road was open.", "the road was open", "Norway"),
    "they, of two": ("Ida Marlow and Olan Thorne welcomed the plan.\n\n“The gate is open,” they said.", "The gate is open,", "Ida Marlow and Olan Thorne"),
    "they, others between": (
        "Ida Marlow and Olan Thorne welcomed the plan. The drivers waited. “The gate is shut,” they said.", "The gate is shut,", None,
    ),
    "they, of one": ("Norway said the road was open. “The gate is shut,” they said.", "The gate is shut,", None),
    "a government by its state's name": ("The U.S. government said the road was open.", "the road was open", "United States"),
    "a government by its seat": ("The government in Seoul said the road was open.", "the road was open", "South Korea"),
    "a government of no state": ("The government in Halden said the road was open.", "the road was open", None),
    "a paper of a party": ("The Unity Party daily Standard said the road was open.", "the road was open", "Standard"),
    "a name behind where its office is": (
        "The head of the inquiry in Lomar, Kenneth Piers, said the bureau had closed the road.", "the bureau had closed the road", "Kenneth Piers",
    ),
    "aides of two": (
        "Olan Thorne met Arne Brandt. Aides to Mr. Thorne and Mr. Brandt said the road was open.", "the road was open", None,
    ),
    "two, one by an office of a state": (
        "Ida Marlow and Norway’s foreign minister said the road was open.", "the road was open", "Ida Marlow",
    ),
    "some, one of them named": (
        "Some supporters of the school, including Ann Robinson, said the road was open.", "the road was open", None,
    ),
    "one who is backed by another": (
        "Ivo Brandt, backed by Olan Thorne, said the road was open.", "the road was open", "Ivo Brandt",
    ),
    "press reports and whom they tell of": (
        "According to press reports, Ida Marlow, the oldest sister, was there.", "Ida Marlow, the oldest sister, was there", None,
    ),
    "he, below one of two": (
        "Radio host Hugh Herrit asked Olan Thorne about words he had used the previous night, when he claimed the mayor was “the founder” of it.",
        "the mayor was “the founder” of it", None,
    ),
    "the younger of two": (
        "Olan Thorne was glad. “The gate is shut,” said the younger Mr. Thorne.", "The gate is shut,", None,
    ),
    "a paper whose name ends like a document": ("The Washington Post reported the road was open.", "the road was open", None),
    "one beside a name that nothing is told of": (
        "Sun, Hewlett-Packard and others said the road was open.", "the road was open", None,
    ),
    "a name and all that it is": (
        "RoseAnn DeMoro, head of Nurses United, a union that has endorsed Mr. Thorne and helped him, said the road was open.",
        "the road was open", "RoseAnn DeMoro",
    ),
    "a source in the paragraph before": (
        "It could help them, they said.\n\n“The road is open,” Mr. Thorne was quoted as telling the visitors.",
        "The road is open,", "Thorne",
    ),
    "who is asked, at the head": (
        "Asked how the town hopes to pay, Mr. Thorne said the road was open.", "the road was open", "Thorne",
    ),
    "he, whom the sentence is about": (
        "Olan Thorne smiled when Arne Brandt arrived. “The gate is shut,” he said.", "The gate is shut,", "Olan Thorne",
    ),
    "he, where the sentence is about a woman": (
        "Ida Marlow smiled when Arne Brandt arrived. “The gate is shut,” he said.", "The gate is shut,", "Arne Brandt",
    ),
    "he, who owns what acts": (
        "Ivo Brandt spoke.\n\nOlan Thorne’s anger grew. He wants the gate shut. “The road is closed,” he said.",
        "The road is closed,", "Olan Thorne",
    ),
    "reports of nobody": (
        "Ivo Brandt wrote a report. The doctor called the talk nonsense, the radio reports said.",
        "The doctor called the talk nonsense", None,
    ),
    "a body's official": ("A Nordic Council official said the road was open.", "the road was open", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "content", "speaker"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_documents_pronouns_and_spokespersons_have_their_speaker(text: str, content: str, speaker: str | None) -> None:
    assert {s for _, s, _, c in rows(text) if c == content} == {speaker}


def test_the_same_report_gives_the_same_ids() -> None:
    text = "“We will sign,” Ana Duval said. “We will sign,” Ana Duval said."
    ids = [a.id for a in attributions(text).attributions]
    assert ids == [a.id for a in attributions(text).attributions]
    assert len(ids) == len(set(ids))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["Ana Duval", "he", "said", "that", "“", "”", '"', ",", ".", "\n", "the army left", "if", "according to", "not"]), max_size=25))  # fmt: skip
def test_attributions_of_any_text_lie_in_it_and_keep_source_cue_and_content_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for a in attributions(text).attributions:
        spans = [*(a.source or ()), *(a.cue or ()), *a.content]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert not any(s.touches(c) for s in (*(a.source or ()), *(a.cue or ())) for c in a.content)
