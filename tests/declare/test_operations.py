"""Operations: what a declaration may ask of Lumos, and what happens when a run sends it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.errors import ApiError
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.endpoints import METHODS, Endpoints, Operation
from pulumi_lumos.declare.flow import Body
from pulumi_lumos.lifecycle.run import Run

from ..drivers.tenant import Tenant


@pytest.mark.parametrize("call", ["HEAD /apps/{id}", "get /apps/{id}", "FETCH /apps/{id}"])
def test_an_operation_that_the_client_cannot_send_is_an_error_of_the_declaration(call: str) -> None:
    with pytest.raises(TypeError, match="the client sends only GET, POST, PATCH, PUT, DELETE"):
        Endpoints.at("/apps", read=call)


@pytest.mark.parametrize(
    ("operation", "method", "desired"),
    [
        ("create", "GET", "POST or PUT"),
        ("read", "POST", "GET"),
        ("update", "DELETE", "PATCH or PUT"),
        ("delete", "PATCH", "DELETE"),
        ("list", "POST", "GET"),
        ("connect", "DELETE", "POST or PATCH or PUT"),
    ],
)
def test_an_operation_by_a_method_that_does_something_else_is_an_error_of_the_declaration(
    operation: str, method: str, desired: str
) -> None:
    given: dict[str, Any] = {operation: f"{method} /apps"}
    with pytest.raises(TypeError, match=f"{method} /apps: {operation} sends {desired}$"):
        Endpoints.at("/apps", **given)


@pytest.mark.parametrize(
    ("operation", "call", "desired"),
    [
        ("create", "PUT /apps/{id}", "nothing"),
        ("list", "GET /apps/{app_id}/groups", "nothing"),
        ("read", "GET /apps/{app_id}", "{id} and nothing else"),
        ("update", "PATCH /apps", "{id} and nothing else"),
        ("delete", "DELETE /apps/{app_id}/groups/{id}", "{id} and nothing else"),
        ("connect", "PUT /apps/connection", "{id} and nothing else"),
    ],
)
def test_a_path_that_the_client_cannot_fill_in_is_an_error_of_the_declaration(
    operation: str, call: str, desired: str
) -> None:
    given: dict[str, Any] = {operation: call}
    with pytest.raises(TypeError, match=re.escape(f"{call}: {operation} names {desired}")):
        Endpoints.at("/apps", **given)


def test_an_operation_without_a_path_is_an_error_of_the_declaration() -> None:
    with pytest.raises(TypeError, match="PATCH : update names"):
        Endpoints.at("/apps", update="PATCH")


@pytest.mark.parametrize("method", METHODS)
def test_a_run_sends_each_method_as_it_is_declared(method: str, tenant: Tenant) -> None:
    client = LumosClient(Settings(tenant.token, tenant.url, max_retries=0))
    tenant.forget_requests()
    with pytest.raises(ApiError):
        Run(lambda: client).send(Operation(method, "/apps/{id}"), {}, "a-nothing", Body({}))
    client.close()
    assert [(one["method"], one["path"]) for one in tenant.requests()] == [
        (method, "/apps/a-nothing")
    ]
