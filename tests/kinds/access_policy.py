"""AccessPolicy: who gets Slack without asking."""

from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from .facts import KindFacts, Values


def condition(operator: str, *values: str) -> Values:
    """A condition on the department of people, in the way of Lumos's documentation."""
    department = {"label": "Department", "value": 'identity.custom_attributes["Department"]'}
    listed = [{"label": value, "value": value} for value in values]
    return {operator: [{"attribute": department, "in": listed}, {"not": {"equals": 1}}]}


class AccessPolicyFacts(KindFacts):
    """An access policy belongs to no single app."""

    samples = (
        {
            "name": "Engineers start with Slack",
            "business_justification": "Everybody who builds talks to everybody else.",
            "status": "PUBLISHED",
            "is_enabled": True,
            "apps": [
                {
                    "id": seed_ids.SLACK_APP_ID,
                    "is_preapproved": True,
                    "permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}],
                },
                {"id": seed_ids.GITHUB_APP_ID},
            ],
            "access_condition": condition("and", "Engineering", "IT"),
            "is_everyone_condition": False,
        },
        {
            "name": "Builders start with Slack",
            "business_justification": "Whoever builds talks to everybody else.",
            "status": "DRAFT",
            "is_enabled": False,
            "apps": [
                {"id": seed_ids.SLACK_APP_ID, "is_preapproved": False},
                {"id": seed_ids.SALESFORCE_APP_ID, "is_preapproved": True},
            ],
            "access_condition": condition("or", "Product", "Engineering"),
            "is_everyone_condition": False,
        },
        {
            "name": "Everybody starts with Slack",
            "business_justification": "Everybody talks to everybody else.",
            "apps": [{"id": seed_ids.SLACK_APP_ID}],
            "is_everyone_condition": True,
        },
    )
    names_groups = False
    needed_beside_required = ("access_condition",)
    # A rule demands one of the two; tests/host/test_access_policy.py takes the one for the other.
    never_cleared = ("access_condition", "is_everyone_condition")
    belongs_to_an_app = False

    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        return tenant.policy(id)

    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        return id in tenant.state()["access_policies"]

    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        tenant.remove_policy(id)

    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        tenant.edit_policy(id, business_justification="By hand.")
        return 'business_justification: "By hand." => "Everybody who builds'

    def add_unconfigured(self, tenant: Tenant) -> Values:
        return tenant.add_policy("Some", seed_ids.SLACK_APP_ID, access_condition={"and": []})

    def adopted(self, tenant: Tenant) -> Values:
        policy = tenant.add_policy("Sales", seed_ids.SALESFORCE_APP_ID)
        named = {name: policy[name] for name in ("name", "business_justification", "apps")}
        return {**named, "is_everyone_condition": True, "adopt": policy["id"]}

    def exported(self, state: Values) -> Values:
        policies: Values = state["access_policies"]
        return policies

    def add_twin(self, tenant: Tenant, id: str) -> str:
        return str(tenant.add_policy(tenant.policy(id)["name"], seed_ids.SLACK_APP_ID)["id"])
