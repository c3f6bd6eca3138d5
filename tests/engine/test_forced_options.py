"""The ways to force a replacement, all with a permission that Lumos has under the same key."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from .optional_programs import SALES, program, refresh, shown

__all__ = ["refresh"]

pytestmark = pytest.mark.engine

GITHUB = seed_ids.GITHUB_APP_ID

FORCED: list[tuple[str, str]] = [
    ("replacement_trigger", 'replacement_trigger="2"'),
    ("replace_with", 'replacement_trigger="1", replace_with=[made["first"]]'),
    ("--replace", 'replacement_trigger="1"'),
    ("state taint", 'replacement_trigger="1"'),
]


@pytest.mark.slow
@pytest.mark.parametrize(("how", "options"), FORCED)
def test_a_forced_replacement_keeps_the_object_unless_its_key_changes_too(
    refresh: tuple[str, ...], how: str, options: str, tenant: Tenant, stack: Stack
) -> None:
    first = {"first": (shown("First"), "")}
    begins = options if how == "replace_with" else 'replacement_trigger="1"'
    program(stack, {**first, "it": (shown("It"), begins)})
    stack.up()
    old, urn = stack.resource("it")["id"], stack.resource("it")["urn"]
    tenant.forget_requests()

    def force(
        label: str, visibility: str = "HIDDEN", more: str = "", *, fails: bool = False
    ) -> str:
        moved = {"first": (shown("First", app_id=GITHUB), "")}
        before = moved if how == "replace_with" else first
        program(stack, {**before, "it": (shown(label, visibility), options + more)})
        if how == "state taint":
            stack.pulumi("state", "taint", urn, "--yes")
        given = ("--replace", urn) if how == "--replace" else ()
        return stack.pulumi("up", "--yes", *given, *refresh, fails=fails)

    def held() -> set[str]:
        return {one["id"] for one in tenant.permissions(SALES)}

    assert "which is just as declared" in force("It")
    assert stack.resource("it")["id"] == old
    assert [one["path"] for one in tenant.requests("PATCH", "DELETE") if old in one["path"]] == []
    stack.preview("--refresh", "--expect-no-changes")
    if how == "--replace":
        assert "Lumos already has a RequestablePermission" in force("It", "VISIBLE", fails=True)
        force("Other")
        other = stack.resource("it")["id"]
        assert old not in held()
        force("Other", more=", delete_before_replace=True")
        assert other not in held()
        assert stack.resource("it")["id"] in held()
        stack.preview("--refresh", "--expect-no-changes")
