"""Replacements that nothing in the program asks for, and options that only Pulumi obeys.

They are rows of docs/resource-options.md too, see `TRIED`.
"""

from __future__ import annotations

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from .tried_options import GITHUB, SALES, ids, program, refresh, shown, visible

__all__ = ["refresh"]

pytestmark = pytest.mark.engine

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


@pytest.mark.slow
def test_a_new_name_without_an_alias_keeps_only_what_is_just_as_declared(
    tenant: Tenant, stack: Stack
) -> None:
    """docs/renaming.md says so."""
    program(stack, {"old": (shown("It"), "")})
    stack.up()
    made = ids(stack)["old"]
    tenant.forget_requests()
    program(stack, {"new": (shown("It", "VISIBLE"), "")})
    assert "Lumos already has a RequestablePermission" in stack.preview(fails=True)
    program(stack, {"new": (shown("It"), "")})
    preview = stack.preview()
    taken = f"takes RequestablePermission {made} over, which is just as declared"
    for said in (taken, "+ 1 to create", "- 1 to delete"):
        assert said in preview
    stack.up()
    assert ids(stack) == {"new": made}
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    assert tenant.permission(made)["label"] == "It"


@pytest.mark.slow
def test_options_that_only_pulumi_obeys_change_nothing_in_lumos(
    refresh: tuple[str, ...], tenant: Tenant, stack: Stack
) -> None:
    brief = 'custom_timeouts=pulumi.CustomTimeouts(create="1s")'
    options = {
        "slow": brief,
        "hiding": 'hide_diffs=["request_config.appstore_visibility"]',
        "secret": 'additional_secret_outputs=["label"]',
        "with": 'deleted_with=made["slow"]',
    }
    tenant.fault("stall", method="POST", body="Slow", seconds=2)
    program(stack, {name: (shown(name.capitalize()), opts) for name, opts in options.items()})
    stack.up()
    made = ids(stack)
    assert "ciphertext" in stack.resource("secret")["outputs"]["label"]

    program(
        stack, {name: (shown(name.capitalize(), "VISIBLE"), opts) for name, opts in options.items()}
    )
    stack.environment["LUMOS_PREVIEW_CHECKS"] = "offline"
    preview = stack.preview("--diff", *refresh)
    assert preview.count('"HIDDEN" => "VISIBLE"') == len(options) - 1
    assert "4 to update" in preview
    stack.up(*refresh)
    assert set(visible(tenant, stack).values()) == {"VISIBLE"}
    stack.preview("--refresh", "--expect-no-changes")
    stack.pulumi("destroy", "--yes", "--skip-preview", *refresh)
    assert [one["id"] for one in tenant.permissions(SALES)] == [made["with"]]
