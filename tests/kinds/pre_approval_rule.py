"""PreApprovalRule: a rule of Slack."""

from __future__ import annotations

from typing import ClassVar

from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import RULES, Tenant
from .facts import KindFacts, Values
from .values import WEBHOOKS, by_id, by_source_id


class PreApprovalRuleFacts(KindFacts):
    """A rule has no name; people know it by its justification."""

    samples = (
        {
            "app_id": seed_ids.SLACK_APP_ID,
            "justification": "Engineers talk to guests every day.",
            "time_based_access": ["2 hours", "7 days"],
            "preapproved_groups": [by_source_id("Engineering"), by_id("IT")],
            "preapproved_permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}],
            "preapproved_users_by_attribute": [
                {"attribute": "department", "value": "Engineering"},
                {"attribute": "department", "value": "IT"},
            ],
            "preapproval_webhooks": [WEBHOOKS["PRE_APPROVAL"]],
        },
        {
            "app_id": seed_ids.SLACK_APP_ID,
            "justification": "Engineers and people on call talk to guests.",
            "time_based_access": ["7 days", "30 days"],
            "preapproved_groups": [by_id("Engineering"), by_source_id("On-call")],
            "preapproved_users_by_attribute": [{"attribute": "department", "value": "Sales"}],
        },
        {
            "app_id": seed_ids.SLACK_APP_ID,
            "justification": "People on call talk to guests.",
            "preapproved_groups": [by_id("On-call")],
        },
    )
    samples_cannot_change: ClassVar = {"app_id": "a change replaces"}

    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        return tenant.rule(id)

    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        return id in tenant.state()["pre_approval_rules"]

    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        tenant.remove_rule(id)

    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        tenant.edit_rule(id, time_based_access=["1 hour"])
        return '[0]: "1 hour"'

    def add_unconfigured(self, tenant: Tenant) -> Values:
        body = {"app_id": seed_ids.SLACK_APP_ID, "justification": "Why"}
        rule: Values = tenant.call("POST", RULES, body)
        return rule

    def adopted(self, tenant: Tenant) -> Values:
        rule = {"app_id": seed_ids.SALESFORCE_APP_ID, "justification": "Sales"}
        tenant.call("POST", RULES, rule)
        return {**rule, "adopt": True}

    def exported(self, state: Values) -> Values:
        rules: Values = state["pre_approval_rules"]
        return rules

    def add_twin(self, tenant: Tenant, id: str) -> str:
        rule = tenant.rule(id)
        body = {name: rule[name] for name in ("app_id", "justification")}
        return str(tenant.call("POST", RULES, body)["id"])
