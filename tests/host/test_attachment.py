"""What is special about attachments, asked of the real dynamic host."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group, visibility

from ..answers import each_answer_to_equal_labels
from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.tenant import Tenant
from ..kinds.values import by_id, by_source_id

Values = dict[str, Any]

KIND, DEFINITION = "ProvisioningGroupAttachment", "RequestablePermission"
SALES = seed_ids.SALESFORCE_APP_ID
ADMINS = by_id("Salesforce Admins")
STEPS = {"request_fulfillment_config": {"manual_steps_needed": True}}


def make(tenant: Tenant, **config: Any) -> Values:
    """A permission that somebody has made by hand and that people see."""
    return tenant.add_permission(SALES, "Admin", appstore_visibility="VISIBLE", **config)


def test_a_binding_that_is_there_is_recorded_and_left_as_it_is(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    config = {**STEPS["request_fulfillment_config"], "provisioning_group": ADMINS}
    bound = make(tenant, request_fulfillment_config=config)
    said = {"label": "Boss", "appstore_visibility": "HIDDEN", "request_config": STEPS}
    given = {"permission": bound["id"], "group": ADMINS, **said}
    tenant.forget_requests()
    id, state = host.create(KIND, given)
    assert (id, state["mode"], state["bound_permission_id"]) == (bound["id"], "existing", id)
    assert next_run.read(KIND, id, state) == (id, state, given)
    assert not next_run.diff(KIND, id, state, given).changes
    plain = {"permission": id, "group": ADMINS}
    state = next_run.update(KIND, id, state, plain)
    assert not next_run.diff(KIND, id, state, plain).changes
    next_run.delete(KIND, id, state)
    assert tenant.requests("POST", "PATCH", "DELETE") == []


def test_without_its_successor_it_is_an_attachment_and_without_its_source_it_is_none(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, {"permission": make(tenant)["id"], "group": ADMINS})
    tenant.remove_permission(state["bound_permission_id"])
    there, now, _ = next_run.read(KIND, id, state)
    assert (there, "group" in now) == (id, False)
    tenant.remove_permission(id)
    assert next_run.read(KIND, id, state)[0] == ""


def test_a_permission_that_lumos_does_not_have_is_wrong_in_the_preview(host: DynamicHost) -> None:
    given = {"permission": "nobody", "group": ADMINS}
    assert host.check(KIND, {}, given).failures == {
        "permission": "Lumos has no permission with the id 'nobody'; correct it, or find it by "
        "name with lumos.get_permission"
    }


def test_a_permission_that_only_looks_like_the_successor_is_named_and_not_taken(
    tenant: Tenant, host: DynamicHost
) -> None:
    source = make(tenant)
    other = make(
        tenant,
        request_fulfillment_config={"provisioning_group": ADMINS},
        request_validation_inline_webhook={"id": seed_ids.WEBHOOK_IDS["REQUEST_VALIDATION"]},
    )
    before = tenant.state()
    given = {"permission": source["id"], "group": ADMINS}
    with pytest.raises(Failed, match="SuccessorInDoubt") as failed:
        host.create(KIND, given)
    (foreseen,) = host.check(KIND, {}, given).failures.values()
    for told in (str(failed.value), foreseen):
        assert other["id"] in told
        assert "adopt=<its id>" in told
    assert tenant.state() == before


def test_two_attachments_of_one_permission_are_refused(tenant: Tenant, host: DynamicHost) -> None:
    given = {"permission": make(tenant)["id"], "group": ADMINS}
    host.create(KIND, given, name="one")
    with pytest.raises(Failed, match="one and other stand for the same"):
        host.create(KIND, {**given, "group": by_id("IT")}, name="other")
    assert len(tenant.permissions(SALES)) == 2


def test_attachments_of_permissions_of_one_label_have_a_successor_each(
    tenant: Tenant, host: DynamicHost
) -> None:
    first, second = make(tenant), make(tenant)
    made = [
        host.create(KIND, {"permission": source["id"], "group": ADMINS}, name=source["id"])
        for source in (first, second)
    ]
    assert len({state["bound_permission_id"] for _, state in made}) == 2
    assert len(tenant.permissions(SALES)) == 4


@each_answer_to_equal_labels
def test_an_attachment_made_anew_of_its_own_successor_keeps_it_and_frees_the_source(
    equal_labels: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    tenant.switch(equal_labels=equal_labels)
    id, state = host.create(KIND, {"permission": make(tenant)["id"], "group": ADMINS})
    successor = state["bound_permission_id"]
    moved = {"permission": successor, "group": ADMINS}
    _, new = next_run.create(KIND, moved)
    next_run.delete(KIND, id, state)
    assert (new["mode"], new["bound_permission_id"]) == ("existing", successor)
    assert [visibility(tenant.permission(one)) for one in (id, successor)] == ["VISIBLE"] * 2


@each_answer_to_equal_labels
def test_a_definition_that_somebody_deleted_can_be_the_successor_itself(
    equal_labels: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    tenant.switch(equal_labels=equal_labels)
    defined = {"app_id": SALES, "label": "Admin", "request_config": STEPS}
    definition, _ = host.create(DEFINITION, defined, name="definition")
    said = {"label": "Admin", "request_config": STEPS, "appstore_visibility": "VISIBLE"}
    given = {"permission": definition, "group": ADMINS, **said}
    id, state = host.create(KIND, given)
    successor = state["bound_permission_id"]
    tenant.remove_permission(definition)

    (refused,) = next_run.check(DEFINITION, {}, defined, name="definition").failures.values()
    assert successor in refused
    assert "adopt=True" in refused
    adopted, _ = next_run.create(DEFINITION, {**defined, "adopt": True}, name="definition")
    assert adopted == successor
    _, new = next_run.create(KIND, {**given, "permission": adopted})
    next_run.delete(KIND, id, state)
    assert new["mode"] == "existing"
    (left,) = tenant.permissions(SALES)
    assert left["id"] == successor
    assert visibility(left) == "VISIBLE"
    assert bound_group(left)["id"] == ADMINS["id"]


def test_naming_the_successor_is_naming_the_same_attachment(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    given = {"permission": seed_ids.SLACK_PERMISSION_ID, "group": by_source_id("Contractors")}
    id, state = host.create(KIND, given)
    successor = {**given, "permission": state["bound_permission_id"]}
    assert successor["permission"] != id
    assert not next_run.diff(KIND, id, state, successor).changes
    moved = next_run.diff(KIND, id, state, {**successor, "group": by_id("Everyone")})
    assert moved.changes
    assert moved.replaces == []
    now = next_run.update(KIND, id, state, {**successor, "group": by_id("Everyone")})
    assert not host.diff(KIND, id, now, {**given, "group": by_id("Everyone")}).changes
    assert now["source_permission_id"] == seed_ids.SLACK_PERMISSION_ID
    next_run.delete(KIND, id, now)
    (left,) = tenant.permissions(seed_ids.SLACK_APP_ID)
    assert left["id"] == seed_ids.SLACK_PERMISSION_ID
    assert left["request_config"]["appstore_visibility"] == "VISIBLE"
