"""What people read when something goes wrong behind a host."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import KINDS, samples

KIND = "RequestablePermission"
GIVEN = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}


def assert_fit_to_read(text: str, tenant: Tenant) -> None:
    """The text is for people: no traceback, no token."""
    assert "Traceback" not in text
    assert 'File "' not in text
    assert tenant.token not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [401, 422, 500])
def test_every_refusal_is_reported_without_traceback_or_token(
    kind: str, status: int, tenant: Tenant, host_of: type[DynamicHost]
) -> None:
    settings = {**settings_for(tenant), "LUMOS_MAX_RETRIES": "0"}
    before = tenant.state()
    with host_of(settings) as host:
        tenant.fault("status", status=status, body_text='{"detail": "No."}')
        with pytest.raises(Failed) as failed:
            host.create(kind, samples(kind)[0])
    assert_fit_to_read(str(failed.value), tenant)
    assert f"Lumos answered {status}" in str(failed.value)
    assert tenant.state() == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("token", ["", "not-a-lumos-token"], ids=["missing", "refused"])
def test_a_missing_or_refused_token_is_an_error_of_the_preview(
    kind: str, token: str, tenant: Tenant, host_of: type[DynamicHost]
) -> None:
    settings = {**settings_for(tenant), "LUMOS_ACCESS_TOKEN": token}
    with pytest.raises(Failed) as failed, host_of(settings) as host:
        host.check(kind, {}, {**samples(kind)[0], PREVIEW_MARK: True})
    assert_fit_to_read(str(failed.value), tenant)
    assert "LUMOS_ACCESS_TOKEN" in str(failed.value)
    assert "pulumi config set --secret lumos:accessToken" in str(failed.value)
    assert not token or token not in str(failed.value)
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []


def test_a_refused_field_is_named(tenant: Tenant, host: DynamicHost) -> None:
    unsynced = {"app_id": seed_ids.OKTA_APP_ID, "integration_specific_id": "00g9nobody"}
    allowed = {"type": "SPECIFIED_GROUPS", "groups": [unsynced]}
    config = {"allowed_groups_override": True, "allowed_groups": allowed}
    with pytest.raises(Failed) as failed:
        host.create(KIND, {**GIVEN, "request_config": config})
    assert_fit_to_read(str(failed.value), tenant)
    assert "request_config.allowed_groups.groups" in str(failed.value)


@pytest.mark.parametrize("equal_labels", ["allow", "refuse"])
def test_an_error_about_an_unsynced_group_says_how_to_wait_for_it(
    equal_labels: str, tenant: Tenant, host: DynamicHost
) -> None:
    tenant.switch(equal_labels=equal_labels)
    unsynced = {"app_id": seed_ids.OKTA_APP_ID, "integration_specific_id": "00g9nobody"}
    config = {"request_fulfillment_config": {"provisioning_group": unsynced}}
    attached = {"permission": seed_ids.SLACK_PERMISSION_ID, "group": unsynced}
    before = tenant.state()
    for kind, given in (
        (KIND, {**GIVEN, "request_config": config}),
        ("ProvisioningGroupAttachment", attached),
    ):
        with pytest.raises(Failed) as failed:
            host.create(kind, given)
        assert_fit_to_read(str(failed.value), tenant)
        assert "GroupNotSynced: Lumos has no group '00g9nobody'" in str(failed.value)
        assert "give wait_for_sync=<seconds>" in str(failed.value)
    assert f"POST /apps/{seed_ids.OKTA_APP_ID}/sync" not in tenant.calls()
    assert tenant.state() == before


def test_an_object_of_the_same_key_but_other_settings_is_refused_and_named(
    tenant: Tenant, host: DynamicHost
) -> None:
    there = tenant.add_permission(GIVEN["app_id"], GIVEN["label"])
    given = {**GIVEN, "request_config": {"appstore_visibility": "VISIBLE"}}
    (reason,) = host.check(KIND, {}, given).failures.values()
    assert there["id"] in reason
    with pytest.raises(Failed) as failed:
        host.create(KIND, given)
    assert there["id"] in str(failed.value)
    assert_fit_to_read(str(failed.value), tenant)
    assert len(tenant.permissions(GIVEN["app_id"])) == 1


def test_an_object_that_is_exactly_what_would_be_made_is_taken(
    tenant: Tenant, host: DynamicHost
) -> None:
    there = tenant.add_permission(GIVEN["app_id"], GIVEN["label"])
    assert host.check(KIND, {}, GIVEN).failures == {}
    assert host.create(KIND, GIVEN)[0] == there["id"]
    assert len(tenant.permissions(GIVEN["app_id"])) == 1


def test_changing_an_object_that_is_gone_says_how_to_make_it_again(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, GIVEN)
    tenant.remove_permission(id)
    with pytest.raises(Failed, match="pulumi up --refresh") as failed:
        next_run.update(KIND, id, state, {**GIVEN, "label": "Administrator"})
    assert_fit_to_read(str(failed.value), tenant)
