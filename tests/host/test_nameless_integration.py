"""Integrations that the program gives no name."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from .apps import KIND, ZOOM, await_sync, sent, zooms


def test_an_integration_without_a_name_has_the_name_of_lumos(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, ZOOM)
    assert "name" not in sent(tenant, "POST")[0]
    assert "name" not in state
    assert state["user_friendly_label"] == "Zoom"
    _, seen, inputs = host.read(KIND, id, state)
    assert (inputs, seen) == (ZOOM, state)
    tenant.edit_app(id, name="Renamed by hand")
    _, seen, inputs = next_run.read(KIND, id, state)
    assert inputs == ZOOM
    assert not next_run.diff(KIND, id, seen, ZOOM).changes


def test_a_name_that_the_program_no_longer_gives_is_reset(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    given = {**ZOOM, "name": "Meetings", "category": "Other", "description": "Ours."}
    id, state = host.create(KIND, given)
    await_sync(tenant, id)
    tenant.forget_requests()
    assert next_run.check(KIND, given, {**ZOOM, PREVIEW_MARK: True}).failures == {}
    assert next_run.diff(KIND, id, state, ZOOM).changes
    state = next_run.update(KIND, id, state, ZOOM)
    assert sent(tenant, "PATCH") == [{"name": None, "category": None, "description": None}]
    live = tenant.app(id)
    shown = (live["user_friendly_label"], live["category"], live["description"])
    assert shown == ("Zoom", "Communication", None)
    assert state["user_friendly_label"] == "Zoom"
    assert not {"name", "category", "description"} & state.keys()
    with host_of(settings_for(tenant)) as last:
        assert not last.diff(KIND, id, state, ZOOM).changes


def test_the_next_run_takes_the_nameless_integration_that_a_killed_one_has_connected(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    made, _ = host.create(KIND, ZOOM)
    assert next_run.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}).failures == {}
    taken, _ = next_run.create(KIND, ZOOM)
    assert taken == made
    assert len(zooms(tenant)) == 1


@pytest.mark.parametrize("settings", [rpc.UNKNOWN, {"app_instance_identifier": rpc.UNKNOWN}])
def test_a_nameless_integration_of_an_instance_that_is_not_known_yet_is_not_taken_for_ours(
    settings: Any, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    made, _ = host.create(KIND, ZOOM)
    given = {**ZOOM, "settings": settings, PREVIEW_MARK: True}
    (failure,) = next_run.check(KIND, {}, given).failures.values()
    assert f"already has an App with app_class_id 'zoom.us' (id {made})" in failure


def test_another_integration_of_the_class_is_never_taken_for_ours(
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    other = {**ZOOM, "settings": {"app_instance_identifier": "emea.zoom.us"}}
    named = {**ZOOM, "name": "Meetings"}
    for there in (other, named):
        id = tenant.call("POST", "/apps", there)["id"]
        with host_of(settings_for(tenant)) as fresh:
            failures = fresh.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}).failures
            assert list(failures) == ["app_class_id"]
            (failure,) = failures.values()
            assert f"already has an App with app_class_id 'zoom.us' (id {id})" in failure
            assert failure.endswith(" Where you mean another one, give it a name.")
            with pytest.raises(Failed, match="already has an App"):
                fresh.create(KIND, ZOOM)
        await_sync(tenant, id)
        tenant.disconnect(id)
    # Connected by hand: what a program connects is connected over the API.
    with pytest.raises(Failed, match=rf"\(id {seed_ids.AWS_APP_ID}\)"):
        host.create(KIND, {"app_class_id": "aws.amazon.com", "auth": {"role": {"role_arn": "x"}}})


def test_several_integrations_of_the_class_are_listed(tenant: Tenant, host: DynamicHost) -> None:
    two = [
        tenant.call("POST", "/apps", {**ZOOM, "name": name, "settings": {**place}})["id"]
        for name, place in (
            ("Meetings", {}),
            ("Meetings 2", {"app_instance_identifier": "emea.zoom.us"}),
        )
    ]
    for given in (ZOOM, {"app_class_id": "zoom.us", "adopt": True}):
        (failure,) = host.check(KIND, {}, {**given, PREVIEW_MARK: True}).failures.values()
        assert all(id in failure for id in two)


def test_an_integration_is_adopted_by_its_class_alone(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    given = {"app_class_id": "zoom.us", "category": "Other", "adopt": True}
    made = tenant.call("POST", "/apps", {**ZOOM, "name": "Meetings"})["id"]
    before = tenant.app(made)
    id, state = host.create(KIND, given)
    assert (id, tenant.app(id)["category"]) == (made, "Other")
    assert tenant.app(id)["user_friendly_label"] == "Meetings"
    next_run.delete(KIND, id, state)
    after = tenant.app(made)
    assert after == {**before, "sync_status": after["sync_status"]}


def test_two_nameless_integrations_of_a_class_are_one_too_many(host: DynamicHost) -> None:
    named = {**ZOOM, "name": "Meetings", PREVIEW_MARK: True}
    assert host.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}, name="one").failures == {}
    assert host.check(KIND, {}, named, name="two").failures == {}
    failures = host.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}, name="three").failures
    assert list(failures) == ["app_class_id"]
    assert "or give each a name" in failures["app_class_id"]


def test_what_a_destroy_has_disconnected_is_connected_again_without_its_old_name(
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    named = {**ZOOM, "name": "Meetings"}
    id, state = host.create(KIND, named)
    tenant.add_permission(id, "Host")
    await_sync(tenant, id)
    host.delete(KIND, id, state)
    emea = {**ZOOM, "settings": {"app_instance_identifier": "emea.zoom.us"}}
    with host_of(settings_for(tenant)) as fresh:
        another, _ = fresh.create(KIND, emea)
    assert another != id
    await_sync(tenant, another)
    tenant.disconnect(another)
    with host_of(settings_for(tenant)) as fresh:
        again, state = fresh.create(KIND, ZOOM)
    assert again == id
    assert state["user_friendly_label"] == "Zoom"
