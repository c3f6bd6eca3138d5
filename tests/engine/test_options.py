"""The options of Pulumi's resources and commands, all tried in one stack.

Each scenario runs under both answers to whether labels may be equal, with PATCH defaults applied or
not, and refreshed or not. `TRIED` are the rows of docs/resource-options.md.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds.values import by_id
from .tried_options import GITHUB, SALES, Values, ids, program, refresh, shown, visibility, visible

__all__ = ["refresh"]

pytestmark = pytest.mark.engine


def bound(label: str, group: str, **given: Any) -> Values:
    """A permission that grants a group."""
    fulfillment = {"provisioning_group": by_id(group)}
    config = {"appstore_visibility": "VISIBLE", "request_fulfillment_config": fulfillment}
    return {"app_id": SALES, "label": label, "request_config": config, **given}


FIRST: dict[str, tuple[Values, str]] = {
    "protected": (shown("Protected"), "protect=True"),
    "retained": (shown("Retained"), "retain_on_delete=True"),
    "ignoring": (shown("Ignoring"), 'ignore_changes=["request_config.appstore_visibility"]'),
    "replaced": (shown("Replaced"), 'replace_on_changes=["request_config"]'),
    "deleted-first": (bound("Deleted first", "IT"), "delete_before_replace=True"),
    "hidden": (bound("Hidden", "IT", deletion_policy="hide"), ""),
    "bound": (bound("Bound", "IT"), ""),
    "moved": (shown("Moved"), ""),
    "old-name": (shown("Renamed"), ""),
    "old-place": (shown("Moved into a component"), ""),
    "last": (shown("Last"), 'depends_on=[made["bound"], made["moved"]]'),
}
SECOND: dict[str, tuple[Values, str]] = {
    "protected": FIRST["protected"],
    "retained": FIRST["retained"],
    "ignoring": (shown("Ignoring", "VISIBLE"), FIRST["ignoring"][1]),
    "replaced": (shown("Replaced", "VISIBLE"), FIRST["replaced"][1]),
    "deleted-first": (bound("Deleted first", "On-call"), "delete_before_replace=True"),
    "hidden": (bound("Hidden", "On-call", deletion_policy="hide"), ""),
    "bound": (bound("Bound", "On-call"), ""),
    "moved": (shown("Moved", app_id=GITHUB), ""),
    "new-name": (shown("Renamed"), 'aliases=[pulumi.Alias(name="old-name")]'),
    "new-place": (
        shown("Moved into a component"),
        'parent=team, aliases=[pulumi.Alias(name="old-place", parent=pulumi.ROOT_STACK_RESOURCE)]',
    ),
    "last": FIRST["last"],
}
REPLACED = ("replaced", "deleted-first", "hidden", "bound", "moved")


def position(calls: list[str], start: str) -> int:
    """Where the first call that begins so stands."""
    return next(i for i, call in enumerate(calls) if call.startswith(start))


@pytest.mark.slow
def test_options_of_resources_are_obeyed(
    refresh: tuple[str, ...], tenant: Tenant, stack: Stack
) -> None:
    program(stack, FIRST)
    stack.up()
    old = ids(stack)
    posts = [request["body"]["label"] for request in tenant.requests("POST")]
    assert posts.index("Last") > max(posts.index("Bound"), posts.index("Moved"))

    program(stack, SECOND)
    preview = stack.preview("--diff", *refresh)
    assert len(re.findall(r"^ *(?:\+-|\+\+|-\+) ?.*\(replace\)", preview, re.M)) == len(REPLACED)
    tenant.forget_requests()
    stack.up(*refresh)
    new = ids(stack)
    assert {name for name in old if new.get(name, old[name]) != old[name]} == set(REPLACED)
    assert new["new-name"] == old["old-name"]
    assert new["new-place"] == old["old-place"]
    assert_replaced_in_order(tenant, old)
    assert visibility(tenant, new["ignoring"]) == "HIDDEN"
    assert visibility(tenant, new["replaced"]) == "VISIBLE"
    stack.preview("--refresh", "--expect-no-changes")

    tenant.forget_requests()
    assert "protect" in stack.pulumi("destroy", "--yes", "--skip-preview", *refresh, fails=True)
    left = ids(stack)
    assert left["protected"] == old["protected"]
    stack.pulumi("state", "unprotect", "--all", "--yes")
    stack.pulumi("destroy", "--yes", "--skip-preview", *refresh)
    assert stack.resources() == []
    deleted = [request["path"].split("/")[-1] for request in tenant.requests("DELETE")]
    assert deleted.index(new["last"]) < min(deleted.index(new[name]) for name in ("bound", "moved"))
    kept = {p["id"]: p for app in (SALES, GITHUB) for p in tenant.permissions(app)}
    assert set(kept) == {old["retained"], old["hidden"], new["hidden"]}
    assert visibility(tenant, old["hidden"]) == visibility(tenant, new["hidden"]) == "HIDDEN"
    assert kept[new["hidden"]]["label"] == "Hidden"


def assert_replaced_in_order(tenant: Tenant, old: dict[str, str]) -> None:
    """The new one is made before the old one goes, unless the program wants it otherwise."""
    requests = tenant.requests("POST", "PATCH", "DELETE")
    posted = {r["body"]["label"]: r["sequence"] for r in requests if r["method"] == "POST"}
    deleted = {r["path"].split("/")[-1]: r["sequence"] for r in requests if r["method"] == "DELETE"}
    assert set(deleted) == {old[name] for name in REPLACED if name != "hidden"}
    for name, label in (("replaced", "Replaced"), ("bound", "Bound"), ("moved", "Moved")):
        assert posted[label] < deleted[old[name]]
    assert deleted[old["deleted-first"]] < posted["Deleted first"]


@pytest.mark.slow
def test_options_of_commands_are_obeyed(
    refresh: tuple[str, ...], tenant: Tenant, stack: Stack
) -> None:
    two = {name: (shown(name.capitalize()), "") for name in ("one", "two")}
    program(stack, two)
    stack.up()
    urns = {item["urn"].split("::")[-1]: item["urn"] for item in stack.resources()}

    seen = {name: (shown(name.capitalize(), "VISIBLE"), "") for name in two}
    program(stack, seen)
    stack.up("--target", urns["one"], *refresh)
    assert visible(tenant, stack) == {"one": "VISIBLE", "two": "HIDDEN"}

    plan = str(stack.folder / "plan.json")
    stack.preview("--save-plan", plan, *refresh)
    program(stack, two)
    assert "violates plan" in stack.up("--plan", plan, *refresh, fails=True)
    program(stack, seen)
    stack.up("--plan", plan, *refresh)
    assert visible(tenant, stack) == {"one": "VISIBLE", "two": "VISIBLE"}
    assert tenant.token not in (stack.folder / "plan.json").read_text()

    more = {name: (shown(name.capitalize()), "") for name in ("three", "four", "five")}
    more["four"] = (shown("Four"), 'depends_on=[made["three"]]')
    program(stack, {**seen, **more})
    tenant.fault("status", method="POST", body="Three", status=422, body_text='{"detail": "No."}')
    assert "No" in stack.up("--continue-on-error", *refresh, fails=True)
    assert set(ids(stack)) == {"one", "two", "five"}
    tenant.call("DELETE", "/_emulator/faults")
    stack.up(*refresh)
    assert set(ids(stack)) == {"one", "two", "three", "four", "five"}
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_an_app_that_is_to_be_replaced_stays_the_same_listing(tenant: Tenant, stack: Stack) -> None:
    options = 'replace_on_changes=["custom_request_instructions"]'
    given = {"app_id": GITHUB, "custom_request_instructions": "Ask."}
    stack.declare("AppStoreApp", given, options)
    stack.up()
    stack.declare("AppStoreApp", {**given, "custom_request_instructions": "Write."}, options)
    assert "1 to replace" in stack.pulumi("up", "--yes")
    assert tenant.requests("DELETE") == []
    settings = tenant.settings(GITHUB)
    assert (settings["in_app_store"], settings["custom_request_instructions"]) == (True, "Write.")
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.one_host
def test_an_existing_object_is_adopted_because_pulumi_cannot_import_it(
    tenant: Tenant, stack: Stack
) -> None:
    there = tenant.add_permission(SALES, "Admin")
    program(stack, {"it": (shown("Admin"), f"import_={there['id']!r}")})
    assert f"opts.import_: Pulumi cannot import dynamic resources; pass adopt={there['id']!r}" in (
        stack.preview(fails=True)
    )
    program(stack, {"it": (shown("Admin", adopt=True), "")})
    stack.up()
    assert ids(stack) == {"it": there["id"]}
