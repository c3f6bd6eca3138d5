"""What people read when calls to Lumos go wrong: a sentence or two at the resource, and no more."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.endless import listening, outlasted, repeat
from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

PATIENCE = {
    "LUMOS_MAX_RETRIES": "0",
    "LUMOS_REQUEST_TIMEOUT": "2",
    "LUMOS_DEADLINE": "5",
}
FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "BadRequest": ("400 Bad Request", {"kind": "status", "status": 400}),
    "Unauthorized": ("401 Unauthorized", {"kind": "status", "status": 401}),
    "Forbidden": ("403 Forbidden", {"kind": "status", "status": 403}),
    "NotFound": ("404 Not Found", {"kind": "status", "status": 404}),
    "Conflict": ("409 Conflict", {"kind": "status", "status": 409}),
    "Invalid": ("422 Unprocessable", {"kind": "status", "status": 422}),
    "RateLimited": (
        "429 Too Many Requests",
        {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
    ),
    "Unavailable": ("503 Service Unavailable", {"kind": "status", "status": 503}),
    "UnexpectedAnswer": (
        "instead of JSON",
        {
            "kind": "body",
            "when": "before",
            "body_text": "<html>Sign in</html>",
            "content_type": "text/html",
        },
    ),
    "NoAnswer": ("no whole answer", {"kind": "reset"}),
}
"""What each class of error is told by, and the fault that brings it about."""

READS: list[tuple[str, str, dict[str, Any]]] = [
    ("Unavailable", "500", {"kind": "status", "status": 500}),
    ("UnexpectedAnswer", "instead of JSON", FAULTS["UnexpectedAnswer"][1]),
    ("NoAnswer", "timed out", {"kind": "hang"}),
]


def declare(stack: Stack, visibility: str) -> None:
    """A permission for each error, named after it."""
    stack.program(
        f"for name in {list(FAULTS)!r}:\n"
        "    lumos.RequestablePermission(\n"
        "        name, app_id=seed_ids.SALESFORCE_APP_ID, label=f'For {name}.',\n"
        f"        request_config={{'appstore_visibility': {visibility!r}}},\n"
        "    )\n"
    )


def errors(printed: str) -> dict[str, str]:
    """What the diagnostics say at each resource, by its name."""
    at = r"^  \S+:RequestablePermission \((\w+)\):\n((?:    .*\n|\n)+)"
    return {name: text for name, text in re.findall(at, printed.partition("Diagnostics:")[2], re.M)}


def assert_readable(printed: str, **also_told_by: str) -> None:
    """Every error stands at its resource, in one or two sentences.

    A third says of an object that may have been changed what the next `pulumi up` does with it.
    """
    found = errors(printed)
    assert set(found) == set(FAULTS), printed
    for name, text in found.items():
        said = " ".join(text.split())
        assert also_told_by.get(name, FAULTS[name][0]) in said, said
        half_made = "perhaps not yet as declared" in said
        assert half_made or said.startswith(f"error: {also_told_by.get(name, name)}: "), said
        assert len(re.findall(r"[.?!](?: |$)", said)) <= 2 + half_made, said
        assert len(text.strip().splitlines()) <= 2, text


def spoil(tenant: Tenant, method: str, body: str = "", ids: dict[str, str] | None = None) -> None:
    """Let the requests of each permission fail in its own way, told by the body or the id."""
    for name, (_, fault) in FAULTS.items():
        detail = {"body_text": '{"detail": "No"}'} if fault["kind"] == "status" else {}
        aim = {"path": ids[name]} if ids else {"body": body.format(name=name)}
        tenant.fault(**detail, **fault, method=method, **aim)


@pytest.mark.slow
def test_errors_are_read_at_the_resource_in_a_sentence_or_two(tenant: Tenant, stack: Stack) -> None:
    stack.environment |= PATIENCE
    declare(stack, "HIDDEN")
    spoil(tenant, "POST", body="For {name}\\.")
    assert_readable(stack.up("--continue-on-error", "--parallel", "32", fails=True))
    assert tenant.permissions(seed_ids.SALESFORCE_APP_ID) == []
    tenant.call("DELETE", "/_emulator/faults")

    stack.up()
    ids = {item["urn"].split("::")[-1]: item["id"] for item in stack.resources()}
    assert set(ids) == set(FAULTS)
    declare(stack, "VISIBLE")
    spoil(tenant, "PATCH", ids=ids)
    printed = stack.up("--continue-on-error", "--parallel", "32", fails=True)
    assert_readable(printed, NotFound="Gone")
    assert set(shown(tenant)) == {"HIDDEN"}
    tenant.call("DELETE", "/_emulator/faults")
    stack.up()
    assert set(shown(tenant)) == {"VISIBLE"}


def shown(tenant: Tenant) -> list[str]:
    """Whether people see each of the permissions."""
    found = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    return [permission["request_config"]["appstore_visibility"] for permission in found]


@pytest.mark.slow
def test_an_unreachable_lumos_is_reported_in_a_sentence_or_two(
    tenant: Tenant, stack: Stack
) -> None:
    stack.environment |= PATIENCE
    declare(stack, "HIDDEN")
    stack.up()
    for name, told_by, fault in READS:
        tenant.fault(**fault, method="GET")
        printed = stack.preview("--refresh", fails=True)
        assert f"{name}: GET /appstore/requestable_permissions" in printed
        assert told_by in printed
        tenant.call("DELETE", "/_emulator/faults")
    assert len(stack.resources()) == len(FAULTS)
    stack.environment["LUMOS_SERVER_URL"] = "http://127.0.0.1:9"
    printed = stack.preview("--refresh", fails=True)
    assert "ConnectionFailed: GET" in printed
    assert "Check `lumos:serverUrl`" in printed
    assert len(tenant.permissions(seed_ids.SALESFORCE_APP_ID)) == len(FAULTS)


def test_behind_a_lumos_without_end_a_run_ends_with_its_deadline(stack: Stack) -> None:
    stack.environment["LUMOS_DEADLINE"] = "1"
    declare(stack, "HIDDEN")

    def endless(connection: socket.socket) -> None:
        repeat(connection, b"HTTP/1.1 200 OK\r\nx: ", b"x")

    with listening(endless) as port, outlasted():
        stack.environment["LUMOS_SERVER_URL"] = f"http://127.0.0.1:{port}"
        printed = stack.up(fails=True)
    assert "NoAnswer: GET /" in printed
    assert "no whole answer from Lumos" in printed
