"""What the packaged host has recorded, as the dynamic host reads it."""

from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

from ..drivers.either_host import settings_for
from ..drivers.forked_host import ForkedHost
from ..drivers.packaged_host import in_camel_case
from ..drivers.tenant import Tenant
from ..kinds.access_policy import condition

KIND = "AccessPolicy"


def test_the_condition_of_a_policy_keeps_its_own_names(tenant: Tenant) -> None:
    """Going back sends nothing, although a name in the condition looks like a property's."""
    given = {
        "name": "Builders",
        "business_justification": "They build.",
        "apps": [{"id": seed_ids.SLACK_APP_ID}],
        "access_condition": {**condition("and", "IT"), "isPreapproved": ["yes"]},
    }
    with ForkedHost(settings_for(tenant)) as host:
        id, state = host.create(KIND, given)
        recorded = in_camel_case(state) | {"accessCondition": state["access_condition"]}
        tenant.forget_requests()
        updated = host.update(KIND, id, recorded, given)
        assert updated["access_condition"] == given["access_condition"]
        assert tenant.requests("POST", "PUT", "PATCH") == []
