from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest

from trucebook.agreement.check import Guidance, Problem, check
from trucebook.agreement.entries import AgreementClass, ProvisionType
from trucebook.agreement.file import parse_agreement
from trucebook.lexicons import load

EXAMPLE = Path(__file__).parents[2] / "examples" / "velonia.toml"
HEAD = 'format = 1\nid = "x"\nclass = "cessation_of_hostilities"\n'
PARTIES = '[[parties]]\nname = "V"\n[[parties]]\nname = "T"\naliases = ["Kalinsk"]\n'
PAIR = """
[[commitments]]
id = "a"
debtor = ["V"]
creditor = ["T"]
does = "stop"
by = "2024-06-01"
if = {a}
[[commitments]]
id = "b"
debtor = ["T"]
creditor = ["V"]
does = "stop"
by = "2024-06-01"
if = {b}
"""


def problems(text: str, *, head: str = HEAD + PARTIES) -> list[Problem]:
    return list(check(parse_agreement((head + text).encode(), "x")))


def one(more: str = 'by = "2024-06-01"', debtor: str = "V", made: str = "2024-05-01") -> str:
    return (
        f'[[commitments]]\nid = "c"\ndebtor = ["{debtor}"]\ncreditor = ["T"]\ndoes = "leave"\nmade = "{made}"\n{more}\n'
    )


def pair(a: str, b: str) -> str:
    return PAIR.replace("{a}", a).replace("{b}", b)


@pytest.mark.parametrize(
    ("text", "severity", "place", "reason"),
    [
        (one(debtor="S"), "error", "commitments.c", "nobody is called 'S'"),
        (one('if = { actor = "S", act = "leave" }\nby = "2024-06-01"'), "error", "commitments.c", "nobody is called 'S'"),
        ('[[events]]\nid = "e"\nact = "meet"\nactor = ["S"]', "error", "events.e", "nobody is called 'S'"),
        ('[[provisions]]\nid = "p"\ntype = "monitoring"\nbinds = ["S"]', "error", "provisions.p", "nobody is called 'S'"),
        (one() + one(), "error", "commitments", "'c' stands there twice"),
        ('[[events]]\nid = "e"\npower = "suspend"\ncommitment = "d"', "error", "events.e", "there is no commitment 'd'"),
        (one('if = { with = "d" }\nby = "2024-06-01"'), "error", "commitments.c", "there is no commitment 'd'"),
        (one('if = { commitment = "d" }\nby = "2024-06-01"'), "error", "commitments.c", "there is no commitment 'd'"),
        (one('by = "2024-06-01"\nsource = "wire"'), "error", "commitments.c", "there is no source 'wire'"),
        (one('by = "2024-06-01"\nprovision = "p"'), "error", "commitments.c", "there is no provision 'p'"),
        (one('if = { actor = "T", act = "leave", by = "2024-04-01" }\nby = "2024-06-01"'), "error", "commitments.c", "its condition cannot hold"),
        (one('if = { any = [] }\nby = "2024-06-01"'), "error", "commitments.c", "any of nothing never holds"),
        (one(""), "warning", "commitments.c", "has no deadline, so that time alone can never show it broken"),
        (one('by = "2024-06-01"\nconsequent = { actor = "T", act = "leave" }'), "warning", "commitments.c", "is to be done by T, who does not owe it"),
        (pair('{ actor = "T", act = "stop" }', '{ actor = "V", act = "stop" }'), "warning", "commitments.a", "a, b wait for each other, so that none can go first"),
        (pair('{ actor = "V", act = "stop" }', '{ act = "rain" }'), "warning", "commitments.a", "waits for itself"),
        (pair('{ commitment = "b" }', '{ commitment = "a" }'), "warning", "commitments.a", "a, b wait for each other, so that none can go first"),
        ('[dates]\nsigned = "2024-05-18"\neffective = "2024-05-17"', "warning", "dates.effective", "effective (2024-05-17) lies before signed (2024-05-18)"),
        ('[dates]\neffective = "2024-05-20"\nends = "2024-05-19"', "error", "dates.ends", "ends (2024-05-19) lies before effective (2024-05-20)"),
        ('[dates]\neffective = "2024-05-20"\nduration = "P21D"\nends = "2024-06-20"', "warning", "dates.ends", "P21D from 2024-05-20 does not end at 2024-06-20"),
        ('[[provisions]]\nid = "p"\ntype = "prohibited_act"', "note", "provisions.p", "forbids something and does not say what"),
        ("", "note", "provisions", "nothing says where it holds (geographic_scope)"),
    ],
)  # fmt: skip
def test_problems(text: str, severity: str, place: str, reason: str) -> None:
    found = problems(text)
    assert (severity, place, reason) in [
        (p.severity, p.place, p.reason if len(p.reason) < 60 else p.reason[: len(reason)]) for p in found
    ]
    assert all(p.remedy for p in found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(one(), id="a-dated-commitment"),
        pytest.param(one('within = "P2D"\nif = { actor = "Kalinsk", act = "leave" }'), id="an-alias-is-known"),
        pytest.param(pair('{ with = "b" }', '{ with = "a" }'), id="together-is-no-circle"),
        pytest.param(pair('{ actor = "T", act = "stop" }', '{ act = "rain" }'), id="one-goes-first"),
        pytest.param('[dates]\nsigned = "2024-05-18"\neffective = "2024-05-18"', id="effective-the-same-day"),
        pytest.param('[dates]\nsigned = "2024-05"\neffective = "2024-05-20"', id="within-an-uncertain-month"),
        pytest.param(
            '[dates]\neffective = "2024-05-20T00:00"\nduration = "P21D"\nends = "2024-06-09"', id="the-reckoning-fits"
        ),
    ],
)
def test_no_problem(text: str) -> None:
    assert [p for p in problems(text) if p.severity != "note"] == []


def test_errors_come_first() -> None:
    severities = [p.severity for p in problems(one("", debtor="S"))]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert len(set(severities)) == 3


def test_a_preliminary_ceasefire_has_somebody_to_watch_over_it() -> None:
    head = HEAD.replace("cessation_of_hostilities", "preliminary") + PARTIES
    assert [p.place for p in problems("", head=head) if p.severity == "warning"] == ["class"]
    assert [
        p.place for p in problems('[[provisions]]\nid = "p"\ntype = "monitoring"', head=head) if p.severity == "warning"
    ] == []


def test_the_less_an_agreement_claims_to_be_the_less_is_missed() -> None:
    counts = [
        len(problems("", head=HEAD.replace("cessation_of_hostilities", name) + PARTIES))
        for name in get_args(AgreementClass)
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_the_example_has_no_errors() -> None:
    found = check(parse_agreement(EXAMPLE.read_bytes(), EXAMPLE.name))
    assert [p.place for p in found if p.severity != "note"] == ["commitments.observers"]


def test_the_guidance_has_every_type_once() -> None:
    provisions = load("provisions.toml", Guidance).provisions
    assert [p.type for p in provisions] == list(get_args(ProvisionType))
    assert all(p.expected_in and p.settles for p in provisions)
    assert set(itertools.chain.from_iterable(p.expected_in for p in provisions)) == set(get_args(AgreementClass))
