"""Two stacks attach a group each to one permission, which people see."""

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

KIND = "ProvisioningGroupAttachment"
SOURCE = seed_ids.SLACK_PERMISSION_ID
GROUPS = ("IT", "On-call")


def given(group: str, **more: Any) -> Values:
    return {"permission": SOURCE, "group": by_id(group), **more}


def seen(tenant: Tenant, id: str) -> str:
    return visibility(tenant.permission(id))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first goes first", "second goes first"])
def test_both_successors_are_seen_and_the_source_comes_back(
    order: tuple[int, int], tenant: Tenant, new_run: NewRun
) -> None:
    before = tenant.state()["permissions"]
    made = [new_run().create(KIND, given(group)) for group in GROUPS]
    successors = [state["bound_permission_id"] for _, state in made]
    assert [seen(tenant, id) for id in successors] == ["VISIBLE", "VISIBLE"]
    assert seen(tenant, SOURCE) == "HIDDEN"
    assert [state["source_visibility"] for _, state in made] == ["VISIBLE", "VISIBLE"]
    for id, state in made:
        new_run().refresh(KIND, id, state)
    for number in order:
        new_run().delete(KIND, *made[number])
    assert tenant.state()["permissions"] == before


def test_two_that_see_the_source_at_the_same_time_give_it_back_too(
    tenant: Tenant, new_run: NewRun
) -> None:
    """Both have read the source before either has hidden it."""
    before = tenant.state()["permissions"]
    runs = [new_run(), new_run()]
    for run, group in zip(runs, GROUPS, strict=True):
        assert run.check(KIND, {}, given(group), preview=True) == {}
    made = [run.create(KIND, given(group)) for run, group in zip(runs, GROUPS, strict=True)]
    assert [seen(tenant, state["bound_permission_id"]) for _, state in made] == ["VISIBLE"] * 2
    for id, state in made:
        new_run().delete(KIND, id, state)
    assert tenant.state()["permissions"] == before


def test_a_deletion_never_hides_what_was_found_hidden(tenant: Tenant, new_run: NewRun) -> None:
    tenant.edit_permission(SOURCE, request_config={"appstore_visibility": "HIDDEN"})
    id, state = new_run().create(KIND, given("IT"))
    assert (state["source_visibility"], seen(tenant, state["bound_permission_id"])) == (
        "HIDDEN",
        "HIDDEN",
    )
    tenant.edit_permission(SOURCE, request_config={"appstore_visibility": "VISIBLE"})
    new_run().delete(KIND, id, state)
    assert seen(tenant, SOURCE) == "VISIBLE"


def test_the_preview_tells_the_second_stack_what_the_first_has_hidden(
    tenant: Tenant, new_run: NewRun
) -> None:
    _, state = new_run().create(KIND, given("IT"))
    run = new_run()
    assert run.check(KIND, {}, given("On-call"), preview=True) == {}
    assert run.told[-1] == (
        f"The permission {SOURCE} is HIDDEN because {state['bound_permission_id']} is its "
        "successor already, by an attachment of another stack, so this successor is VISIBLE too."
    )


@pytest.mark.parametrize(
    "lookalike",
    [
        {},
        {"request_fulfillment_config": {"provisioning_group": by_id("IT")}},
        {
            "appstore_visibility": "VISIBLE",
            "request_fulfillment_config": {
                "provisioning_group": by_id("IT"),
                "manual_instructions": "Call.",
            },
        },
    ],
    ids=["no group", "hidden too", "other settings"],
)
def test_a_permission_that_people_have_hidden_has_a_hidden_successor(
    lookalike: Values, tenant: Tenant, new_run: NewRun
) -> None:
    tenant.edit_permission(SOURCE, request_config={"appstore_visibility": "HIDDEN"})
    label = tenant.permission(SOURCE)["label"]
    tenant.add_permission(seed_ids.SLACK_APP_ID, label, **lookalike)
    run = new_run()
    assert run.check(KIND, {}, given("On-call"), preview=True) == {}
    assert f"The successor is HIDDEN, as the permission {SOURCE} is" in run.told[-1]
    assert 'appstore_visibility="VISIBLE"' in run.told[-1]
    _, state = run.create(KIND, given("On-call"))
    assert seen(tenant, state["bound_permission_id"]) == "HIDDEN"


def test_the_program_says_what_people_see(tenant: Tenant, new_run: NewRun) -> None:
    new_run().create(KIND, given("IT"))
    _, state = new_run().create(KIND, given("On-call", appstore_visibility="HIDDEN"))
    assert seen(tenant, state["bound_permission_id"]) == "HIDDEN"
