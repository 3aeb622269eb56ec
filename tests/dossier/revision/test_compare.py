"""What an edit changed in what a report tells: the change, and nothing where nothing of matter changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook import read_text
from trucebook.dossier.revision.compare import compare

if TYPE_CHECKING:
    from trucebook.dossier.revision.model import Revision

REST = " The mills of Esme stood still for a second week, and the market was empty."


def revised(old: str, new: str) -> Revision:
    return compare(*(read_text(text + REST, id="quay", published="2031-05-07") for text in (old, new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "Velonia will accept the pause if Sundria leaves the ridge, Anna Berg said.",
            "Velonia will accept the pause, Anna Berg said.",
            ("condition", "went", "the condition “if Sundria leaves the ridge” was dropped, and the rest stays"),
            id="a-condition-dropped",
        ),
        pytest.param(
            "Velonia will accept the pause, Anna Berg said.",
            "Velonia will accept the pause if Sundria leaves the ridge, Anna Berg said.",
            ("condition", "came", "the condition “if Sundria leaves the ridge” was put in"),
            id="a-condition-put-in",
        ),
        pytest.param(
            "At least 18 people were killed in Esme on Sunday.",
            "At least 20 people were killed in Esme on Sunday.",
            ("number", "changed", "the number was “At least 18 people were killed” and is now “At least 20 people were killed”"),
            id="a-number",
        ),
        pytest.param(
            "At least 18 people were killed in Esme on Sunday.",
            "Exactly 18 people were killed in Esme on Sunday.",
            ("number", "changed", "the number was “At least 18 people were killed” and is now “18 people were killed”"),
            id="a-bound-of-a-number",
        ),
        pytest.param(
            "The northern bridge was reportedly destroyed by the brigade.",
            "The northern bridge was destroyed by the brigade.",
            ("hedge", "went", "the hedge “reportedly” was dropped"),
            id="a-hedge-dropped",
        ),
        pytest.param(
            "The brigade did not leave the ridge on Sunday.",
            "The brigade did leave the ridge on Sunday.",
            ("negation", "went", "the negation “not” was dropped"),
            id="a-negation-dropped",
        ),
        pytest.param(
            "Sundria agreed to open only the northern road for grain.",
            "Sundria agreed to open the northern road for grain.",
            ("limit", "went", "the limit “only” was dropped"),
            id="a-limit-dropped",
        ),
        pytest.param(
            "Sundria claimed that the northern bridge was closed.",
            "Sundria confirmed that the northern bridge was closed.",
            ("stance", "changed", "“claimed” is now “confirmed”: distancing before, endorsing now"),
            id="a-stance",
        ),
        pytest.param(
            "The northern bridge was closed to lorries, Anna Berg said.",
            "The northern bridge was closed to lorries, Olan Thorne said.",
            ("speaker", "changed", "the source was “Anna Berg” and is now “Olan Thorne”"),
            id="a-speaker",
        ),
        pytest.param(
            "The northern bridge was closed to lorries on Sunday, Anna Berg said.",
            "The northern bridge was closed to lorries on Sunday.",
            ("attribution", "went", "“Anna Berg” was dropped, and what was told after this source is now told by the outlet itself"),
            id="a-source-dropped",
        ),
        pytest.param(
            "“The bridge stays open for grain,” Anna Berg told reporters.",
            "“The bridge stays closed for grain,” Anna Berg told reporters.",
            ("quotation", "changed", "words in quotation marks are others now"),
            id="quoted-words",
        ),
        pytest.param(
            "“The bridge stays open for grain,” Anna Berg told reporters.",
            "The bridge stays open for grain, Anna Berg told reporters.",
            ("quotation", "changed", "words that stood in quotation marks have none now"),
            id="marks-taken-away",
        ),
        pytest.param(
            "The bridge stays open for grain, Anna Berg told reporters.",
            "“The bridge stays open for grain,” Anna Berg told reporters.",
            ("quotation", "came", "words that stood without quotation marks have them now"),
            id="marks-put-on",
        ),
        pytest.param(
            "The envoys will meet in Marlow on Friday.",
            "The envoys will meet in Marlow on Saturday.",
            ("time", "changed", "the time was “Friday” and is now “Saturday”"),
            id="a-time",
        ),
    ],
)  # fmt: skip
def test_what_an_edit_changed(old: str, new: str, expected: tuple[str, str, str]) -> None:
    found = revised(old, new)
    assert expected in [(c.kind, c.how, c.says) for c in found.changes]
    assert found.silent


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("The envoys met in Marlow.", "The envoys met in Marlow.", id="the-same"),
        pytest.param("The envoys met in Marlow at night.", "The envoys met in old Marlow at night.", id="a-word-of-no-weight"),
        pytest.param("The cease-fire held in Esme.", "The ceasefire held in Esme.", id="a-spelling"),
        pytest.param("Berg did not answer the envoys.", "Berg didn't answer the envoys.", id="a-contraction"),
        pytest.param(
            "Velonia will accept the pause if Sundria leaves the ridge. Rain fell on the mills of the valley.",
            "Rain fell on the mills of the valley. Velonia will accept the pause if Sundria leaves the ridge.",
            id="moved",
        ),
        pytest.param("“The bridge stays open,” Anna Berg said.", "“The bridge stays open”, Anna Berg said.", id="a-comma"),
    ],
)  # fmt: skip
def test_what_changes_nothing_does_not_stand_out(old: str, new: str) -> None:
    found = revised(old, new)
    assert [c.says for c in found.changes if c.stands_out] == []
    assert not found.silent


@pytest.mark.parametrize(
    ("notice", "says_so"),
    [
        ("Correction: The number of the dead was wrong in an earlier version of this report.", True),
        ("This article was amended on 8 May to correct a number.", True),
        ("Editor's note: A number was corrected.", True),
        ("The envoys spoke of a correction of the line on the ridge.", False),
        ("An earlier version of the plan had asked for more.", False),
    ],
)
def test_an_edit_that_says_so_is_not_silent(notice: str, says_so: bool) -> None:
    old = "At least 18 people were killed in Esme on Sunday."
    found = revised(old, f"{old.replace('18', '20')} {notice}")
    assert bool(found.notices) == says_so
    assert found.silent != says_so


def test_what_is_known_about_the_report_is_compared_too() -> None:
    old = read_text(f"The envoys met.{REST}", id="quay", published="2031-05-07", outlet="The Quay")
    new = read_text(f"The envoys met.{REST}", id="quay", published="2031-05-08", outlet="The Quay")
    found = compare(old, new)
    assert [(a.field, a.before, a.after) for a in found.about] == [("published", "2031-05-07", "2031-05-08")]
    assert (found.passages, found.changes) == ((), ())
