"""Work ahead: the same items in the same order, errors among them, and nothing left running."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from trucebook.reading.ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize("count", [0, 1, 3, 4, 50])
@pytest.mark.parametrize("most", [1, 4])
def test_the_items_come_in_order_and_all_of_them(count: int, most: int) -> None:
    with ahead(lambda: iter(range(count)), most) as items:
        assert list(items) == list(range(count))


def test_it_is_computed_in_another_thread_before_it_is_asked_for() -> None:
    begun, threads = threading.Event(), []

    def work() -> Iterator[int]:
        threads.append(threading.current_thread())
        begun.set()
        yield 1

    with ahead(work, 2) as items:
        assert begun.wait(10)
        assert next(items) == 1
    assert threads != [threading.current_thread()]


def test_no_more_is_held_than_was_allowed() -> None:
    made = []

    def work() -> Iterator[int]:
        for i in range(1000):
            made.append(i)
            yield i

    with ahead(work, 3) as items:
        for item in items:
            assert len(made) <= item + 1 + 3 + 1
            if item == 100:
                break
    assert len(made) < 110


@pytest.mark.parametrize("after", [0, 2])
def test_what_the_work_raises_comes_out_behind_what_it_made(after: int) -> None:
    def work() -> Iterator[int]:
        yield from range(after)
        raise ValueError("broken")

    with ahead(work, 4) as items:
        assert [next(items) for _ in range(after)] == list(range(after))
        with pytest.raises(ValueError, match="broken"):
            next(items)


def test_an_error_outside_ends_the_work() -> None:
    made, threads = [], set()

    def work() -> Iterator[int]:
        for i in range(1000):
            threads.add(threading.current_thread())
            made.append(i)
            yield i

    with pytest.raises(KeyError), ahead(work, 2):
        raise KeyError("elsewhere")
    assert len(made) <= 2
    assert not [t for t in threads if t.is_alive()]
