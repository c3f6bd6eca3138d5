"""An attachment adopts a permission as the successor, and gives it back as it was found."""

from __future__ import annotations

import pytest
from pulumi_lumos.kinds.requestable_permission.lifecycle import visibility

from ..answers import each_answer_to_equal_labels
from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import OneRun
from ..drivers.tenant import Tenant
from ..kinds.values import by_id
from .attachments import (
    ADMINS,
    IT,
    KIND,
    ONCE,
    PERMISSION,
    SALES,
    STEPS,
    WEBHOOK,
    Values,
    bound,
    make,
    read,
)


@pytest.mark.parametrize(
    ("by", "equal_labels"), [("label", "allow"), ("id", "allow"), ("id", "refuse")]
)
def test_a_successor_that_is_there_is_adopted_and_given_back(
    by: str, equal_labels: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    source = make(tenant)
    there = bound(tenant, "Admin" if by == "label" else "Boss")
    found = tenant.state()
    tenant.switch(equal_labels=equal_labels)
    adopt = True if by == "label" else there["id"]
    given = {"permission": source["id"], "group": ADMINS, "label": "Admin", "adopt": adopt}
    tenant.forget_requests()
    id, state = host.create(KIND, host.check(KIND, {}, {**given, "request_config": STEPS}).inputs)
    assert state["bound_permission_id"] == there["id"]
    now = tenant.permission(there["id"])
    assert (now["label"], visibility(now)) == ("Admin", "VISIBLE")
    assert now["request_config"]["request_fulfillment_config"]["manual_steps_needed"]
    assert visibility(tenant.permission(source["id"])) == "HIDDEN"
    assert not next_run.diff(KIND, id, state, {**given, "request_config": STEPS}).changes

    changed = {**given, "request_config": {"access_removal_inline_webhook": WEBHOOK}}
    state = next_run.update(KIND, id, state, changed)
    assert not next_run.diff(KIND, id, state, changed).changes
    next_run.delete(KIND, id, state)
    assert tenant.requests("POST", "DELETE") == []
    assert tenant.state() == found


@each_answer_to_equal_labels
def test_an_adopted_successor_is_given_back_when_the_group_changes(
    equal_labels: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    source, there = make(tenant), bound(tenant, "Boss")
    tenant.switch(equal_labels=equal_labels)
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    id, state = host.create(KIND, given)
    state = next_run.update(KIND, id, state, {**given, "group": IT})
    assert tenant.permission(there["id"]) == there
    made = state["bound_permission_id"]
    assert visibility(tenant.permission(made)) == "VISIBLE"
    next_run.delete(KIND, id, state)
    assert tenant.permissions(SALES) == [source, there]


def test_a_preview_refuses_what_cannot_be_the_successor(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    given = {"permission": make(tenant)["id"], "group": ADMINS}

    def reason(adopt: bool | str, run: DynamicHost = host) -> str:
        (told,) = run.check(KIND, {}, {**given, "adopt": adopt}).failures.values()
        return str(told)

    other = bound(tenant, group=by_id("IT"))["id"]
    assert "no other permission 'Admin' with this provisioning group" in reason(True)
    assert "does not change request_config.request_fulfillment_config.provisioning_group" in (
        reason(other)
    )
    assert "no RequestablePermission with id 'nothing' to adopt" in reason("nothing")
    two = [bound(tenant)["id"] for _ in range(2)]
    told = reason(True, next_run)
    assert all(id in told for id in two)
    (told,) = next_run.check(KIND, {}, given).failures.values()
    assert all(id in told for id in two)
    assert "adopt=" in told


def test_two_attachments_never_adopt_the_same(tenant: Tenant, host: DynamicHost) -> None:
    one, two, there = make(tenant), make(tenant), bound(tenant)
    given = {"group": ADMINS, "adopt": there["id"]}
    host.create(KIND, {**given, "permission": one["id"]}, name="one")
    before = tenant.state()
    with pytest.raises(Failed, match="one and two stand for the same"):
        host.create(KIND, {**given, "permission": two["id"], "request_config": STEPS}, name="two")
    assert tenant.state() == before


def test_what_a_permission_of_the_program_stands_for_is_not_adopted(
    tenant: Tenant, host: DynamicHost
) -> None:
    source, there = make(tenant), bound(tenant)
    hidden = {"app_id": SALES, "label": "Admin", "adopt": there["id"]}
    host.create(PERMISSION, hidden, name="permission")
    before = tenant.state()
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    with pytest.raises(Failed, match="permission and attachment stand for the same"):
        host.create(KIND, given, name="attachment")
    assert tenant.state() == before


@each_answer_to_equal_labels
@pytest.mark.parametrize(
    ("lost", "of", "nth"),
    [
        pytest.param({"status": 502, "when": "after"}, "adopted", 1, id="the adopted, unanswered"),
        pytest.param({"status": 403}, "source", 1, id="the source, refused"),
        pytest.param({"status": 502, "when": "after"}, "source", 1, id="the source, unanswered"),
    ],
)
def test_an_adoption_that_is_stopped_is_recorded_finished_and_given_back(
    lost: Values, of: str, nth: int, equal_labels: str, tenant: Tenant, one_run: OneRun
) -> None:
    source, there = make(tenant), bound(tenant, "Boss")
    tenant.switch(equal_labels=equal_labels)
    found = tenant.permissions(SALES)
    path = {"adopted": there["id"], "source": source["id"]}[of]
    tenant.fault("status", method="PATCH", path=path, nth=[nth], **lost)
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    with one_run(**ONCE) as host, pytest.raises(Failed) as failed:
        host.create(KIND, given)
    tenant.call("DELETE", "/_emulator/faults")
    half = failed.value.half_made
    assert half is not None
    with one_run() as host:
        id, state, _ = read(host, half.id, half.state)
        state = host.update(KIND, id, state, given)
        assert not host.diff(KIND, id, state, given).changes
    assert [visibility(tenant.permission(one["id"])) for one in (source, there)] == [
        "HIDDEN",
        "VISIBLE",
    ]
    with one_run() as host:
        host.delete(KIND, id, state)
    assert tenant.permissions(SALES) == found


def test_an_update_without_an_answer_still_gives_back_what_was_found(
    tenant: Tenant, host: DynamicHost, one_run: OneRun
) -> None:
    source, there = make(tenant), bound(tenant, "Boss")
    found = tenant.permissions(SALES)
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    id, state = host.create(KIND, given)
    given = {**given, "label": "Chief"}
    tenant.fault("status", status=502, method="PATCH", when="after")
    with one_run(**ONCE) as run, pytest.raises(Failed) as failed:
        run.update(KIND, id, state, given)
    tenant.call("DELETE", "/_emulator/faults")
    half = failed.value.half_made
    assert half is not None
    with one_run() as run:
        id, state, _ = read(run, half.id, half.state)
        state = run.update(KIND, id, state, given)
        run.delete(KIND, id, state)
    assert tenant.permissions(SALES) == found


def test_a_source_that_stepped_aside_in_vain_gets_its_label_back(
    tenant: Tenant, host: DynamicHost
) -> None:
    source, there = make(tenant), bound(tenant, "Boss")
    tenant.switch(equal_labels="refuse")
    found = tenant.permissions(SALES)
    tenant.fault("status", status=403, method="PATCH", path=there["id"], nth=[2])
    given = {"permission": source["id"], "group": ADMINS, "label": "Admin", "adopt": there["id"]}
    with pytest.raises(Failed, match="403"):
        host.create(KIND, given)
    assert tenant.permissions(SALES) == found


def test_what_was_adopted_is_never_deleted_where_the_program_no_longer_says_so(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    source, there = make(tenant), bound(tenant)
    given = {"permission": source["id"], "group": ADMINS}
    # Its host is killed before the engine hears of it.
    host.create(KIND, {**given, "adopt": True})
    (reason,) = next_run.check(KIND, {}, given).failures.values()
    assert there["id"] in reason
    with pytest.raises(Failed, match="SuccessorInDoubt"):
        next_run.create(KIND, given)


def test_another_permission_of_the_group_is_not_taken_for_the_adopted_one(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    source, there, other = make(tenant), bound(tenant), bound(tenant)
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    id, state = host.create(KIND, given)
    tenant.remove_permission(there["id"])
    id, state, _ = read(next_run, id, state)
    with pytest.raises(Failed, match="SuccessorInDoubt") as failed:
        next_run.update(KIND, id, state, given)
    assert other["id"] in str(failed.value)
    assert tenant.permission(other["id"]) == other


@each_answer_to_equal_labels
def test_an_adopted_one_that_somebody_deleted_is_replaced_by_a_successor(
    equal_labels: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost, one_run: OneRun
) -> None:
    source, there = make(tenant), bound(tenant, "Boss")
    tenant.switch(equal_labels=equal_labels)
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    id, state = host.create(KIND, given)
    tenant.remove_permission(there["id"])
    id, state, _ = read(next_run, id, state)
    state = next_run.update(KIND, id, state, given)
    assert not next_run.diff(KIND, id, state, given).changes
    with one_run() as run:
        run.delete(KIND, id, state)
    assert tenant.permissions(SALES) == [source]


def test_what_was_adopted_hidden_beside_a_hidden_source_stays_hidden(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    source, there = tenant.add_permission(SALES, "Admin"), bound(tenant)
    given = {"permission": source["id"], "group": ADMINS, "adopt": True}
    id, state = host.create(KIND, given)
    next_run.update(KIND, id, state, {**given, "request_config": STEPS})
    assert [visibility(tenant.permission(one["id"])) for one in (source, there)] == ["HIDDEN"] * 2


def test_an_attachment_that_found_its_group_bound_adopts_nothing_later(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    source = bound(tenant)
    given = {"permission": source["id"], "group": ADMINS, "adopt": True}
    id, state = host.create(KIND, given)
    state = next_run.update(KIND, id, state, {**given, "group": IT})
    assert state["mode"] == "successor"
    assert state["bound_permission_id"] != source["id"]


@pytest.mark.parametrize("again", ["the same permission", "another permission"])
def test_what_a_replacement_adopts_again_is_given_back_as_it_was_found_first(
    again: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost, one_run: OneRun
) -> None:
    one, two, there = make(tenant), make(tenant), bound(tenant)
    found = tenant.permissions(SALES)
    given = {"group": ADMINS, "adopt": there["id"], "request_config": STEPS}
    id, state = host.create(KIND, {**given, "permission": one["id"]})
    source = one if again == "the same permission" else two
    new = {**given, "permission": source["id"]}
    next_run.diff(KIND, id, state, new)
    new_id, new_state = next_run.create(KIND, new)
    next_run.delete(KIND, id, state)
    shown = {one["id"]: visibility(one) for one in tenant.permissions(SALES)}
    other = two if source is one else one
    assert shown == {source["id"]: "HIDDEN", other["id"]: "VISIBLE", there["id"]: "VISIBLE"}
    with one_run() as run:
        run.delete(KIND, new_id, new_state)
    assert tenant.permissions(SALES) == found


@each_answer_to_equal_labels
def test_whatever_an_attachment_says_of_what_it_adopted_is_taken_back(
    equal_labels: str, tenant: Tenant, host: DynamicHost, one_run: OneRun
) -> None:
    source, there = make(tenant), bound(tenant, "Boss")
    tenant.switch(equal_labels=equal_labels)
    found = tenant.permissions(SALES)
    given = {"permission": source["id"], "group": ADMINS, "adopt": there["id"]}
    id, state = host.create(KIND, given)
    for said in (
        {"label": "Admin"},
        {"label": "Admin", "appstore_visibility": "HIDDEN"},
        {"appstore_visibility": "VISIBLE", "request_config": STEPS},
        {"label": "Chief", "request_config": {"appstore_visibility": "HIDDEN"}},
        {},
    ):
        with one_run() as run:
            assert run.diff(KIND, id, state, {**given, **said}).changes
            state = run.update(KIND, id, state, {**given, **said})
            assert run.read(KIND, id, state) == (id, state, {**given, **said})
    with one_run() as run:
        run.delete(KIND, id, state)
    assert tenant.permissions(SALES) == found
