"""Work ahead: computed in a thread of its own while this one does what it does not wait for."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


@contextmanager
def ahead(make: Callable[[], Iterable[T]], most: int) -> Iterator[Iterator[T]]:
    """Compute what is asked for later, in order; worth a thread where it is computed without Python's lock.

    On leaving, what is being computed is waited for, and the rest is not computed.

    Args:
        make: begins what is to be computed, none of it None; called in the thread, and what it raises comes out with
            the items.
        most: so many items are held, at most.
    """
    pool = ThreadPoolExecutor(max_workers=1)

    def begun() -> Iterator[T]:
        yield from make()

    items = begun()
    waiting = deque(pool.submit(next, items, None) for _ in range(most))

    def asked_for() -> Iterator[T]:
        while (item := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, items, None))
            yield item

    try:
        yield asked_for()
    finally:
        pool.shutdown(cancel_futures=True)
