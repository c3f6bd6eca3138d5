"""A resource that has another name or parent since the last run stays the same object."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..host.adoption import adopting, desired, in_any_order, least_of
from ..kinds import FACTS, KINDS, Values, make_room, samples

NewRun = Callable[..., Run]

OLD = "eu::old"

every_kind = pytest.mark.parametrize("kind", KINDS)
either_knowledge = pytest.mark.parametrize("told_by", ["refresh", "program"])
"""Whether a refresh tells what the state has, or the program asks the engine for it."""


def made(tenant: Tenant, run: Run, kind: str) -> tuple[str, Values]:
    """An object that a run has made as `OLD`, with its state."""
    make_room(tenant, kind)
    return run.create(kind, samples(kind)[0], OLD)


def tell(run: Run, told_by: str, kind: str, id: str, state: Values) -> None:
    """Give a run the state under the old name."""
    if told_by == "refresh":
        run.refresh(kind, id, state, OLD)
    else:
        spec = run.lifecycle(kind).adopts
        run.of_stack.ownership.remember_origin(
            spec,
            id,
            f"urn:pulumi:dev::appstore::it::{OLD}",
            state.get(BEFORE_ADOPTION),
            spec.inputs(State(state)),
        )


@every_kind
def test_a_refresh_under_the_old_name_leaves_the_object_to_the_new_one(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    """With an alias, `--refresh` compares the old URN before the program gives the new one."""
    id, state = made(tenant, new_run(), kind)
    run, given = new_run(), samples(kind)[0]
    run.refresh(kind, id, state, OLD)
    assert run.check(kind, given, given, "new") == {}
    assert not run.diff(kind, id, state, given, "new").changed


@every_kind
def test_a_refresh_of_two_resources_of_one_object_compares_both(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    """A run leaves them so that is killed between the new name and the deletion of the old."""
    id, state = made(tenant, new_run(), kind)
    run = new_run()
    run.refresh(kind, id, state, OLD)
    run.refresh(kind, id, state, "new")


@every_kind
@pytest.mark.parametrize("refreshed", [True, False])
def test_a_new_name_without_an_alias_takes_the_object_over(
    kind: str, refreshed: bool, tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run(), kind)
    before, run = tenant.state(), new_run()
    if refreshed:
        run.refresh(kind, id, state, OLD)
    now, taken = run.create(kind, samples(kind)[0], "new")
    run.delete(kind, id, state, OLD)
    assert (now, taken) == (id, state)
    assert tenant.state() == before


@every_kind
def test_what_a_replacement_has_deleted_first_is_made_anew(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    """With `delete_before_replace`, the engine deletes between the check and the create."""
    id, state = made(tenant, new_run(), kind)
    run, given = new_run(), samples(kind)[0]
    assert run.check(kind, {}, given, "old") == {}
    run.delete(kind, id, state, "old")
    again, now = run.lifecycle(kind).create(run.call("old"), Inputs(given))
    assert FACTS[kind].is_there(tenant, now, again)


@adopting
def test_a_preview_says_that_an_object_as_declared_is_taken_over(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    id, _ = made(tenant, new_run(), kind)
    run = new_run()
    assert run.check(kind, {}, samples(kind)[0], preview=True) == {}
    assert f"takes {kind} {id} over, which is just as declared" in run.told


@adopting
def test_what_this_stack_has_under_another_name_is_to_be_kept_by_an_alias_first(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run(), kind)
    run = new_run()
    (reason,) = run.check(kind, {}, desired(kind), "new").values()
    assert 'aliases=[pulumi.Alias(name="<old name>")]' in reason
    assert reason.index("aliases") < reason.index("adopt=True")
    run.refresh(kind, id, state, OLD)
    (reason,) = run.check(kind, {}, desired(kind), "new").values()
    assert f"This stack has it as {OLD}: if you renamed or moved that" in reason
    assert f'aliases=[pulumi.Alias(name="{OLD}")]' in reason


def test_an_object_in_a_component_is_kept_by_its_urn(tenant: Tenant, new_run: NewRun) -> None:
    kind = "RequestablePermission"
    id, state = made(tenant, new_run(), kind)
    run, urn = new_run(), "urn:pulumi:dev::appstore::acme:Team$pulumi-python:dynamic/lumos::old"
    run.refresh(kind, id, state, urn)
    (reason,) = run.check(kind, {}, desired(kind), "new").values()
    assert f'aliases=["{urn}"]' in reason


@adopting
@either_knowledge
def test_an_object_that_this_stack_has_made_is_never_recorded_as_found(
    kind: str, told_by: str, tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run(), kind)
    run = new_run()
    tell(run, told_by, kind, id, state)
    _, adopted = run.create(kind, desired(kind, adopt=True), "new")
    run.delete(kind, id, state, OLD)
    assert BEFORE_ADOPTION not in adopted
    assert any(f"takes {kind} {id} over from {OLD}, which has made it" in text for text in run.told)
    assert FACTS[kind].is_there(tenant, adopted, id)
    new_run().delete(kind, id, adopted, "new")
    assert not FACTS[kind].is_there(tenant, adopted, id)


@adopting
@either_knowledge
def test_an_adopted_object_is_given_back_as_it_was_found_under_any_name(
    kind: str, told_by: str, tenant: Tenant, new_run: NewRun
) -> None:
    id, _ = made(tenant, new_run(), kind)
    found, given = FACTS[kind].held(tenant, {}, id), desired(kind, adopt=True)
    _, state = new_run().create(kind, given, OLD)
    run = new_run()
    tell(run, told_by, kind, id, state)
    _, adopted = run.create(kind, given, "new")
    run.delete(kind, id, state, OLD)
    assert adopted[BEFORE_ADOPTION] == state[BEFORE_ADOPTION]
    new_run().delete(kind, id, adopted, "new")
    assert in_any_order(FACTS[kind].held(tenant, {}, id)) == in_any_order(found)


@adopting
@pytest.mark.parametrize("then", ["renamed", "renamed, without adopt", "changed"])
def test_what_was_empty_before_the_adoption_is_emptied_again(
    kind: str, then: str, tenant: Tenant, new_run: NewRun
) -> None:
    make_room(tenant, kind)
    id, _ = new_run().create(kind, least_of(kind), "by hand")
    found, given = tenant.state(), desired(kind, 0, adopt=True)
    _, state = new_run().create(kind, given, "old")
    assert tenant.state() != found
    run = new_run()
    if then == "changed":
        state = run.update(kind, id, state, desired(kind, adopt=True), "old")
    else:
        tell(run, "program", kind, id, state)
        again = given if then == "renamed" else desired(kind, 0)
        _, taken = run.create(kind, again, "new")
        run.delete(kind, id, state, "old")
        state = taken
    new_run().delete(kind, id, state, "it")
    assert in_any_order(tenant.state()) == in_any_order(found)


@adopting
def test_an_adopted_object_stays_adopted_when_it_loses_its_name_and_adopt(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    id, state = made(tenant, new_run(), kind)
    run, found = new_run(), {"app_id": "as it was found"}
    tell(run, "program", kind, id, {**state, BEFORE_ADOPTION: found})
    _, taken = run.create(kind, samples(kind)[0], "new")
    assert taken[BEFORE_ADOPTION] == found


def test_a_successor_that_this_stack_has_made_is_deleted_under_any_name(
    tenant: Tenant, new_run: NewRun
) -> None:
    """It is adopted by an attachment of another name, and by a permission instead of that."""
    kind = "ProvisioningGroupAttachment"
    before = tenant.state()
    id, state = made(tenant, new_run(), kind)
    successor, group = state["bound_permission_id"], samples(kind)[0]["group"]
    run = new_run()
    run.refresh(kind, id, state, OLD)
    given: Values = {"permission": id, "group": group, "adopt": successor}
    _, adopted = run.create(kind, given, "new")
    run.delete(kind, id, state, OLD)
    assert BEFORE_ADOPTION not in adopted
    assert tenant.permission(successor)

    run = new_run()
    run.refresh(kind, id, adopted, "new")
    label = tenant.permission(successor)["label"]
    direct: Values = {"app_id": state["app_id"], "label": label, "adopt": successor}
    _, permission = run.create("RequestablePermission", direct, "direct")
    run.delete(kind, id, adopted, "new")
    assert BEFORE_ADOPTION not in permission
    new_run().delete("RequestablePermission", successor, permission, "direct")
    assert in_any_order(tenant.state()) == in_any_order(before)


@adopting
def test_what_another_resource_of_the_program_stands_for_is_not_deleted(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    """Two resources stood for one object, and one of them leaves the program, as advised."""
    id, state = made(tenant, new_run(), kind)
    before, run, given = tenant.state(), new_run(), samples(kind)[0]
    assert run.check(kind, given, given, "kept") == {}
    assert not run.diff(kind, id, state, given, "kept").changed
    run.delete(kind, id, state, OLD)
    assert tenant.state() == before
