"""An app that hides its permissions, and a program that declares one of them VISIBLE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.lifecycle import visibility

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds.values import by_id

NewRun = Callable[..., Run]
Values = dict[str, Any]

APP, PERMISSION, ATTACHMENT = "AppStoreApp", "RequestablePermission", "ProvisioningGroupAttachment"
GITHUB = seed_ids.GITHUB_APP_ID
READER: Values = {
    "app_id": GITHUB,
    "label": "Reader",
    "request_config": {"appstore_visibility": "VISIBLE"},
}
HIDDEN = {**READER, "request_config": {"appstore_visibility": "HIDDEN"}}
CONTRADICTION = "DIRECT_TO_USER makes Lumos hide all permissions of the app, but"


def app(how: str | None) -> Values:
    """An app that gives access in a way, or does not say how."""
    admins = {"users": [{"id": seed_ids.CURRENT_USER_ID}]}
    provisioning = {"provisioning": {"groups_provisioning": how}} if how else {}
    return {"app_id": GITHUB, "request_flow": {"admins": admins}, **provisioning}


DIRECT, BY_GROUPS = app("DIRECT_TO_USER"), app("GROUPS_AND_VISIBLE")


def others(tenant: Tenant) -> set[str]:
    """The visibility of what no program manages."""
    return {visibility(one) for one in tenant.permissions(GITHUB) if one["label"] == "Other"}


@pytest.mark.parametrize("first", [APP, PERMISSION])
def test_both_are_made_in_any_order(first: str, tenant: Tenant, new_run: NewRun) -> None:
    tenant.add_permission(GITHUB, "Other", appstore_visibility="VISIBLE")
    run, made = new_run(), {}
    given = {APP: DIRECT, PERMISSION: READER}
    for kind in (first, *(given.keys() - {first})):
        made[kind] = run.create(kind, given[kind], kind)
    assert visibility(tenant.permission(made[PERMISSION][0])) == "VISIBLE"
    assert others(tenant) == {"HIDDEN"}
    for kind, (id, state) in made.items():
        new_run().refresh(kind, id, state, kind)


@pytest.mark.parametrize("now", [DIRECT, app(None)], ids=["DIRECT_TO_USER", "no longer given"])
@pytest.mark.parametrize("first", [APP, PERMISSION])
def test_an_app_that_begins_to_hide_leaves_what_is_declared_visible(
    first: str, now: Values, tenant: Tenant, new_run: NewRun
) -> None:
    """Nothing of the permission changes: the engine only compares it, before or after the app."""
    run = new_run()
    id, state = run.create(PERMISSION, READER, "reader")
    app_id, app_state = run.create(APP, BY_GROUPS, "app")

    def change(run: Run) -> None:
        assert run.check(APP, BY_GROUPS, now, "app") == {}
        assert run.diff(APP, app_id, app_state, now, "app").changed
        run.update(APP, app_id, app_state, now)

    def compare(run: Run) -> None:
        assert run.check(PERMISSION, READER, READER, "reader") == {}
        assert not run.diff(PERMISSION, id, state, READER, "reader").changed

    run = new_run()
    for step in (change, compare) if first == APP else (compare, change):
        step(run)
    assert visibility(tenant.permission(id)) == "VISIBLE"
    new_run().refresh(PERMISSION, id, state, "reader")


def test_what_only_the_state_knows_is_hidden_with_its_app(tenant: Tenant, new_run: NewRun) -> None:
    run = new_run()
    id, state = run.create(PERMISSION, READER, "reader")
    app_id, app_state = run.create(APP, BY_GROUPS, "app")
    run = new_run()
    run.refresh(PERMISSION, id, state, "reader")
    run.update(APP, app_id, app_state, DIRECT)
    assert visibility(tenant.permission(id)) == "HIDDEN"


@pytest.mark.parametrize("first", [APP, ATTACHMENT])
def test_a_successor_stays_visible_as_its_source_was(
    first: str, tenant: Tenant, new_run: NewRun
) -> None:
    run = new_run()
    source = tenant.add_permission(GITHUB, "Admin", appstore_visibility="VISIBLE")["id"]
    given = {"permission": source, "group": by_id("IT")}
    _, state = run.create(ATTACHMENT, given, "bound")
    app_id, app_state = run.create(APP, BY_GROUPS, "app")
    run = new_run()
    if first == APP:
        run.update(APP, app_id, app_state, DIRECT)
    assert run.check(ATTACHMENT, given, given, "bound") == {}
    assert not run.diff(ATTACHMENT, source, state, given, "bound").changed
    if first != APP:
        run.update(APP, app_id, app_state, DIRECT)
    assert visibility(tenant.permission(state["bound_permission_id"])) == "VISIBLE"
    assert visibility(tenant.permission(source)) == "HIDDEN"


def test_a_lumos_that_keeps_it_hidden_is_reported(tenant: Tenant, new_run: NewRun) -> None:
    run = new_run()
    id, _ = run.create(PERMISSION, READER, "reader")
    tenant.switch(visible_under_direct_to_user="hide")
    run.create(APP, DIRECT, "app")
    assert (
        f"RequestablePermission {id} stays HIDDEN although it is declared VISIBLE" in run.told[-1]
    )
    assert "Every refresh will show that" in run.told[-1]


def test_a_permission_that_cannot_be_shown_again_does_not_stop_the_app(
    tenant: Tenant, new_run: NewRun
) -> None:
    run = new_run()
    id, _ = run.create(PERMISSION, READER, "reader")
    tenant.fault("status", method="PATCH", status=403)
    run.create(APP, DIRECT, "app")
    assert f"RequestablePermission {id} is HIDDEN now, by its app:" in run.told[-1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({APP: {}, PERMISSION: {}}, {APP: DIRECT, PERMISSION: READER}),
        ({APP: BY_GROUPS, PERMISSION: READER}, {APP: DIRECT, PERMISSION: READER}),
        ({APP: DIRECT, PERMISSION: HIDDEN}, {APP: DIRECT, PERMISSION: READER}),
    ],
    ids=["both are new", "the app begins to hide", "the permission begins to be VISIBLE"],
)
@pytest.mark.parametrize("first", [APP, PERMISSION])
def test_a_preview_reports_the_contradiction(
    first: str, before: dict[str, Values], after: dict[str, Values], new_run: NewRun
) -> None:
    run = new_run()
    for kind in [APP, PERMISSION] if first == APP else [PERMISSION, APP]:
        assert run.check(kind, before[kind], after[kind], kind, preview=True) == {}
    (told,) = (text for text in run.told if CONTRADICTION in text)
    named = (
        "this one is declared VISIBLE" if first == APP else "the permission 'Reader' is declared"
    )
    assert named in told


def test_an_old_contradiction_is_not_reported_again(new_run: NewRun) -> None:
    run = new_run()
    assert run.check(APP, DIRECT, DIRECT, "app", preview=True) == {}
    assert run.check(PERMISSION, READER, READER, "reader", preview=True) == {}
    assert run.told == []
