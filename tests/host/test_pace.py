"""One pace for a whole run, against a Lumos that allows ten requests a second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples

KIND = "RequestablePermission"
PER_SECOND = 10
PERMISSIONS = 80
REFUSED_AT_MOST = PERMISSIONS // 20


@pytest.mark.slow
def test_all_permissions_are_made_and_hardly_a_request_is_refused(
    tenant: Tenant, host_of: type[DynamicHost]
) -> None:
    labels = [f"Permission {number}" for number in range(PERMISSIONS)]
    given = [{"app_id": seed_ids.SALESFORCE_APP_ID, "label": label} for label in labels]
    tenant.switch(rate_limit_per_second=PER_SECOND)
    with host_of(settings_for(tenant)) as host, ThreadPoolExecutor(32) as pool:
        made = pool.map(lambda each: host.create(KIND, each, each["label"]), given)
        ids = {id for id, _ in made}
    tenant.switch(rate_limit_per_second=0)
    assert len(ids) == PERMISSIONS
    held = sorted(found["label"] for found in tenant.permissions(seed_ids.SALESFORCE_APP_ID))
    assert held == sorted(labels)
    refused = [request for request in tenant.requests() if request["status"] == 429]
    assert len(refused) <= REFUSED_AT_MOST


@pytest.mark.slow
def test_all_kinds_keep_to_the_same_pace(tenant: Tenant, host_of: type[DynamicHost]) -> None:
    for kind in KINDS:
        make_room(tenant, kind)
    tenant.forget_requests()
    tenant.switch(rate_limit_per_second=2)
    with host_of(settings_for(tenant)) as host, ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda kind: host.create(kind, samples(kind)[0], kind), KINDS))
    tenant.switch(rate_limit_per_second=0)
    assert all(id for id, _ in made)
    refused = [request for request in tenant.requests() if request["status"] == 429]
    # The first ones are sent before any answer has told the limit.
    assert len(refused) <= 4
