"""What a failing call has made all the same is recorded, and the next run goes on from there."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, Values, make_room, samples

ATTACHMENT = "ProvisioningGroupAttachment"
APP = {"app_id": seed_ids.SALESFORCE_APP_ID, "custom_request_instructions": "Ask."}
LABELLED = {"app_id": seed_ids.GITHUB_APP_ID, "label": "Reader"}
MADE_BY_HAND = "Ask in #github."


@pytest.fixture
def impatient(tenant: Tenant) -> dict[str, str]:
    return {**settings_for(tenant), "LUMOS_MAX_RETRIES": "0"}


def test_an_app_that_is_added_but_cannot_be_read_is_recorded_and_finished(
    tenant: Tenant, impatient: dict[str, str], next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    tenant.fault("status", status=500, method="GET", path="^/apps(/[^/]+)?$")
    with host_of(impatient) as host, pytest.raises(Failed, match="GET /apps") as failed:
        host.create("AppStoreApp", APP)
    half = failed.value.half_made
    assert half
    assert half.id == APP["app_id"]
    assert half.read_first
    assert half.state.items() >= APP.items()
    assert tenant.settings(APP["app_id"])["in_app_store"]
    tenant.call("DELETE", "/_emulator/faults")
    _, state, inputs = next_run.read("AppStoreApp", half.id, half.state)
    assert inputs == APP
    assert state["user_friendly_label"] == "Salesforce"
    assert next_run.update("AppStoreApp", half.id, state, APP) == state


def test_an_adoption_in_doubt_remembers_how_the_object_was_found(
    tenant: Tenant, impatient: dict[str, str], next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    found = tenant.add_permission(**LABELLED, **_instructions(MADE_BY_HAND))
    given = {**LABELLED, "adopt": True, "request_config": _instructions("Ask Grace.")}
    tenant.fault("status", status=502, method="PATCH", when="after")
    with host_of(impatient) as host, pytest.raises(Failed) as failed:
        host.create("RequestablePermission", given)
    half = failed.value.half_made
    assert half
    assert half.id == found["id"]
    tenant.call("DELETE", "/_emulator/faults")
    _, state, inputs = next_run.read("RequestablePermission", half.id, half.state)
    assert inputs["request_config"] == given["request_config"]
    next_run.delete("RequestablePermission", half.id, state)
    assert _told(tenant, half.id) == MADE_BY_HAND


@pytest.mark.parametrize("kind", [kind for kind in KINDS if FACTS[kind].is_one_object])
def test_an_update_in_doubt_is_compared_with_lumos_by_the_next_run(
    kind: str,
    tenant: Tenant,
    host: DynamicHost,
    impatient: dict[str, str],
    next_run: DynamicHost,
    host_of: type[DynamicHost],
) -> None:
    make_room(tenant, kind)
    before, after, *_ = samples(kind)
    id, state = host.create(kind, before)
    half = _update_in_doubt(tenant, impatient, kind, id, state, after, host_of).half_made
    assert half
    assert (half.id, half.state, half.read_first) == (id, state, True)
    # The program goes back to what it said before: only a read shows that Lumos has the change.
    _, now, inputs = next_run.read(kind, id, half.state)
    assert inputs != before
    assert next_run.diff(kind, id, now, before).changes


def test_an_attachment_is_not_recorded_under_the_id_of_its_permission(
    tenant: Tenant,
    host: DynamicHost,
    impatient: dict[str, str],
    next_run: DynamicHost,
    host_of: type[DynamicHost],
) -> None:
    _, before, after = samples(ATTACHMENT)
    id, state = host.create(ATTACHMENT, before)
    assert (
        _update_in_doubt(tenant, impatient, ATTACHMENT, id, state, after, host_of).half_made is None
    )
    state = next_run.update(ATTACHMENT, id, state, after)
    assert next_run.read(ATTACHMENT, id, state) == (id, state, after)


def test_a_successor_whose_source_cannot_be_hidden_is_named_and_taken_by_the_next_run(
    tenant: Tenant, impatient: dict[str, str], next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    source = seed_ids.SLACK_PERMISSION_ID
    given = {"permission": source, "group": samples(ATTACHMENT)[0]["group"]}
    tenant.fault("status", status=500, method="PATCH")
    with host_of(impatient) as host, pytest.raises(Failed) as failed:
        host.create(ATTACHMENT, given)
    tenant.call("DELETE", "/_emulator/faults")
    before = {found["id"] for found in tenant.permissions(seed_ids.SLACK_APP_ID)}
    (successor,) = before - {source}
    assert successor in str(failed.value)
    assert failed.value.half_made is None
    assert next_run.create(ATTACHMENT, given)[1]["bound_permission_id"] == successor
    assert {found["id"] for found in tenant.permissions(seed_ids.SLACK_APP_ID)} == before
    assert tenant.permission(source)["request_config"]["appstore_visibility"] == "HIDDEN"


def test_a_refused_update_is_not_half_made(tenant: Tenant, host: DynamicHost) -> None:
    id, state = host.create("RequestablePermission", LABELLED)
    tenant.fault("status", status=422, method="PATCH", body_text='{"detail": "No."}')
    with pytest.raises(Failed) as failed:
        host.update("RequestablePermission", id, state, {**LABELLED, "label": "Writer"})
    assert failed.value.half_made is None


def _update_in_doubt(
    tenant: Tenant,
    settings: dict[str, str],
    kind: str,
    id: str,
    state: Values,
    after: Values,
    host_of: type[DynamicHost],
) -> Failed:
    """An update that Lumos carries out and answers with an error."""
    method = kinds()[kind].lifecycle.adopts.endpoints.update.method
    tenant.fault("status", status=502, method=method, when="after")
    with host_of(settings) as failing, pytest.raises(Failed) as failed:
        failing.update(kind, id, state, after)
    tenant.call("DELETE", "/_emulator/faults")
    return failed.value


def _instructions(text: str) -> Values:
    return {
        "request_fulfillment_config": {"manual_steps_needed": True, "manual_instructions": text}
    }


def _told(tenant: Tenant, id: str) -> str:
    config = tenant.permission(id)["request_config"]
    told: str = config["request_fulfillment_config"]["manual_instructions"]
    return told
