from __future__ import annotations

import io

import pytest

from trucebook.console import compared, watched


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_comparing_many_reports_shows_a_bar_while_a_person_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _Terminal()
    monkeypatch.setattr("sys.stderr", seen)
    with compared(40) as advance:
        assert advance is not None
        advance(40)
    assert "Comparing" in seen.getvalue()
    assert "40/40" in seen.getvalue()


@pytest.mark.parametrize(("stream", "total"), [(io.StringIO(), 40), (_Terminal(), 5), (None, 40)])
def test_no_bar_in_a_pipe_nor_for_a_few_reports(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None, total: int
) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    with compared(total) as advance:
        assert advance is None
    assert stream is None or stream.getvalue() == ""


def test_reading_is_watched_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with watched(3) as advance:
        assert advance is None
