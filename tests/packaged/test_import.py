"""An object of each kind that exists in Lumos, imported by the id that a user gives."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.packaged_host import in_camel_case, in_declared_names
from ..drivers.served import Driver, secret, struct, urn
from ..drivers.tenant import Tenant
from ..host.held import at, declared, same
from ..kinds import FACTS, KINDS, Values, make_room, samples

ATTACHMENT = "ProvisioningGroupAttachment"
WRITES = ("POST", "PATCH", "PUT", "DELETE")

every_kind = pytest.mark.parametrize("kind", KINDS)


def begin_run(driver: Driver, tenant: Tenant) -> None:
    """The next command of the engine: what the last one remembers of objects is forgotten."""
    driver.configure(accessToken=secret(tenant.token), serverUrl=tenant.url)
    tenant.forget_requests()


def delete(driver: Driver, kind: str, id: str, state: Values, inputs: Values) -> None:
    old, said = struct(state), struct(inputs)
    request = proto.DeleteRequest(urn=urn(kind), id=id, properties=old, old_inputs=said)
    driver.ask("Delete", request)


def held(tenant: Tenant, kind: str, made: Values, id: str) -> Values:
    """What Lumos holds and answers of each field of the object, by the field's path."""
    found = FACTS[kind].held(tenant, in_declared_names(made), id)
    shown = [path for path, field in declared(kind).items() if not field.marks.write_only]
    return {path: at(found, path) for path in shown}


def make(driver: Driver, tenant: Tenant, kind: str, sample: Values) -> tuple[str, Values]:
    """An object of a sample: the id that a user gives to an import, and its state."""
    make_room(tenant, kind)
    id, made = driver.create(kind, in_camel_case(sample))
    begin_run(driver, tenant)
    return made.get("boundPermissionId", id), made


@every_kind
@pytest.mark.parametrize("sample", range(3))
def test_an_import_says_all_of_an_object_and_writes_nothing(
    driver: Driver, tenant: Tenant, kind: str, sample: int
) -> None:
    id, made = make(driver, tenant, kind, samples(kind)[sample])
    there = held(tenant, kind, made, id)
    state, inputs = driver.read(kind, id)
    assert driver.check(kind, inputs, inputs) == {}
    difference = driver.diff(kind, id, state, inputs, inputs)
    assert difference.changes == proto.DiffResponse.DIFF_NONE
    assert tenant.requests(*WRITES) == []
    begin_run(driver, tenant)
    delete(driver, kind, id, state, inputs)
    if not FACTS[kind].is_one_object:
        assert tenant.requests(*WRITES) == [], "the permission keeps its group"
        return
    assert not FACTS[kind].is_there(tenant, in_declared_names(state), id)
    begin_run(driver, tenant)
    again, made = driver.create(kind, inputs)
    now = held(tenant, kind, made, again)
    left_out = [path for path in there if not same(there[path], now[path])]
    assert left_out == [], "an object of the imported inputs is as the imported one was"


@every_kind
@pytest.mark.parametrize("id", ["11111111-1111-4111-8111-111111111111", "GitHub", "a/b", "../x"])
def test_a_wrong_id_is_one_sentence(driver: Driver, tenant: Tenant, kind: str, id: str) -> None:
    # Without the wait for an object that Lumos may hide because it is new.
    driver.configure(accessToken=secret(tenant.token), serverUrl=tenant.url, lag=0)
    wrong = driver.refused("Read", proto.ReadRequest(urn=urn(kind), id=id))
    assert wrong == (
        f"NotThere: Lumos has no {kind} with the id '{id}'. Correct the id, or find the object by "
        "its name with a lookup."
    )


@pytest.mark.parametrize("imported", [True, False], ids=["imported", "imported by an earlier run"])
def test_nothing_is_said_of_what_an_import_leaves_alone(
    driver: Driver, tenant: Tenant, imported: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    approvers = {"groups": [{"id": seed_ids.GROUPS["IT"].id}]}
    own = {"approvers": approvers, "request_approval_config_override": True}
    app, label = seed_ids.SLACK_APP_ID, "Admin"
    config = {"appstore_visibility": "VISIBLE", "request_approval_config": own}
    permission = tenant.add_permission(app, label, **config)["id"]
    tenant.edit_settings(app, request_flow={"admins": approvers, "approvers": approvers})
    said: list[tuple[str, str, Values]] = [
        ("RequestablePermission", permission, {"appId": app, "label": label}),
        ("AppStoreApp", app, {"appId": app}),
    ]
    for kind, id, given in said:
        _, inputs = driver.read(kind, id)
        if not imported:
            begin_run(driver, tenant)
        mark = {PREVIEW_MARK: True}
        assert driver.check(kind, {**given, **mark}, inputs) == {}
    begin_run(driver, tenant)
    assert bool(capfd.readouterr().err) != imported


def test_an_import_of_an_attachment_takes_the_permission_with_the_group(
    driver: Driver, tenant: Tenant
) -> None:
    bound, _ = make(driver, tenant, ATTACHMENT, samples(ATTACHMENT)[0])
    state, inputs = driver.read(ATTACHMENT, bound)
    assert (inputs["permission"], state["mode"]) == (bound, "existing")
    assert inputs["group"]["id"] == seed_ids.GROUPS["Contractors"].id
    source = proto.ReadRequest(urn=urn(ATTACHMENT), id=seed_ids.SLACK_PERMISSION_ID)
    assert driver.refused("Read", source) == (
        f"NotThere: Lumos has no ProvisioningGroupAttachment with the id "
        f"'{seed_ids.SLACK_PERMISSION_ID}', because that permission has no provisioning group. "
        "Give the id of the permission that has the group, or leave the id out to bind one."
    )


def test_an_imported_app_that_people_have_connected_stays_with_a_sentence(
    driver: Driver, tenant: Tenant
) -> None:
    state, inputs = driver.read("App", seed_ids.OKTA_APP_ID)
    begin_run(driver, tenant)
    old, said = struct(state), struct(inputs)
    request: Any = proto.DeleteRequest(
        urn=urn("App"), id=seed_ids.OKTA_APP_ID, properties=old, old_inputs=said
    )
    assert "Only apps that are managed over the API" in driver.refused("Delete", request)
    assert not tenant.app(seed_ids.OKTA_APP_ID).get("disconnected")


def test_an_imported_app_that_was_added_by_hand_cannot_be_deleted_and_the_error_says_what_to_do(
    driver: Driver, tenant: Tenant
) -> None:
    id = seed_ids.GITHUB_APP_ID
    state, inputs = driver.read("App", id)
    old, said = struct(state), struct(inputs)
    request = proto.DeleteRequest(urn=urn("App"), id=id, properties=old, old_inputs=said)
    wrong = driver.refused("Delete", request)
    assert wrong.startswith("Conflict: ")
    assert "Only apps that are managed over the API can be disconnected" in wrong
    assert f"`pulumi state delete {urn('App')}`" in wrong
    assert "run `pulumi up --refresh`" in wrong
    assert not tenant.app(id)["disconnected"]


@every_kind
@pytest.mark.parametrize("id", ["", " ", ".", ".."])
def test_an_id_that_is_none_is_a_sentence(driver: Driver, kind: str, id: str) -> None:
    wrong = driver.refused("Read", proto.ReadRequest(urn=urn(kind), id=id))
    assert wrong.startswith(f"NotThere: Lumos has no {kind} with the id {id!r}")
