"""How often a password may be tried: a few times for one account, more for an address, since many may share it."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PER_ACCOUNT = 10
"""Wrong passwords for one account within `WINDOW`, after which it takes no more for a while."""
PER_ADDRESS = 50
"""Wrong passwords from one address within `WINDOW`."""
WINDOW = 15 * 60.0
"""Seconds for which a wrong password counts."""
# Of whom it is remembered at most; the longest ago are forgotten first.
_MOST = 20_000
_SUBNET = 64


class Limits:
    """Counts wrong passwords, in this process alone.

    An attempt counts before the password is looked at, so that a thousand at the same moment are a thousand; a right
    password takes it back.

    Args:
        clock: what the time is taken from, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._tried: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def attempt(self, account: str, address: str) -> float:
        """Count an attempt, and return how many seconds to wait; 0 where the password may be looked at now.

        Args:
            account: the name that was given, whether or not there is such an account.
            address: where from.
        """
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in _keys(account, address)]
            if not any(waits):
                for key, _ in _keys(account, address):
                    self._count(key, now)
        return max(waits)

    def succeeded(self, account: str, address: str) -> None:
        """Forget what was counted for an account whose password was right, and this attempt for the address."""
        (of_account, _), (of_address, _) = _keys(account, address)
        with self._lock:
            self._tried.pop(of_account, None)
            if self._tried.get(of_address):
                self._tried[of_address].pop()

    def _wait(self, key: tuple[str, str], most: int, now: float) -> float:
        tried = self._tried.get(key)
        while tried and tried[0] <= now - WINDOW:
            tried.popleft()
        return tried[0] + WINDOW - now if tried and len(tried) >= most else 0.0

    def _count(self, key: tuple[str, str], now: float) -> None:
        self._tried.setdefault(key, deque()).append(now)
        self._tried.move_to_end(key)
        while len(self._tried) > _MOST:
            self._tried.popitem(last=False)


def _keys(account: str, address: str) -> tuple[tuple[tuple[str, str], int], tuple[tuple[str, str], int]]:
    name = " ".join(account.casefold().split())[:200]
    return (("account", name), PER_ACCOUNT), (("address", _network(address)), PER_ADDRESS)


def _network(address: str) -> str:
    """Whom an address stands for: with IPv6 one household or office has a whole network of them (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        network = ipaddress.ip_network((found, _SUBNET), strict=False)
        return str(found.ipv4_mapped or network)
    return address
