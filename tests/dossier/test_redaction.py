"""A dossier without names: none is left, every span shows the words that it showed, and nothing leads back."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from trucebook import read_text, reconcile
from trucebook.dossier.judgement import Anchor, Judged, Judgement, Subject
from trucebook.dossier.redaction import _Text, redact
from trucebook.render.contract import brief_object
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier

KEY = b"0123456789abcdef"
ONE = (
    "Foreign Minister Anna Berg arrived on Monday. “They came at night,” said Petra Lund, a farmer from Esme. "
    "Lund’s barn was burnt. PETRA LUND hid with Rose Field, a teacher, whose garden has a rose. Field said nothing."
)
TWO = "Petra Lund, a farmer, told reporters: “They came at night and took the grain.” At least 18 people were hurt."


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    readings = [
        msgspec.structs.replace(
            r, report=msgspec.structs.replace(r.report, path=f"/home/ida/{r.report.id}.txt", url=url)
        )
        for r, url in (
            (
                read_text(ONE, id="one", published="2031-05-07", outlet="The Quay"),
                "https://quay.example/petra-lund-hid",
            ),
            (read_text(TWO, id="lund-interview", published="2031-05-08"), "https://mill.example/2"),
            (read_text("The foreign minister, Anna Berg, met envoys.", id="three", published="2031-05-08"), None),
        )
    ]
    made = reconcile(readings)
    anchor = Anchor(
        report="one", text="0" * 64, span=Span(ONE.index("Petra"), ONE.index("Petra") + 10), words="Petra Lund"
    )
    judgement = Judgement(
        id="j1", subject=Subject(kind="actor", id="Petra Lund", anchors=(anchor,)), act="note", value="Lund is safe",
        user="Ida Moen", at=datetime.datetime(2031, 5, 9, tzinfo=datetime.UTC), reason="Ida Moen called Petra Lund",
    )  # fmt: skip
    return msgspec.structs.replace(made, judged=(Judged(judgement=judgement, target="Petra Lund", hold="holds"),))


@pytest.fixture(scope="module")
def redacted(dossier: Dossier) -> Dossier:
    return redact(dossier, KEY).dossier


def test_no_name_is_left_anywhere(redacted: Dossier) -> None:
    for told in (json.dumps(brief_object(redacted), ensure_ascii=False), repr(redacted)):
        for name in ("lund", "petra", "Rose", "Moen", "Ida", "/home"):
            assert name not in told.lower() if name.islower() else name not in told


def test_who_is_public_and_what_is_no_name_stays(redacted: Dossier) -> None:
    text = redacted.readings[-1].report.text + " ".join(r.report.text for r in redacted.readings)
    assert "Foreign Minister Anna Berg arrived" in text
    assert "whose garden has a rose" in text
    assert "farmer from Esme" in text


def test_one_person_has_one_mark_in_all_reports(redacted: Dossier) -> None:
    texts = [r.report.text for r in redacted.readings]
    assert sum("[name withheld 1]" in t or "[name withheld 2]" in t for t in texts) == 2
    (one,) = [r.report.text for r in redacted.readings if r.report.outlet]
    mark = one[one.index("said [") + 5 : one.index(", a farmer")]
    assert f"{mark}’s barn was burnt. {mark} hid with" in one
    assert any(t.startswith(f"{mark}, a farmer, told reporters") for t in texts)


def test_every_span_shows_the_words_that_it_showed(dossier: Dossier, redacted: Dossier) -> None:
    for old, new in zip(
        sorted(dossier.readings, key=lambda r: r.report.length),
        sorted(redacted.readings, key=lambda r: r.report.length),
        strict=True,
    ):
        for kind in ("sentences", "quotations", "mentions", "times", "quantities", "moves"):
            for one, other in zip(getattr(old, kind), getattr(new, kind), strict=True):
                assert plain(other.span.of(new.report.text)) == plain(one.span.of(old.report.text))
    for old_f, new_f in zip(dossier.findings, redacted.findings, strict=True):
        for p, q in zip(old_f.positions, new_f.positions, strict=True):
            assert [plain(redacted.words(e)) for e in q.evidence] == [plain(dossier.words(e)) for e in p.evidence]


def plain(words: str) -> str:
    """Words without names, whichever way they are left out."""
    for name in ("Petra Lund", "PETRA LUND", "Rose Field", "Lund", "Field", "[name withheld 1]", "[name withheld 2]"):
        words = words.replace(name, "X")
    return words


def test_checksums_and_ids_from_which_names_could_be_guessed_are_others(dossier: Dossier, redacted: Dossier) -> None:
    shas = {r.report.sha256 for r in redacted.readings}
    assert {r.report.sha256 for r in dossier.readings if "Lund" not in r.report.text} <= shas
    assert not {r.report.sha256 for r in dossier.readings if "Lund" in r.report.text} & shas
    old = {a.id for r in dossier.readings for a in r.attributions if "Lund" in r.report.text}
    assert not old & {a.id for r in redacted.readings for a in r.attributions}
    other = redact(dossier, b"another key of 16").dossier
    assert {r.report.sha256 for r in other.readings} != shas
    assert redact(dossier, KEY).dossier == redacted


def test_who_added_and_judged_is_left_out(redacted: Dossier) -> None:
    (judged,) = redacted.judged
    assert judged.judgement.user == "[analyst withheld 1]"
    assert judged.judgement.reason.startswith("[analyst withheld 1] called [name withheld")
    assert judged.judgement.subject.anchors[0].words.startswith("[name withheld")
    assert judged.target == judged.judgement.subject.id


def test_addresses_that_tell_a_name_are_left_out(redacted: Dossier) -> None:
    assert {r.report.url for r in redacted.readings} == {None, "https://mill.example/2"}
    assert all("lund" not in r.report.id for r in redacted.readings)
    ids = {r.report.id for r in redacted.readings}
    assert all(e.report in ids for f in redacted.findings for p in f.positions for e in p.evidence)


def test_a_person_who_is_named_to_be_kept_is_kept(dossier: Dossier) -> None:
    found = redact(dossier, KEY, keep=["Petra Lund"])
    assert found.persons == redact(dossier, KEY).persons - 1
    assert any("Petra Lund" in r.report.text for r in found.dossier.readings)


def test_where_nobody_is_private_nothing_changes() -> None:
    told = reconcile([read_text("Foreign Minister Anna Berg arrived on Monday.", id="quay", published="2031-05-07")])
    assert redact(told, KEY).dossier.readings[0].report.text == told.readings[0].report.text
    assert redact(told, KEY).persons == 0


@pytest.mark.parametrize(
    ("span", "moved"),
    [
        ((0, 2), (0, 2)),
        ((0, 4), (0, 6)),
        ((3, 5), (3, 6)),
        ((5, 7), (6, 8)),
        ((4, 5), (3, 6)),
        ((3, 3), (3, 3)),
        ((2, 10), (2, 10)),
        ((8, 10), (9, 10)),
    ],
)
def test_places_move_with_their_words(span: tuple[int, int], moved: tuple[int, int]) -> None:
    # "abcXXdefYYg" -> "abc[1]def-g"
    text = _Text("abcXXdefYY", [(Span(3, 5), "[1]"), (Span(8, 10), "-")])
    assert text.text == "abc[1]def-"
    assert text.moved(Span(*span)) == Span(*moved)
