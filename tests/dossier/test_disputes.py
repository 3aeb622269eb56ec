"""Disputes by kind, and what only looks like one, on whole reports."""

from __future__ import annotations

import pytest

from trucebook.api import read_text, reconcile

PUBLISHED = "2031-05-07"


def findings(*texts: str) -> tuple[tuple[str, str | None], ...]:
    readings = [read_text(t, id=f"r{i}", published=PUBLISHED) for i, t in enumerate(texts)]
    return tuple((f.standing, f.kind) for f in reconcile(readings).findings if f.standing != "single")


DISPUTES = {
    "condition against at once": (
        "Norway has agreed to resume fuel deliveries to Iceland, contingent on Denmark signing the truce.",
        "Norway will immediately resume fuel deliveries to Iceland, its government said on Tuesday.",
        "condition",
    ),
    "permanent against initial": (
        "Norway has reached permanent agreements with Iceland and Denmark on fishing rights.",
        "Norway has reached initial agreements with Iceland and Denmark on fishing rights.",
        "status",
    ),
    "a decision put off against the thing": (
        "Norway delayed a decision to impose fuel levies on Iceland and Denmark for thirty days.",
        "Norway delayed the fuel levies on Iceland and Denmark for thirty days.",
        "status",
    ),
    "did and did not": (
        "Border changes were not discussed during the meeting of Norway and Iceland in Oslo.",
        "Border changes were discussed during the meeting of Norway and Iceland in Oslo.",
        "polarity",
    ),
}


DISPUTES |= {
    "the whole and only a part": ("The truce covers the whole country.", "The truce covers only the north.", "value"),
    "the entire city and only the harbour": (
        "The curfew of the mayor applies to the entire city.",
        "The curfew of the mayor applies only to the harbour.",
        "value",
    ),
    "all and some": (
        "All the prisoners were released by Norway on Friday.",
        "Some of the prisoners were released by Norway on Friday.",
        "value",
    ),
    "every and most": (
        "Every village in Lapland was evacuated.",
        "Most villages in Lapland were evacuated.",
        "value",
    ),
    "two who led one delegation": (
        "Anna Berg led the Norwegian delegation.",
        "The Norwegian delegation was led by Lars Holm.",
        "actor",
    ),
    "two who hosted one meeting": (
        "Denmark hosted the talks of Norway and Iceland on Friday.",
        "Sweden hosted the talks of Norway and Iceland on Friday.",
        "actor",
    ),
    "two shares of one whole": (
        "Canada supplied 40 percent of Norway's timber, the ministry of Norway said.",
        "Canada supplied 25 percent of Norway's timber, the ministry of Norway said.",
        "value",
    ),
    "two sums of one body": (
        "Norway gave $24 million to the relief fund of Iceland.",
        "Norway gave $106 million to the relief fund of Iceland.",
        "value",
    ),
    "two numbers of people": (
        "Ten people drowned off Bodo when the boat sank.",
        "Fourteen people drowned off Bodo when the boat sank.",
        "value",
    ),
    "accepted and rejected": (
        "Norway accepted the truce proposed by Iceland.",
        "Norway rejected the truce proposed by Iceland.",
        "polarity",
    ),
    "done and still to come on one day": (
        "Norway has resumed military aid to Sweden.",
        "Norway will resume military aid to Sweden next week.",
        "status",
    ),
    "two days of the week": ("The truce takes effect on Monday.", "The truce takes effect on Thursday.", "time"),
    "two places of one meeting": (
        "The peace talks will be held in Geneva on Friday.",
        "The peace talks will be held in Vienna on Friday.",
        "place",
    ),
    "two who did it first": (
        "Norway broke the ceasefire first, firing on Bodo on Sunday.",
        "Sweden broke the ceasefire first, firing on Bodo on Sunday.",
        "actor",
    ),
    "once the other does, and at once": (
        "Norway will lift the blockade of the port immediately, without conditions.",
        "Norway will lift the blockade of the port once Sweden withdraws.",
        "condition",
    ),
}


@pytest.mark.parametrize(("first", "second", "kind"), DISPUTES.values(), ids=DISPUTES.keys())
def test_a_dispute_is_found_and_named(first: str, second: str, kind: str) -> None:
    assert ("disputed", kind) in findings(first, second)
    assert ("disputed", kind) in findings(second, first)


NO_DISPUTES = {
    "a link denied and a link of two shores": (
        "The bridge linking Oslo with Denmark was damaged on Monday by what Norway called a Danish drone attack.",
        "Iceland denied that its move was linked to an attack on the Oslo bridge.",
    ),
    "not known if": (
        "The sand of Lapland can glow in the dark.",
        "I do not know if the sand of Lapland can glow in the dark, Berg said.",
    ),
    "asked to disavow": (
        "Holm asked the northern leaders for more money.",
        "Berg has asked the northern leaders to disavow Holm.",
    ),
    "two groups": (
        "Officials counted voters who had previously taken part in the northern caucuses.",
        "Officials counted voters who had not taken part in the northern caucuses.",
    ),
    "weighed for good and given for a while": (
        "Norway was considering whether to permanently exempt Iceland and Denmark from the fuel levies.",
        "Norway has granted temporary exemptions from the fuel levies to Iceland and Denmark.",
    ),
    "whether it is so": (
        "Voters ask whether the young governor has the experience to lead Norway.",
        "The young governor does not have the experience to lead Norway.",
    ),
    "won the one and not the other": (
        "Berg has won the vote in the largest towns.",
        "Berg has failed to win separate contests for seats in the council.",
    ),
    "shares of two parties' voters": (
        "Norway's Anna Berg has the support of 27 percent of likely voters.",
        "Denmark's Lars Holm has the support of 52 percent of likely voters.",
    ),
    "margins of error": (
        "The margin of error of the poll in Norway is 4.5 percentage points.",
        "The poll in Norway has a margin of error of 6 percentage points.",
    ),
    "most of two things": (
        "Norway has won the most contests in the islands so far.",
        "Sweden won most contests in the islands on Sunday.",
    ),
    "two who did other things first": (
        "Norway crossed the northern line first, on Sunday.",
        "Sweden crossed the river of the southern valley first, on Sunday.",
    ),
    "two first shots": ("Norway fired the first shot in Bodo.", "Sweden fired the first shell in Kiruna."),
    "two who first said no": ("Norway at first refused the truce.", "Sweden at first refused the truce."),
    "not ready, in quotation marks": (
        "Berg said he was “not ready” to support the northern accord.",
        "Berg said he is not ready to support the northern accord.",
    ),
    "only tried": (
        "Norway was trying to sign the accord with Iceland.",
        "Norway did not sign the accord with Iceland.",
    ),
    "not for some days": (
        "Berg sent a letter to the voters of Norway.",
        "Berg has not sent a letter to the voters of Norway in six days.",
    ),
    "a decision among other words": (
        "Berg questioned the judgment of Holm over the war and her decision to take money from Iceland.",
        "Berg questioned the judgment of Holm over the war.",
    ),
    "will have won by then": (
        "With his win in Lapland, Berg has won six of the past seven contests.",
        "With his win in Lapland, Berg will have won six of the past seven contests.",
    ),
    "other people": (
        "Ten other people drowned off Bodo when the boat sank.",
        "Eleven people drowned off Bodo when the boat sank.",
    ),
    "six were also killed": (
        "Dozens of people were killed in the raid on Bodo.",
        "Six people were also killed in the raid on Bodo.",
    ),
    "shares of two groups": (
        "In Norway, 84 percent of northern farmers reject the accord with Iceland.",
        "In Norway, 91 percent of southern fishermen reject the accord with Iceland.",
    ),
    "shares in two polls": (
        "Berg is backed by 46 percent of Norway in a poll by the Halden institute.",
        "Berg is backed by 52 percent of Norway in a survey by the Kess institute.",
    ),
    "profits of two houses": (
        "Halden Bank's insurance division posted a profit of $24 million.",
        "Kess Mutual's insurance division posted a profit of $106 million.",
    ),
    "won in two places": (
        "Anna Berg won the primary in Lapland on May 5.",
        "Anna Berg won the primary in Jutland on May 3.",
    ),
    "a letter and a letter": (
        "Berg sent a letter to the northern voters on May 5.",
        "Berg sent a letter to the northern voters on May 3.",
    ),
    "if he does not, twice": (
        "Anna Berg said that Holm should resign if he does not.",
        "Anna Berg said that if he doesn't, Holm should resign.",
    ),
    "the whole of one and a part of another": (
        "The truce covers the whole country.",
        "The curfew covers only the north.",
    ),
    "a part, and not only that": ("The truce covers the whole country.", "The truce covers the north."),
    "a part at first": ("The truce covered the whole country.", "The truce at first covered only the north."),
    "a part now and all to come": ("The truce will cover the whole country.", "The truce covers only the north."),
    "all and some of others": (
        "All the prisoners were released by Norway.",
        "Some of the hostages were released by Norway.",
    ),
    "all here and some there": ("All the soldiers left Bodo.", "Some of the soldiers left Kiruna."),
    "not all and some": ("Not all the prisoners were released.", "Some of the prisoners were released."),
    "some left with all": ("All the guards left the camp.", "Some prisoners left the camp with all the guards."),
    "two who led two delegations": (
        "Anna Berg led the Norwegian delegation.",
        "Lars Holm led the Swedish delegation.",
    ),
    "two who led a delegation each": ("Anna Berg led the delegation.", "Lars Holm led the delegation."),
    "two who led together": (
        "Anna Berg and Lars Holm led the Norwegian delegation.",
        "Lars Holm led the Norwegian delegation.",
    ),
    "led with another": (
        "Anna Berg led the Norwegian delegation.",
        "Lars Holm led the Norwegian delegation together with others.",
    ),
    "first led by another": (
        "Anna Berg led the Norwegian delegation.",
        "Lars Holm initially led the Norwegian delegation.",
    ),
    "hosted on two days": (
        "Denmark hosted the talks of Norway and Iceland on Friday.",
        "Sweden hosted the talks of Norway and Iceland on Monday.",
    ),
    "a leader and his state": (
        "Norway led the northern delegation to Iceland.",
        "Anna Berg led the northern delegation to Iceland.",
    ),
    "two who signed one deal": (
        "Norway signed the accord of Oslo on Friday.",
        "Sweden signed the accord of Oslo on Friday.",
    ),
    "two who answer differently": (
        "Norway accepted the truce proposed by Iceland.",
        "Sweden rejected the truce proposed by Iceland.",
    ),
    "did not reject": (
        "Norway accepted the truce proposed by Iceland.",
        "Norway did not reject the truce proposed by Iceland.",
    ),
    "two meetings": ("The envoys met in Oslo on Monday.", "The envoys will meet in Bergen on Friday."),
    "midnight between two days": ("The truce takes effect on Monday.", "The truce takes effect on Tuesday."),
    "a place in a place": (
        "The peace talks will be held in Kiruna, in Lapland.",
        "The peace talks will be held in Lapland.",
    ),
    "another who did it not": (
        "Warplanes crossed the line in February.",
        "No bus has crossed the line since the winter.",
    ),
    "no longer and not any more": (
        "Norway no longer needs to buy fuel from Iceland, the minister said.",
        "It is not necessary for Norway to buy fuel from Iceland any more, the minister said.",
    ),
    "a condition left out": (
        "Norway has agreed to resume fuel deliveries to Iceland, contingent on Denmark signing the truce.",
        "Norway has agreed to resume fuel deliveries to Iceland.",
    ),
    "the same condition in other words": (
        "The truce will take effect if Norway agrees to it.",
        "The truce will take effect immediately, provided Norway agrees to it.",
    ),
    "what two people each make it depend on": (
        "Anna Berg said that Norway would close the harbour to the fishing fleet if the levies stayed.",
        "Lars Holm said that Norway would close the harbour to the fishing fleet if Iceland lost its exemption.",
    ),
    "two reports with a condition each": (
        "Norway would close the harbour to the whole fishing fleet if the levies stayed.",
        "Norway would close the harbour to the whole fishing fleet if Iceland lost its exemption.",
    ),
    "can't and does": (
        "Icelandic fishermen are held in the harbour of Oslo by Norway.",
        "Icelandic fishermen can't be held in the harbour of Oslo by Norway for long.",
    ),
    "a day named by its weekday": (
        "Norway and Iceland will meet in Oslo on Friday.",
        "Norway and Iceland will meet in Oslo next Friday.",
    ),
    "an end and a day of telling": (
        "Norway delayed the fuel levies on Iceland until June 1.",
        "Norway delayed the fuel levies on Iceland on May 6.",
    ),
}


@pytest.mark.parametrize("texts", NO_DISPUTES.values(), ids=NO_DISPUTES.keys())
def test_what_looks_like_a_dispute_is_none(texts: tuple[str, str]) -> None:
    assert not [f for f in findings(*texts) if f[0] == "disputed"]


def test_a_day_within_a_month_is_a_lookalike_with_its_reason() -> None:
    texts = (
        "Norway imposed levies on Danish fuel on March 8, 2031, and Iceland protested.",
        "Norway imposed levies on Danish fuel in March 2031, and Iceland protested.",
    )
    readings = [read_text(t, id=f"r{i}", published=PUBLISHED) for i, t in enumerate(texts)]
    found = reconcile(readings).lookalikes
    assert [(x.kind, x.reason) for x in found] == [("time", "precision")]


def test_a_denial_in_one_report_has_two_parties() -> None:
    text = (
        "Norway accused Danish lawyers of coaching the fishermen before the hearing.\n\n"
        "Danish lawyers denied any coaching of the fishermen before the hearing."
    )
    readings = [read_text(text, id="r0", published=PUBLISHED)]
    found = [f for f in reconcile(readings).findings if f.standing == "disputed"]
    assert [(f.kind, f.level) for f in found] == [("polarity", "parties")]


def test_a_denied_link_is_no_dispute_with_what_links_two_places() -> None:
    texts = (
        "Iceland denied that its decision was linked to an attack on the bridge of Oslo.",
        "The bridge linking Oslo with Denmark was damaged on Monday by what Norway called an attack.",
    )
    assert not [f for f in findings(*texts) if f[0] == "disputed"]


def test_one_utterance_in_two_mouths_is_a_dispute_over_the_speaker() -> None:
    words = "“Depending on the weather at the pass, the convoys may need to wait in the valley for another day,”"
    texts = (f"{words} said Anna Berg, the governor.", f"{words} said Lars Holm, the head of police.")
    assert ("disputed", "speaker") in findings(*texts)


def test_a_quotation_in_other_words_is_a_dispute_over_the_wording() -> None:
    texts = (
        "“The northern harbour has completed its mission for the whole fleet,” Anna Berg said.",
        "“The northern harbour has finished its duty for the whole fleet,” Anna Berg said.",
    )
    assert ("disputed", "wording") in findings(*texts)


def test_a_quotation_that_is_only_cut_is_no_dispute() -> None:
    texts = (
        "“The northern harbour has completed its mission for the whole fleet and its crews,” Anna Berg said.",
        "“The northern harbour has completed its mission for the whole fleet,” Anna Berg said.",
    )
    assert not [f for f in findings(*texts) if f[0] == "disputed"]


def test_the_same_condition_in_several_reports_is_a_fact() -> None:
    texts = (
        "The truce will begin on Monday, contingent on Norwegian consent to the plan.",
        "The ceasefire begins next week, provided Norway agrees to it.",
    )
    readings = [read_text(t, id=f"r{i}", published=PUBLISHED) for i, t in enumerate(texts)]
    told = [f for f in reconcile(readings).findings if f.standing == "corroborated"]
    assert any("Norway" in f.why and f.conditions for f in told)


def test_opposite_conditions_are_no_fact() -> None:
    texts = ("The truce will begin if Norway accepts the plan.", "The fighting goes on if Norway rejects the plan.")
    readings = [read_text(t, id=f"r{i}", published=PUBLISHED) for i, t in enumerate(texts)]
    assert not [f for f in reconcile(readings).findings if f.standing == "corroborated" and "condition" in f.why]


APART = {
    "the first and the third": (
        "It was the first meeting of the leaders of Norway and Iceland in Oslo.",
        "It was the third meeting of the leaders of Norway and Iceland in Oslo.",
    ),
    "whether they will and that they will": (
        "The leaders of Norway and Iceland will decide whether to close the harbour of Oslo to the fleet.",
        "The leaders of Norway and Iceland will close the harbour of Oslo to the fleet.",
    ),
    "asked of somebody and done": (
        "Norway was under pressure from Denmark to release the fishermen of Iceland from the prison in Oslo.",
        "Norway released the fishermen of Iceland from the prison in Oslo.",
    ),
    "asked of somebody by another and done": (
        "The governor of Oslo had been asked by the court to open the archive of the harbour.",
        "The governor of Oslo opened the archive of the harbour.",
    ),
    "here and elsewhere": (
        "The storm injured many sailors in the harbour of Oslo in Norway.",
        "The storm injured many sailors elsewhere in Norway.",
    ),
}


@pytest.mark.parametrize(("first", "second"), APART.values(), ids=APART.keys())
def test_things_that_are_alike_and_two_are_no_fact(first: str, second: str) -> None:
    assert "corroborated" not in {standing for standing, _ in findings(first, second)}


SET_ASIDE = (
    "Norway's foreign minister, Anna Berg, said on Monday that Iceland no longer insisted on closing the harbour. "
    "But Icelandic officials dismissed the remarks, saying that the harbour was never on the table."
)


def test_remarks_that_another_party_sets_aside_are_a_dispute_of_parties() -> None:
    found = [
        f for f in reconcile([read_text(SET_ASIDE, id="r0", published=PUBLISHED)]).findings if f.kind == "polarity"
    ]
    assert [(f.level, [p.value for p in f.positions]) for f in found] == [("parties", ["said", "set aside"])]
    assert "no longer insisted" in found[0].statement


NOT_SET_ASIDE = {
    "not dismissed": SET_ASIDE.replace("dismissed the remarks", "did not dismiss the remarks"),
    "another thing": SET_ASIDE.replace("dismissed the remarks", "dismissed the remarks of the fishermen"),
    "nothing was said before": SET_ASIDE.split(". ", 1)[1],
}


@pytest.mark.parametrize("text", NOT_SET_ASIDE.values(), ids=NOT_SET_ASIDE.keys())
def test_what_is_not_set_aside_is_no_dispute(text: str) -> None:
    found = reconcile([read_text(text, id="r0", published=PUBLISHED)]).findings
    assert not [f for f in found if f.standing == "disputed"]


TWO_FACTS = {
    "done and still to come": (
        "Norway has resumed military aid to Sweden.",
        "Norway will resume military aid to Sweden.",
    ),
    "two places": ("The envoys met in Oslo.", "The envoys met in Bergen."),
    "two days": ("The envoys met in Oslo on Monday.", "The envoys met in Oslo on Thursday."),
    "awaited and given": ("The truce plan awaits Norway's answer.", "Norway has answered the truce plan cautiously."),
    "two rounds": ("The talks were held in Geneva last month.", "The talks will be held in Geneva on Friday."),
}


@pytest.mark.parametrize(("first", "second"), TWO_FACTS.values(), ids=TWO_FACTS.keys())
def test_what_lies_apart_in_time_or_place_is_not_one_fact(first: str, second: str) -> None:
    assert ("corroborated", None) not in findings(first, second)


def test_what_is_agreed_to_is_not_done_before_it_is_to_come() -> None:
    texts = ("Norway has agreed to suspend all nuclear tests.", "Norway will suspend its nuclear tests.")
    assert findings(*texts) == (("corroborated", None),)


def told_on(first: tuple[str, str], second: tuple[str, str]) -> set[tuple[str, str | None]]:
    """Findings and look-alikes of two texts, each published on a day of its own."""
    readings = [read_text(text, id=f"r{i}", published=day) for i, (text, day) in enumerate((first, second))]
    dossier = reconcile(readings)
    told = {(f.standing, f.kind) for f in dossier.findings if f.standing != "single"}
    return told | {("lookalike", look.reason) for look in dossier.lookalikes}


NOT_YET = "Norway has not endorsed the northern accord of Iceland."
DONE = "Norway has endorsed the northern accord of Iceland."


def test_what_was_not_done_and_then_was_is_news() -> None:
    told = told_on((NOT_YET, "2031-05-04"), (DONE, "2031-05-07"))
    assert ("disputed", "polarity") not in told
    assert ("lookalike", "later update") in told


@pytest.mark.parametrize(
    "days", [("2031-05-07", "2031-05-07"), ("2031-05-07", "2031-05-04")], ids=["one day", "undone"]
)
def test_what_was_done_and_then_was_not_is_a_dispute(days: tuple[str, str]) -> None:
    assert ("disputed", "polarity") in told_on((NOT_YET, days[0]), (DONE, days[1]))


def test_ceremonies_weeks_apart_are_two() -> None:
    one, other = (
        "The accord was signed in Oslo by Norway and Iceland.",
        "The accord was signed in Bergen by Norway and Iceland.",
    )
    assert ("disputed", "place") in told_on((one, "2031-05-04"), (other, "2031-05-05"))
    assert ("disputed", "place") not in told_on((one, "2031-05-04"), (other, "2031-05-20"))
