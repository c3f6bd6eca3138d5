"""What clearing a field sends is what Lumos has of an object that nobody has configured."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..tenant import RULES, Tenant
from .held import at, declared, same
from .samples import KINDS, Values

MUST_BE_GIVEN = {
    "access_condition": "a policy is for somebody or for everyone",
    "category": "a custom app has one, and null brings back the first",
    "description": "a custom app has one, and null brings back the first",
}
"""Fields that an object has in any case, with the reason."""


def unconfigured(tenant: Tenant, kind: str) -> Values:
    """An object with nothing but what every one of its kind has."""
    if kind == "AppStoreApp":
        return tenant.settings(seed_ids.AWS_APP_ID)
    if kind == "PreApprovalRule":
        rule: Values = tenant.call(
            "POST", RULES, {"app_id": seed_ids.SLACK_APP_ID, "justification": "Why"}
        )
        return rule
    if kind == "AccessPolicy":
        return tenant.add_policy("Some", seed_ids.SLACK_APP_ID, access_condition={"and": []})
    if kind == "App":
        return tenant.add_app("Some")
    return tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin")


@pytest.mark.parametrize("kind", KINDS)
def test_clearing_sends_the_value_of_an_object_that_nobody_has_configured(
    kind: str, tenant: Tenant
) -> None:
    live = unconfigured(tenant, kind)
    cleared = {
        path: field.clearing
        for path, field in declared(kind).items()
        if not field.required
        and path not in MUST_BE_GIVEN
        and not field.marks.option
        # Lumos fills in the service and the instance of the app.
        and path not in ("app_class_id", "app_instance_id")
    }
    wrong = {path: at(live, path) for path in cleared if not same(cleared[path], at(live, path))}
    assert wrong == {}
