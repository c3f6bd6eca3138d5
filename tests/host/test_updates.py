"""After a write, the state is what the program says and Lumos holds it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.declaration import RequestablePermission
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.errors import HalfMade
from pulumi_lumos.lifecycle.run import Run

from ..drivers.calls import call_in
from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.tenant import Tenant
from ..kinds.values import GRACE, LINUS, by_id

KIND = "RequestablePermission"
APP = seed_ids.SALESFORCE_APP_ID
ADMIN: dict[str, Any] = {"app_id": APP, "label": "Admin"}


def test_an_option_that_the_program_no_longer_gives_leaves_the_state(
    tenant: Tenant, host: DynamicHost
) -> None:
    id, state = host.create(KIND, {**ADMIN, "deletion_policy": "hide"})
    tenant.forget_requests()
    state = host.update(KIND, id, state, ADMIN)
    assert "deletion_policy" not in state
    assert tenant.requests() == []
    assert host.read(KIND, id, state) == (id, state, ADMIN)
    host.delete(KIND, id, state)
    assert tenant.permissions(APP) == []


@pytest.mark.parametrize("patch_applies_defaults", [True, False])
def test_approvers_are_as_given_though_lumos_merges_those_of_another_stage_into_them(
    patch_applies_defaults: bool, tenant: Tenant, host: DynamicHost
) -> None:
    tenant.switch(patch_applies_defaults=patch_applies_defaults)
    approval = {
        "request_approval_config_override": True,
        "approvers": {"users": [GRACE], "groups": []},
    }
    given = {**ADMIN, "request_config": {"request_approval_config": approval}}
    id, state = host.create(KIND, given)
    tenant.edit_permission(
        id,
        request_config={
            "request_approval_config": {
                "manager_approval": "NONE",
                "require_additional_approval": True,
                "approvers_stage_2": {"users": [LINUS], "groups": []},
            }
        },
    )
    one_stage = {**approval, "require_additional_approval": False}
    given = {**ADMIN, "request_config": {"request_approval_config": one_stage}}
    state = host.update(KIND, id, state, given)
    live = tenant.permission(id)["request_config"]["request_approval_config"]
    assert [user["id"] for user in live["approvers"]["users"]] == [GRACE["id"]]
    assert host.read(KIND, id, state) == (id, state, given)


def test_approvers_are_as_given_though_a_second_stage_comes_into_force_with_their_override(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    approval = {
        "request_approval_config_override": True,
        "require_additional_approval": False,
        "approvers": {"users": [GRACE]},
    }
    given = {**ADMIN, "request_config": {"request_approval_config": approval}}
    id, state = host.create(KIND, given)
    switched_off = {
        "request_approval_config_override": False,
        "require_additional_approval": True,
        "approvers_stage_2": {"users": [LINUS], "groups": []},
    }
    tenant.edit_permission(id, request_config={"request_approval_config": switched_off})
    _, state, _ = next_run.read(KIND, id, state)
    state = next_run.update(KIND, id, state, given)
    live = tenant.permission(id)["request_config"]["request_approval_config"]
    assert [user["id"] for user in live["approvers"]["users"]] == [GRACE["id"]]
    assert next_run.read(KIND, id, state) == (id, state, given)


def test_what_lumos_does_not_take_over_is_a_warning(tenant: Tenant) -> None:
    tenant.switch(visible_under_direct_to_user="hide")
    warnings: list[str] = []

    def hear(text: str, *_: object) -> None:
        warnings.append(text)

    client = LumosClient(Settings(tenant.token, tenant.url))
    call = Call(Run(lambda: client), "it", Diagnostics(hear, hear, hear))
    given = Inputs({**ADMIN, "request_config": {"appstore_visibility": "VISIBLE"}})
    id, _ = RequestablePermission.lifecycle.create(call, given)
    client.close()
    (warning,) = warnings
    assert "request_config.appstore_visibility" in warning
    assert id in warning
    assert len(tenant.requests("PATCH")) == 1


def test_an_adoption_that_stops_half_way_is_still_given_back_and_never_deleted(
    tenant: Tenant,
) -> None:
    two_stages = {
        "request_approval_config_override": True,
        "require_additional_approval": True,
        "approvers": {"users": [GRACE], "groups": []},
        "approvers_stage_2": {"users": [LINUS], "groups": []},
    }
    id = tenant.add_permission(APP, "Admin", request_approval_config=two_stages)["id"]
    # Lumos merges the stages, and refuses to take the approvers of the second out again.
    tenant.fault("status", method="PATCH", nth=[2], status=422, body_text='{"detail": "no"}')
    one_stage = {
        "request_approval_config_override": True,
        "require_additional_approval": False,
        "approvers": {"users": [GRACE]},
    }
    given = {**ADMIN, "adopt": True, "request_config": {"request_approval_config": one_stage}}
    client = LumosClient(Settings(tenant.token, tenant.url))
    one_run, next_run = (call_in(Run(lambda: client)) for _ in range(2))
    with pytest.raises(HalfMade) as stopped:
        RequestablePermission.lifecycle.create(one_run, Inputs(given))
    assert stopped.value.id == id
    RequestablePermission.lifecycle.delete(next_run, id, stopped.value.state)
    client.close()
    assert tenant.requests("DELETE") == []
    given_back = tenant.permission(id)["request_config"]["request_approval_config"]
    assert given_back["require_additional_approval"]


def bound(group: str) -> dict[str, Any]:
    """A permission that grants a group, and is hidden instead of deleted."""
    fulfillment = {"provisioning_group": by_id(group)}
    config = {"appstore_visibility": "VISIBLE", "request_fulfillment_config": fulfillment}
    return {**ADMIN, "deletion_policy": "hide", "request_config": config}


@pytest.mark.parametrize("equal_labels", ["allow", "refuse"])
def test_a_permission_that_hides_what_it_replaces_can_be_replaced_again_and_again(
    equal_labels: str, tenant: Tenant, host: DynamicHost
) -> None:
    tenant.switch(equal_labels=equal_labels)

    id, state = host.create(KIND, bound("IT"))
    made = [id]
    for group in ("On-call", "IT", "Everyone"):
        assert host.diff(KIND, id, state, bound(group)).replaces
        new, new_state = host.create(KIND, bound(group))
        host.delete(KIND, id, state)
        id, state = new, new_state
        made.append(id)
    shown = {p["id"]: p["request_config"]["appstore_visibility"] for p in tenant.permissions(APP)}
    assert shown == {**dict.fromkeys(made, "HIDDEN"), id: "VISIBLE"}
    assert tenant.permission(id)["label"] == "Admin"


def test_a_permission_that_is_hidden_before_it_is_replaced_stands_in_the_way_of_the_next(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    """docs/resource-options.md says so of `delete_before_replace`."""
    id, state = host.create(KIND, bound("IT"))
    host.diff(KIND, id, state, bound("On-call"))
    host.delete(KIND, id, state)
    hidden = id
    id, state = host.create(KIND, bound("On-call"))
    next_run.diff(KIND, id, state, bound("Everyone"))
    next_run.delete(KIND, id, state)
    with pytest.raises(Failed, match=f"already has a {KIND}.*{hidden}"):
        next_run.create(KIND, bound("Everyone"))
