"""Schemathesis drives every emulated operation of the vendor's document."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import wraps
from typing import Any, TypeAlias

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import CheckContext
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
)

from ..patience import PATIENCE_SECONDS
from .known_ids import narrow
from .vendor_document import load

Case: TypeAlias = "schemathesis.Case[Any]"
UNDOCUMENTED = {
    400: "the request makes no sense for this app (documented for some operations)",
    401: "the token is not known",
    404: "the object is gone (documented for one operation of the AppStore only)",
    405: "the path has no such method",
    409: "something equal is there already, or a sync runs",
}
"""Refusals that Lumos's framework gives on any path, though the document seldom lists them."""

schema = schemathesis.openapi.from_dict(narrow(load()))
# Lumos's framework disregards query parameters it does not know.
schema.config.generation.update(deterministic=True, allow_extra_parameters=False)


def documented_status(ctx: CheckContext, response: schemathesis.Response, case: Case) -> None:
    """The status is documented for the operation or one of the usual refusals with a reason."""
    if str(response.status_code) in case.operation.definition.raw["responses"]:
        return
    assert response.status_code in UNDOCUMENTED, f"{response.status_code} is not documented"
    detail = response.json()["detail"]
    assert isinstance(detail, str) and detail, "a refusal gives its reason"


def own_path(check: schemathesis.CheckFunction) -> schemathesis.CheckFunction:
    """The check, but for `/apps/categories`, whose other methods are those of `/apps/{app_id}`."""

    @wraps(check)
    def checked(ctx: CheckContext, response: schemathesis.Response, case: Case) -> bool | None:
        other = case.operation.path == "/apps/categories"
        return True if other else check(ctx, response, case)

    return checked


def wrong_data_is_refused(
    ctx: CheckContext, response: schemathesis.Response, case: Case
) -> bool | None:
    """Schemathesis's check, where the wrong data can be told from right data on the wire.

    An object or an array has no one spelling in a query string; the one chosen may well read as
    the text that is asked for. One value, on the other hand, reads as a list of one text.
    """
    query = case.query or {}
    if LISTS & set(query) or any(isinstance(value, dict | list) for value in query.values()):
        return True
    return negative_data_rejection(ctx, response, case)


LISTS = {"expand", "assigned_identity_ids", "assigned_group_ids"}
"""The query parameters that take a list of texts."""

CHECKS = [
    own_path(documented_status),
    own_path(unsupported_method),
    own_path(allow_header_conformance),
    not_a_server_error,
    response_schema_conformance,
    content_type_conformance,
    response_headers_conformance,
    wrong_data_is_refused,
    ignored_auth,
]


pytestmark = pytest.mark.slow
TOKEN = {"Authorization": f"Bearer lsk_contract_{uuid.uuid4().hex}"}


@pytest.fixture
def admin(lumos_url: str) -> Iterator[httpx.Client]:
    """A client for the tenant's admin API."""
    with httpx.Client(base_url=lumos_url, headers=TOKEN, timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """Keeps the connection that Schemathesis uses."""
    with requests.Session() as session:
        yield session


NEWER = "^/(tasks|accounts|activity_logs)"
few = settings(max_examples=8, suppress_health_check=list(HealthCheck))


@schema.exclude(path_regex=NEWER).parametrize()
@few
def test_every_answer_is_as_documented(
    case: Case, admin: httpx.Client, session: requests.Session
) -> None:
    check(case, admin, session)


@schema.include(path_regex=NEWER).parametrize()
@few
def test_every_answer_about_tasks_and_accounts_is_as_documented(
    case: Case, admin: httpx.Client, session: requests.Session
) -> None:
    check(case, admin, session)


def check(case: Case, admin: httpx.Client, session: requests.Session) -> None:
    admin.post("/_emulator/reset").raise_for_status()
    url = str(admin.base_url)
    case.call_and_validate(url, session=session, headers=TOKEN, checks=CHECKS)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "body", "body_text": '{"id": 7}'},
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 418, "body_text": '{"detail": "teapot"}'},
        {"kind": "body", "body_text": "<html>", "content_type": "text/html"},
    ],
)
def test_a_wrong_answer_is_noticed(spoilt: dict[str, Any], admin: httpx.Client) -> None:
    admin.post("/_emulator/faults", json={"path": "/users/current", **spoilt}).raise_for_status()
    case = schema["/users/current"]["GET"].Case()
    try:
        with pytest.raises(FailureGroup):
            case.call_and_validate(str(admin.base_url), headers=TOKEN, checks=CHECKS)
    finally:
        admin.delete("/_emulator/faults")
