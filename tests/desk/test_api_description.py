"""What the description of the API allows, and what it does not, is answered without a fault and as described."""

from __future__ import annotations

import re
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any

import pytest
from desk_cases import client_of, fill
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from trucebook.record.case import open_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar.testing import TestClient

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (trucebook[dev])")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    place = str(tmp_path_factory.mktemp("api") / "talks.truce")
    with open_case(place, create=True) as case:
        fill(case)
        with client_of(case, user="ida") as opened:
            yield opened


@pytest.mark.slow
def test_no_request_makes_the_api_fail(client: TestClient[Any]) -> None:
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 15
    for operation in operations:
        _try(client, operation)


def _try(client: TestClient[Any], operation: Any) -> None:  # noqa: ANN401  its types are there only where it is installed
    from schemathesis import GenerationMode  # noqa: PLC0415  as above
    from schemathesis.checks import not_a_server_error  # noqa: PLC0415
    from schemathesis.specs.openapi.checks import response_schema_conformance  # noqa: PLC0415

    (csrf,) = re.findall(r'name="csrf" value="(\w+)"', client.get("/add").text)
    for mode in GenerationMode:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def ask(case: Any) -> None:  # noqa: ANN401
            asked = case.as_transport_kwargs(base_url=str(client.base_url))
            given = {name: asked[name] for name in ("method", "url", "params", "json") if name in asked}
            given |= {"content": asked["data"]} if isinstance(asked.get("data"), (str, bytes)) else {}
            # A program that is known brings what shows that it may change something.
            told = client.request(**given, headers={"x-csrf-token": csrf})
            assert told.status_code < 500
            checks = [not_a_server_error, response_schema_conformance]
            case.validate_response(schemathesis.Response.from_any(told), checks=checks)

        # What takes nothing, or any words, cannot be asked wrongly.
        with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
            ask()
