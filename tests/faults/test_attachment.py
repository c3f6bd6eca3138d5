"""An attachment that is cut off after any of its requests and run again ends as if it had not been.

At no moment is there a second successor, or a hidden source that nothing has succeeded.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.kinds.provisioning_group_attachment.declaration import ProvisioningGroupAttachment
from pulumi_lumos.lifecycle.call import Call

from ..answers import every_answer
from ..drivers.cut_off import Killed, Run, company, run
from ..drivers.tenant import Tenant
from ..kinds.values import by_id, by_source_id

Values = dict[str, Any]

lifecycle = ProvisioningGroupAttachment.lifecycle
SALES = seed_ids.SALESFORCE_APP_ID
FIRST, SECOND = by_source_id("Salesforce Admins"), by_id("IT")
STEPS = {"request_fulfillment_config": {"manual_steps_needed": True, "manual_instructions": "Call"}}
MORE = {"request_fulfillment_config": {"manual_steps_needed": False}}


class Scenario(NamedTuple):
    """The attachment of a permission, from one step to the next.

    source: the permission as somebody has made it; the id of a seeded one where that is a string.
    before: what the attachment is made with; None where it is the creation that is cut off.
    by_hand: what somebody does in between; a refresh follows.
    after: what it is changed to; None where it is the deletion that is cut off.
    """

    source: Values | str
    before: Values | None
    after: Values | None
    by_hand: Callable[[Tenant, Values], None] | None = None


def native(shown: str, **config: Any) -> Values:
    """A permission that somebody has made by hand."""
    return {"app_id": SALES, "label": "Admin", "appstore_visibility": shown, **config}


def lose_the_successor(tenant: Tenant, state: Values) -> None:
    tenant.remove_permission(state["bound_permission_id"])


def lose_the_source(tenant: Tenant, state: Values) -> None:
    tenant.remove_permission(state["source_permission_id"])


def rename_the_source(tenant: Tenant, state: Values) -> None:
    tenant.edit_permission(state["source_permission_id"], label="Administrator")


SHOWN, HIDDEN = native("VISIBLE", **STEPS), native("HIDDEN")
DEFINED = {"label": "Admin", "appstore_visibility": "VISIBLE", "request_config": STEPS}
RENAMED = {**DEFINED, "label": "Administrator", "request_config": MORE}
ATTACHED = {"group": FIRST}
MOVED = {"group": SECOND}

SCENARIOS = {
    "made of a visible permission": Scenario(SHOWN, None, ATTACHED),
    "made of a hidden permission": Scenario(HIDDEN, None, ATTACHED),
    "made and kept hidden": Scenario(SHOWN, None, {**ATTACHED, "appstore_visibility": "HIDDEN"}),
    "made and shown": Scenario(SHOWN, None, {**ATTACHED, "appstore_visibility": "VISIBLE"}),
    "made under another label": Scenario(SHOWN, None, {**ATTACHED, "label": "Boss"}),
    "made of a definition": Scenario(HIDDEN, None, {**ATTACHED, **DEFINED}),
    "made of a synced permission": Scenario("On-call", None, ATTACHED),
    "made of one that is bound already": Scenario("On-call", None, {"group": by_id("On-call")}),
    "moved to another group": Scenario(SHOWN, ATTACHED, MOVED),
    "moved with new settings": Scenario(SHOWN, {**ATTACHED, **DEFINED}, {**MOVED, **RENAMED}),
    "moved and cleared": Scenario(SHOWN, {**ATTACHED, "request_config": MORE}, MOVED),
    "moved and called as its source again": Scenario(SHOWN, {**ATTACHED, "label": "Boss"}, MOVED),
    "moved after its successor was lost": Scenario(SHOWN, ATTACHED, MOVED, lose_the_successor),
    "moved after its source was lost": Scenario(SHOWN, ATTACHED, MOVED, lose_the_source),
    "moved away from a binding that was there": Scenario(
        "On-call", {"group": by_id("On-call")}, MOVED
    ),
    "moved to the group of its source": Scenario("On-call", MOVED, {"group": by_id("On-call")}),
    "changed with its definition": Scenario(
        HIDDEN, {**ATTACHED, **DEFINED}, {**ATTACHED, **RENAMED}, rename_the_source
    ),
    "made again as its successor was lost": Scenario(SHOWN, ATTACHED, ATTACHED, lose_the_successor),
    "kept though its source was lost": Scenario(
        SHOWN, {**ATTACHED, "label": "Boss"}, ATTACHED, lose_the_source
    ),
    "called as its source again": Scenario(SHOWN, {**ATTACHED, "label": "Boss"}, ATTACHED),
    "deleted": Scenario(SHOWN, ATTACHED, None),
    "deleted though kept hidden": Scenario(
        SHOWN, {**ATTACHED, "appstore_visibility": "HIDDEN"}, None
    ),
    "deleted with its definition": Scenario(HIDDEN, {**ATTACHED, **DEFINED}, None),
    "deleted after its source was lost": Scenario(SHOWN, ATTACHED, None, lose_the_source),
    "deleted after its successor was lost": Scenario(SHOWN, ATTACHED, None, lose_the_successor),
}


@every_answer
@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_a_run_that_is_cut_off_anywhere_is_finished_by_the_next(
    scenario: Scenario, equal_labels: str, patch_applies_defaults: bool, emulator: EmulatorProcess
) -> None:
    switches = {"equal_labels": equal_labels, "patch_applies_defaults": patch_applies_defaults}
    with company(emulator.url, switches) as tenant:
        desired = finish(tenant, scenario, 0)
        requests = len(tenant.requests())
    for until in range(1, requests + 1):
        with company(emulator.url, switches) as tenant:
            assert finish(tenant, scenario, until) == desired, f"cut off after {until} requests"


def finish(tenant: Tenant, scenario: Scenario, until: int) -> Any:
    """Take the step, cut off after `until` requests and taken again, then delete the attachment.

    Gives what Lumos and Pulumi's state held after the step, with names for ids.
    """
    source = make_source(tenant, scenario.source)
    found = tenant.state()["permissions"]
    id, state = source["id"], {}
    if scenario.before:
        given = {"permission": id, **scenario.before}
        id, state = run(tenant, lambda call: lifecycle.create(call, Inputs(given)))
        if scenario.by_hand:
            scenario.by_hand(tenant, state)
            state = run(tenant, lambda call: lifecycle.read(call, id, State(state)))
    step = the_step(scenario, id, state)
    tenant.forget_requests()
    try:
        done = run(tenant, step, until=until)
        assert not until
    except Killed:
        assert_nothing_is_lost(tenant, source, found, scenario)
        done = run(tenant, step)
    held = without_ids(tenant, done, source["id"])
    if not until:
        return held  # the requests of the step are counted now
    assert_deletion_gives_back(tenant, scenario, found, done or (id, state))
    return held


def make_source(tenant: Tenant, source: Values | str) -> Values:
    if isinstance(source, str):
        (found,) = (
            one for one in tenant.permissions(seed_ids.OKTA_APP_ID) if one["label"] == source
        )
        tenant.edit_permission(found["id"], request_config={"appstore_visibility": "VISIBLE"})
        return tenant.permission(found["id"])
    config = copy.deepcopy(source)
    return tenant.add_permission(config.pop("app_id"), config.pop("label"), **config)


def the_step(scenario: Scenario, id: str, state: Values) -> Run:
    """What the engine calls, with the state that it has."""
    given = {"permission": id, **(scenario.after or {})}

    def step(call: Call) -> Any:
        if not scenario.after:
            return lifecycle.delete(call, id, State(state))
        if not state:
            return lifecycle.create(call, Inputs(given))
        return id, lifecycle.update(call, id, State(state), Inputs(given))

    return step


def assert_nothing_is_lost(
    tenant: Tenant, source: Values, found: Values, scenario: Scenario
) -> None:
    """Whoever could request the permission still can, and there are not two for one group."""
    own = [p for p in tenant.permissions(source["app_id"]) if p["id"] not in found]
    groups = [group_of(permission) for permission in own]
    assert len(groups) == len(set(groups)), "two successors"
    there = tenant.state()["permissions"].get(source["id"])
    was_shown = source["request_config"]["appstore_visibility"] == "VISIBLE"
    if there and was_shown and there["request_config"]["appstore_visibility"] == "HIDDEN":
        assert own or scenario.by_hand is lose_the_successor, "a hidden source without a successor"


def group_of(permission: Values) -> str:
    group = permission["request_config"]["request_fulfillment_config"]["provisioning_group"]
    return str(group and group["id"])


def without_ids(tenant: Tenant, done: Any, source: str) -> Any:
    """The permissions in Lumos and the state in Pulumi, with each id that was made replaced."""
    known = set(seed_ids_of(tenant))
    made = [id for id in tenant.state()["permissions"] if id not in known and id != source]
    text = json.dumps([done, tenant.state()["permissions"]], sort_keys=True)
    text = text.replace(source, "SOURCE").replace(f", {source[:8]})", ", SOURCE)")
    for id in made:
        text = text.replace(id, "SUCCESSOR")
    assert len(made) <= 1
    return json.loads(text)


def seed_ids_of(tenant: Tenant) -> list[str]:
    groups = seed_ids.GROUPS.values()
    synced = [seed_ids.stable_id("synced-permission", group.id) for group in groups]
    return [seed_ids.SLACK_PERMISSION_ID, *synced]


def assert_deletion_gives_back(
    tenant: Tenant, scenario: Scenario, found: Values, recorded: tuple[str, Values]
) -> None:
    """After the deletion Lumos has the permissions that were there, as they were."""
    id, state = recorded
    run(tenant, lambda call: lifecycle.delete(call, id, State(state)))
    left = tenant.state()["permissions"]
    if scenario.by_hand is rename_the_source:
        found[recorded[0]]["label"] = "Administrator"
    if scenario.by_hand is lose_the_source:
        del found[recorded[0]]
    assert left == found
