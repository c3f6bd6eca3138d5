"""The token of another tenant than the one that the stack's objects are in."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

PROGRAM = """
app = lumos.AppStoreApp("app", app_id=seed_ids.SALESFORCE_APP_ID)
for label in ("Admin", "Reader"):
    lumos.RequestablePermission(
        label, app_id=app.app_id, label=label, request_config={{"appstore_visibility": {seen!r}}}
    )
"""


def program(seen: str = "HIDDEN") -> str:
    return PROGRAM.format(seen=seen)


@contextmanager
def opened(stack: Stack, url: str, token: str) -> Iterator[Tenant]:
    """Give the stack another address and token for a while; the tenant that these open."""
    before = dict(stack.environment)
    with closing(Tenant(url, token)) as tenant:
        tenant.forget_requests()
        stack.environment.update(tenant.environment)
        yield tenant
        stack.environment.update(before)


def states(stack: Stack) -> dict[str, Any]:
    """The ids, inputs and outputs that the stack has, by URN."""
    return {one["urn"]: (one["id"], one["inputs"], one["outputs"]) for one in stack.resources()}


def assert_stops(stack: Stack, other: Tenant, own: Tenant) -> None:
    """Every command that asks or changes anything stops with both names, and changes nothing."""
    recorded, held = states(stack), other.state()
    for command in (
        ("preview", "--refresh"),
        ("up", "--yes", "--skip-preview", "--refresh"),
        ("destroy", "--yes", "--skip-preview"),
    ):
        told = " ".join(stack.pulumi(*command, fails=True).split())
        assert "OtherTenant: This stack's objects are in the Lumos of ada.admin@acme." in told
        assert f"at {own.url}" in told
        assert f"at {other.url}" in told
        assert "which has none of them. Nothing was changed. Give the token of the stack's" in told
    assert states(stack) == recorded
    assert other.state() == held
    assert other.requests("POST", "PATCH", "DELETE") == []


@pytest.mark.slow
def test_a_run_with_the_token_of_another_tenant_stops(tenant: Tenant, stack: Stack) -> None:
    stack.program(program())
    stack.up()
    with opened(stack, tenant.url, f"lsk_{uuid.uuid4().hex}") as other:
        assert_stops(stack, other, tenant)
    tenant.forget_requests()
    stack.destroy()
    assert len(tenant.requests("DELETE")) == 3
    assert tenant.requests("GET") == []


@pytest.mark.slow
def test_a_run_in_a_tenant_of_other_people_stops_at_a_change(
    tenant: Tenant, stack: Stack, tmp_path: Path
) -> None:
    stack.program(program())
    stack.up()
    seed = tmp_path / "seed.json"
    text = json.dumps(tenant.state())
    for id in json.loads(text)["users"]:
        text = text.replace(id, str(uuid.uuid4()))
    seed.write_text(text.replace("acme.example", "globex.example"))
    stack.program(program("VISIBLE"))
    with (
        EmulatorProcess(seed=seed) as emulator,
        opened(stack, emulator.url, tenant.token) as other,
    ):
        other.remove_from_app_store(seed_ids.SALESFORCE_APP_ID)
        remove_permissions(other)
        other.forget_requests()
        for command in (("preview",), ("up", "--yes", "--skip-preview")):
            told = " ".join(stack.pulumi(*command, fails=True).split())
            assert f"in the Lumos of ada.admin@acme.example at {tenant.url}, but the token" in told
            assert f"opens the Lumos of ada.admin@globex.example at {other.url}, which" in told
        assert other.requests("POST", "PATCH") == []


def remove_permissions(tenant: Tenant) -> None:
    for id, permission in tenant.state()["permissions"].items():
        if permission["type"] == "NATIVE":
            tenant.remove_permission(id)


@pytest.mark.slow
def test_a_lumos_that_has_moved_is_still_the_same(
    tenant: Tenant, stack: Stack, tmp_path: Path
) -> None:
    """The objects are there, whatever the address and the token are."""
    stack.program(program())
    stack.up()
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps(tenant.state()))
    with (
        EmulatorProcess(seed=seed) as emulator,
        opened(stack, emulator.url, f"lsk_{uuid.uuid4().hex}") as moved,
    ):
        stack.preview("--expect-no-changes")
        assert moved.requests() == []
        stack.preview("--refresh", "--expect-no-changes")
        stack.program(program("VISIBLE"))
        stack.up()
        remembered = {one["outputs"]["tenant"]["server_url"] for one in stack.resources()}
        assert remembered == {tenant.url, moved.url}
        stack.destroy()
        assert len(moved.requests("DELETE")) == 3


@pytest.mark.slow
def test_the_way_out_where_the_objects_are_simply_gone(tenant: Tenant, stack: Stack) -> None:
    stack.program(program())
    stack.up()
    with opened(stack, tenant.url, f"lsk_{uuid.uuid4().hex}") as other:
        stack.environment["LUMOS_TENANT_CHECK"] = "off"
        assert "+ 3 created" in stack.up("--refresh")
        assert len(other.requests("POST")) == 3
        del stack.environment["LUMOS_TENANT_CHECK"]
        stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_a_state_of_an_older_release_warns_of_another_tenant(tenant: Tenant, stack: Stack) -> None:
    stack.program(program())
    stack.up()
    older = re.sub(r'"tenant": \{[^}]*\},?', "", stack.export())
    file = stack.folder / "older.json"
    file.write_text(json.dumps(json.loads(re.sub(r",(\s*\})", r"\1", older))))
    stack.pulumi("stack", "import", "--file", str(file))
    assert not any("tenant" in one["outputs"] for one in stack.resources())
    stack.preview("--refresh", "--expect-no-changes")
    warning = "warning: Lumos at .+ has none of the objects of this stack that were looked for"
    with opened(stack, tenant.url, f"lsk_{uuid.uuid4().hex}"):
        assert re.search(warning, " ".join(stack.preview("--refresh").split()))
    stack.program(program("VISIBLE"))
    stack.up()
    assert ["tenant" in one["outputs"] for one in stack.resources()].count(True) == 2
