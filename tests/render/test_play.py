from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import trucebook
from trucebook.agreement.file import events, parse_agreement
from trucebook.agreement.gather import state_of_play
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    Condition,
    Happens,
    InState,
    Reached,
    Together,
    Unless,
)
from trucebook.agreement.state import StateOfPlay, play
from trucebook.agreement.suppose import suppose
from trucebook.agreement.when import when
from trucebook.cli import program
from trucebook.render.play import phrase, state_object
from trucebook.render.play_text import play_text, supposed_text
from trucebook.span import Span

EXAMPLE = Path(__file__).parents[2] / "examples" / "velonia.toml"
TOLD = events(parse_agreement(EXAMPLE.read_bytes(), EXAMPLE.name))
NOW = when("2024-05-15").closing
ACT = Happens(act="leave", actor="Tomaria", object="the ridge")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, ["agreement", *map(str, arguments)])


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (ACT, "Tomaria: leave the ridge"),
        (Happens(act="rain", by=when("2024-05-20")), "anybody: rain (by 2024-05-20)"),
        (AllOf(parts=(ACT, Together(commitment="c"))), "Tomaria: leave the ridge; and together with c"),
        (AnyOf(parts=(ACT, Reached(time=when("2024-05-20")))), "Tomaria: leave the ridge; or 2024-05-20 has come"),
        (After(of=ACT, wait="P2D"), "P2D after: Tomaria: leave the ridge"),
        (AsLongAs(of=ACT), "as long as: Tomaria: leave the ridge"),
        (Unless(of=ACT), "unless: Tomaria: leave the ridge"),
        (InState(commitment="c"), "c is fulfilled"),
    ],
)
def test_conditions_in_words(condition: Condition, words: str) -> None:
    assert phrase(condition) == words


def test_the_object_has_what_the_contract_names() -> None:
    state = json.loads(json.dumps(state_object(play(TOLD, NOW))))
    assert {"proposals", "commitments", "positions", "next", "whose_move"} <= set(state)
    (proposal,) = state["proposals"]
    assert proposal["proposer"] == ["Sundria"]
    assert proposal["parties"] == {"Velonia": "accepted_if", "Tomaria": "open"}
    assert (proposal["duration"], proposal["in_force"]) == ("P21D", False)
    for commitment in state["commitments"]:
        assert {
            "id",
            "debtor",
            "creditor",
            "antecedent",
            "consequent",
            "deadline",
            "state",
            "per_source",
            "evidence",
        } <= set(commitment)
        assert all(set(e) >= {"report", "span"} for e in commitment["evidence"])
    assert [(turn["actor"], bool(turn["evidence"])) for turn in state["whose_move"]] == [("Tomaria", True)]
    assert [plan["when"] for plan in state["next"]] == ["2024-05-17", "2024-05-20T00:00", "2024-06-09"]


def test_the_text_says_who_is_to_act_and_why() -> None:
    text = play_text(play(TOLD, NOW))
    assert "Velonia: accepts on a condition" in text
    assert "      if: “if Tomaria withdraws its guns" in text
    assert re.search(
        r"Whose move\n  Tomaria\n    Tomaria is asked and has not answered: the 21-day truce \[daily-sentinel\]", text
    )


def ledger(text: str) -> StateOfPlay:
    head = 'format = 1\nid = "x"\n[[sources]]\nid = "r1"\npublished = 2024-05-14\n[[sources]]\nid = "r2"\npublished = 2024-05-14\n'
    return play(events(parse_agreement((head + text).encode(), "x.toml")), NOW)


PROMISES = """
[[commitments]]
id = "a"
debtor = ["Velonia"]
does = "read the text"
source = "r1"
[[commitments]]
id = "z"
debtor = ["Tomaria"]
creditor = ["Velonia"]
does = "open the port"
if = { act = "rain" }
if_says = "if it rains"
told = [{ source = "r1" }]
[[commitments]]
id = "z"
debtor = ["Tomaria"]
creditor = ["Velonia"]
does = "open the port"
told = [{ source = "r2" }]
[[events]]
id = "e"
act = "meet"
actor = ["Velonia"]
status = "conditional"
if = { act = "rain" }
if_says = "unless it rains"
says = "they will meet"
source = "r1"
[[events]]
id = "w"
act = "welcome"
actor = ["Velonia"]
object = "the spring"
source = "r1"
"""


def test_what_waits_stands_first_and_a_condition_always_with_what_depends_on_it() -> None:
    rows = play_text(ledger(PROMISES)).splitlines()
    assert rows[2:] == [
        "Whose move",
        "  No offer and no condition is told to wait for anybody",
        "  Owing something that is told below: Velonia",
        "",
        "Commitments",
        "  Tomaria to Velonia: open the port: waits for its condition, contested [r1, r2]",
        "    the reports differ on the condition:",
        "      if: “if it rains” [r1]",
        "      without one [r2]",
        "  Told by one report, without a condition, a day or to whom:",
        "    Velonia: read the text [r1]",
        "  None has a deadline: time alone cannot show what is not done",
        "",
        "Next",
        "  No time told:",
        "    Velonia: “they will meet”, if: “unless it rains” [r1]",
        "",
        "Positions",
        "  Not listed, told by one report each (--format json has them): 1",
    ]


def test_words_of_a_report_stand_between_quotation_marks_and_others_do_not() -> None:
    span = Span(0, 40)
    made = ledger(PROMISES.replace('source = "r1"', f'source = "r1"\nspan = [{span.start}, {span.end}]', 1))
    assert "Velonia: “read the text” [r1]" in play_text(made, {"r1": "Velonia promised to read the text again."})
    assert "Velonia: read the text [r1]" in play_text(made, {"r1": "Something else is told in this report now"})


@pytest.mark.parametrize("width", [40, 80])
def test_lines_are_broken_at_the_width_and_nothing_is_lost(width: int) -> None:
    whole, broken = play_text(play(TOLD, NOW)), play_text(play(TOLD, NOW), width=width)
    assert all(len(row) <= width for row in broken.splitlines())
    assert broken.split() == whole.split()


def test_what_an_answer_waits_for_is_not_told_again_as_what_its_giver_would_owe() -> None:
    dossier = trucebook.reconcile([trucebook.read_text(
        "Norway proposed a 60-day truce. Sweden accepted the truce if Denmark accepts it.", id="r", published="2031-05-07"
    )])  # fmt: skip
    denmark = [turn for turn in state_of_play(dossier).whose_move if turn.actor == "Denmark"]
    assert [reason.basis for turn in denmark for reason in turn.reasons].count("condition") == 1


def test_the_text_of_what_would_follow() -> None:
    text = supposed_text(suppose(TOLD, NOW, ["Tomaria refuses"]))
    assert "the 21-day truce: offered -> refused" in text
    assert "no longer Tomaria's move" in text
    assert "nothing would change" in supposed_text(suppose(TOLD, NOW, ["1 hour passes"]))


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_show(form: str) -> None:
    done = run("show", EXAMPLE, "--format", form)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Tomaria is asked and has not answered" in done.stdout


def test_show_as_of_and_according_to() -> None:
    assert "Proposals" not in run("show", EXAMPLE, "--as-of", "2024-05-13").stdout
    alone = run("show", EXAMPLE, "--according-to", "esme-monitor")
    assert "according to esme-monitor" in alone.stdout
    assert "Proposals" not in alone.stdout


def test_show_what_if() -> None:
    done = run(
        "show",
        EXAMPLE,
        "--what-if",
        "Tomaria accepts",
        "--what-if",
        "Tomaria does its part",
        "--what-if",
        "7 days pass",
    )
    assert "hold its fire: conditional -> detached" in done.stdout
    value = json.loads(run("show", EXAMPLE, "--what-if", "Tomaria accepts", "--format", "json").stdout)
    assert {change["subject"] for change in value["changes"]} >= {"proposal", "answer", "turn"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--as-of", "soon"), "'soon' is no time"),
        (("--what-if", "Norda accepts"), "cannot suppose 'Norda accepts'"),
    ],
)
def test_show_refuses_what_it_cannot_read(arguments: tuple[str, ...], told: str) -> None:
    done = run("show", EXAMPLE, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_check_exits_by_the_worst_problem(tmp_path: Path) -> None:
    assert run("check", EXAMPLE).exit_code == 0
    bad = tmp_path / "bad.toml"
    bad.write_text(EXAMPLE.read_text("utf-8").replace('debtor = ["Sundria"]', 'debtor = ["Norda"]'), "utf-8")
    done = run("check", bad)
    assert (done.exit_code, done.stdout.splitlines()[0][:60]) == (
        1,
        "error: commitments.observers: nobody is called 'Norda'; add ",
    )
    assert json.loads(run("check", bad, "--format", "json").stdout)[0]["severity"] == "error"
    assert run("check", tmp_path / "none.toml").exit_code == 2
    bad.write_text("format =", "utf-8")
    broken = run("check", bad)
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert f"{bad}: the text: is no TOML" in broken.stderr
