"""Serve a case until somebody ends it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from trucebook.desk.keeper import Keeper
from trucebook.errors import SettingsError
from trucebook.record.case import open_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from trucebook.desk.settings import DeskSettings

# Seconds that a thread keeps the others waiting. A page that asks the database gives its turn away several times, and
# with Python's own 5 ms waited longest of all where many ask at once.
_TURN = 0.001
_IN_THE_CLEAR = (
    "passwords and reports cross the network as they are; put a proxy with HTTPS before it, and give --origin"
)


def serve_case(name: str, settings: DeskSettings, tell: Callable[[str], None], *, create: bool = False) -> None:
    """Serve a case; returns when it is ended.

    Args:
        name: the case, as `open_case` takes it.
        settings: of the desk.
        tell: what says to the person who serves it where it is, and what to know about that.
        create: whether to make the case where there is none.

    Raises:
        CaseError: the case cannot be opened.
        SettingsError: the extra is not installed, or a setting cannot be used.
    """
    with open_case(name, create=create, often=True) as case, ThreadPoolExecutor(1) as aside:
        # The book of a large case is unpacked while the web framework is loaded, which takes as long.
        kept = aside.submit(Keeper, case, settings)
        try:
            import uvicorn  # noqa: PLC0415  of an extra

            from trucebook.desk.app import guarded  # noqa: PLC0415  the same
            from trucebook.desk.desk import Desk  # noqa: PLC0415  the same
            from trucebook.desk.guard.policy import is_loopback, policy_for  # noqa: PLC0415  the same
        except ImportError as error:
            raise SettingsError(f"the desk needs {error.name}; install it: pip install 'trucebook[desk]'") from error
        # A proxy in front of it is the operator's to trust: nothing that a request says of itself is believed.
        policy = policy_for(case, settings.host, user=settings.user, origin=settings.origin)
        desk = Desk(case, settings, policy, kept.result())
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        tell(f"{case.location.shown}: at {policy.origin or f'http://{host}:{settings.port}'}; end it with Ctrl-C")
        if not policy.secure and not is_loopback(settings.host):
            tell(f"warning: {_IN_THE_CLEAR}")
        config = uvicorn.Config(
            guarded(desk),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
        )

        class Server(uvicorn.Server):
            """One that tells the desk at once when it is to end, so that nobody waits for pages that wait for news."""

            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                desk.closing = True
                super().handle_exit(sig, frame)

        sys.setswitchinterval(_TURN)
        Server(config).run()
