"""A host whose token opens another tenant than the one that a state remembers."""

from __future__ import annotations

import uuid
from contextlib import closing

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant

KIND = "RequestablePermission"
GIVEN = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
SOMEBODY = f"/users/{seed_ids.CURRENT_USER_ID}"


def test_a_resource_that_does_not_change_stops_the_run_too(
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    id, state = host.create(KIND, GIVEN)
    with closing(Tenant(tenant.url, f"lsk_{uuid.uuid4().hex}")) as other:
        other.fault("status", path=SOMEBODY, status=404)
        with (
            host_of(settings_for(other)) as elsewhere,
            pytest.raises(Failed, match="OtherTenant: This stack's objects are in the Lumos"),
        ):
            elsewhere.diff(KIND, id, state, GIVEN)
        with host_of({**settings_for(other), "LUMOS_PREVIEW_CHECKS": "offline"}) as offline:
            other.forget_requests()
            assert not offline.diff(KIND, id, state, GIVEN).changes
            assert other.requests() == []
