"""The picture of the moves: everything told is in it once, nothing covers anything, and nothing is made more precise."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trucebook
from trucebook.agreement.gather.told import Told
from trucebook.reading.model import Move
from trucebook.render.html import render_html
from trucebook.render.lanes import SIGNS, Picture, lanes
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier
    from trucebook.reading.model import Act, MoveStatus

DAY = "2031-05-07"


def told(
    party: str = "Norway", act: Act = "propose", *, status: MoveStatus = "done", time: str | None = None, report: str = "r0",
    number: int = 0,
) -> Told:  # fmt: skip
    move = Move(
        span=Span(number * 10, number * 10 + 9), trigger=Span(number * 10, number * 10 + 1), actors=(party,),
        parties=(party,), act=act, recipients=(), object=None, condition=None, status=status, time=time, plover=None,
        attribution=None,
    )  # fmt: skip
    return Told(
        report=report, move=move, actors=(party,), parties=(party,), recipients=(), sides=frozenset({party}), about=(),
        object="", words=f"{party} {act}", trigger=act, learnt=None,
    )  # fmt: skip


def picture(*moves: Told, as_of: str | None = DAY) -> Picture:
    found = lanes(moves, as_of)
    assert found is not None
    return found


TIMES = st.sampled_from([None, "2022-02-24", "2031", "2031-05", "2031-W19", "2031-05-06", "2031-05-07T10:00",
                         "2031-05-09", "2031-05-12", "2031-06", "2032", "FUTURE_REF", "P3D"])  # fmt: skip
MOVES = st.lists(
    st.builds(told, st.sampled_from([f"Party {n}" for n in range(12)]), st.sampled_from(["propose", "accept_if", "ask_clarification"]),
              status=st.sampled_from(sorted(SIGNS)), time=TIMES, report=st.sampled_from(["r0", "r1"])),
    min_size=1, max_size=60,
)  # fmt: skip


@given(MOVES, st.sampled_from([DAY, None]))
def test_no_chip_covers_another_or_leaves_its_lane_and_every_move_is_in_one(
    moves: list[Told], as_of: str | None
) -> None:
    found = picture(*moves, as_of=as_of)
    boxes = [(c.x, c.y, c.x + c.width, c.y + c.height) for c in found.chips]
    for a, b in itertools.combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert all(x >= 0 and right <= found.width and bottom <= found.height for x, _, right, bottom in boxes)
    for _, y, _, bottom in boxes:
        assert any(lane.y < y and bottom < lane.y + lane.height for lane in found.lanes)
    assert sorted(c.mark for c in found.chips) == sorted(e.mark for e in found.entries)
    shown = {(e.who, e.act) for e in found.entries}
    words = {"propose": "propose", "accept_if": "accept, if", "ask_clarification": "ask more"}
    assert shown == {(m.parties[0], words[m.move.act]) for m in moves}


@given(MOVES)
def test_the_order_in_which_moves_are_told_draws_the_same_columns(moves: list[Told]) -> None:
    assert picture(*moves).columns == picture(*reversed(moves)).columns


@pytest.mark.parametrize(
    ("status", "time", "column", "text"),
    [
        ("done", "2031-05-06", "Tue 6 May 2031", "propose"),
        ("done", "2031-05-06TNI", "Tue 6 May 2031", "propose"),
        ("done", None, "done, no day told", "propose"),
        ("planned", "2031-05-09", "Fri 9 May 2031", "→ propose"),
        ("conditional", None, "to come, no day told", "if: propose"),
        ("denied", None, "done, no day told", "✗ propose"),
        ("done", "2031-05", "May 2031", "propose"),
    ],
)
def test_a_chip_says_how_it_stands_and_is_no_more_precise_than_its_words(
    status: MoveStatus, time: str | None, column: str, text: str
) -> None:
    found = picture(told(status=status, time=time))
    assert [" ".join(c.lines) for c in found.columns] == [column]
    assert [c.text for c in found.chips] == [text]
    assert found.entries[0].when == column


def test_reports_that_tell_the_same_are_counted_on_one_chip() -> None:
    found = picture(told(report="r0"), told(report="r1"), told(report="r1", number=3))
    assert [c.text for c in found.chips] == ["propose ×2"]
    assert len(found.entries[0].places) == 3


def test_what_is_only_possible_is_not_drawn() -> None:
    assert lanes([told(status="possible")], DAY) is None


def test_many_parties_share_a_lane_that_names_them() -> None:
    found = picture(*(told(f"Party {n}", number=n) for n in range(9)))
    assert [lane.name for lane in found.lanes][-1] == "Others"
    assert {c.title.split(":")[0] for c in found.chips} == {f"Party {n}" for n in range(9)}


def test_exchanging_the_parties_exchanges_their_names_alone() -> None:
    def drawn(one: str, other: str) -> Picture:
        return picture(told(one), told(other, "refuse"), told(other, status="denied"))

    swap = {"Norway": "Sweden", "Sweden": "Norway"}
    plain, exchanged = drawn("Norway", "Sweden"), drawn("Sweden", "Norway")
    assert [lane._replace(name="", lines=()) for lane in plain.lanes] == [
        lane._replace(name="", lines=()) for lane in exchanged.lanes
    ]
    assert [swap[lane.name] for lane in plain.lanes] == [lane.name for lane in exchanged.lanes]


def case(text: str) -> Dossier:
    return trucebook.reconcile([trucebook.read_text(text, id="r", published=DAY)])


def test_the_drawing_is_sound_has_no_script_and_leads_to_the_words() -> None:
    page = render_html(case("Norway proposed a 60-day truce to Denmark. Sweden accepted the truce if Denmark leaves."))
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    days = ElementTree.fromstring(drawings[-1])  # noqa: S314  our own
    assert days.find("title") is not None
    assert days.find("desc") is not None
    chips = days.findall("a")
    assert chips
    for chip in chips:
        assert f'<tr id="{chip.attrib["href"][1:]}"' in page
        assert chip.find("title") is not None
    assert "<script" not in page


def test_reports_that_differ_on_a_condition_are_told_apart_by_words() -> None:
    readings = [
        trucebook.read_text(text, id=f"r{number}", published=DAY)
        for number, text in enumerate((
            "Norway promised to restore fuel supplies to Sweden if Denmark accepts the truce.",
            "Norway promised to restore fuel supplies to Sweden.",
        ))
    ]  # fmt: skip
    page = render_html(trucebook.reconcile(readings))
    assert "≠ the reports differ on the condition" in page
    assert "told without a condition" in page
