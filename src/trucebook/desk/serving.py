"""Serve a case until somebody ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.errors import SettingsError
from trucebook.record.case import open_case

if TYPE_CHECKING:
    from trucebook.desk.settings import DeskSettings


def serve_case(name: str, settings: DeskSettings) -> None:
    """Serve a case; returns when it is ended.

    Args:
        name: the case, as `open_case` takes it.
        settings: of the desk.

    Raises:
        CaseError: the case cannot be opened.
        SettingsError: the extra is not installed, or a setting cannot be used.
    """
    try:
        import uvicorn  # noqa: PLC0415  of an extra

        from trucebook.desk.app import create_app  # noqa: PLC0415  the same
    except ImportError as error:
        raise SettingsError(f"the desk needs {error.name}; install it: pip install 'trucebook[desk]'") from error
    with open_case(name) as case:
        # A proxy in front of it is the operator's to trust: nothing that a request says of itself is believed.
        uvicorn.run(
            create_app(case, settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
