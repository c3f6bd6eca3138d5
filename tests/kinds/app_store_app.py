"""AppStoreApp: an app of Slack in the AppStore."""

from __future__ import annotations

from typing import ClassVar

from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from .facts import KindFacts, Values
from .values import ALLOWED, GRACE, LINUS, MEI, STAGES, WEBHOOKS, by_id, by_source_id


class AppStoreAppFacts(KindFacts):
    """An app in the AppStore has the id of the app."""

    samples = (
        {
            "app_id": seed_ids.SLACK_APP_ID,
            "custom_request_instructions": "Ask here for Slack.",
            "redirect_url": "https://intranet.acme.example/slack",
            "request_flow": {
                "discoverability": "FULL",
                "custom_approval_message": "Welcome to **Slack**.",
                "require_manager_approval": True,
                "require_additional_approval": True,
                "allowed_groups": ALLOWED[0],
                **STAGES[0],
                "admins": {"groups": [by_id("IT")], "users": [GRACE]},
                "request_validation_inline_webhook": WEBHOOKS["REQUEST_VALIDATION"],
            },
            "provisioning": {
                "groups_provisioning": "GROUPS_AND_VISIBLE",
                "time_based_access": ["2 hours", "7 days", "Unlimited"],
                "allow_multiple_permission_selection": True,
                "manual_steps_needed": True,
                "custom_provisioning_instructions": "Invite the person.",
                "default_time_based_access_option": "7 days",
                "default_permission": {"id": seed_ids.SLACK_PERMISSION_ID},
                "provisioning_webhook": WEBHOOKS["PROVISION"],
                "access_removal_inline_webhook": WEBHOOKS["DEPROVISION"],
            },
        },
        {
            "app_id": seed_ids.SLACK_APP_ID,
            "custom_request_instructions": "Ask here for Slack, and say why.",
            "redirect_url": "https://intranet.acme.example/chat",
            "request_flow": {
                "discoverability": "LIMITED",
                "custom_approval_message": "Welcome.",
                "require_manager_approval": False,
                "require_additional_approval": True,
                "allowed_groups": ALLOWED[1],
                **STAGES[1],
                "admins": {"groups": [by_source_id("On-call")], "users": [LINUS, GRACE]},
            },
            "provisioning": {
                "groups_provisioning": "GROUPS_AND_HIDDEN",
                "time_based_access": ["7 days", "30 days"],
                "allow_multiple_permission_selection": False,
                "manual_steps_needed": True,
                "custom_provisioning_instructions": "Invite the person to #general.",
                "default_time_based_access_option": "30 days",
            },
        },
        {
            "app_id": seed_ids.SLACK_APP_ID,
            "request_flow": {
                "allowed_groups": ALLOWED[2],
                "admins": {"groups": [], "users": [MEI]},
            },
            "provisioning": {"groups_provisioning": "DIRECT_TO_USER"},
        },
    )
    samples_cannot_change: ClassVar = {"app_id": "a change replaces"}
    in_the_way = (seed_ids.SLACK_APP_ID,)
    has_twins = False
    objects_read = 2  # The listing and the app.
    one_to_an_app = True
    never_configured: ClassVar = {"app_id": seed_ids.GITHUB_APP_ID}

    def held(self, tenant: Tenant, state: Values, id: str) -> Values:
        return {"app_id": id, **tenant.settings(id)}

    def is_there(self, tenant: Tenant, state: Values, id: str) -> bool:
        return bool(tenant.settings(id)["in_app_store"])

    def vanish(self, tenant: Tenant, state: Values, id: str) -> None:
        tenant.remove_from_app_store(id)

    def edit_by_hand(self, tenant: Tenant, state: Values, id: str) -> str:
        tenant.edit_settings(id, custom_request_instructions="By hand.")
        return 'custom_request_instructions: "By hand." => "Ask here for Slack."'

    def add_unconfigured(self, tenant: Tenant) -> Values:
        return tenant.settings(seed_ids.AWS_APP_ID)

    def adopted(self, tenant: Tenant) -> Values:
        app_id = seed_ids.SALESFORCE_APP_ID
        tenant.call("POST", "/appstore/apps", {"app_id": app_id})
        through_groups = {"groups_provisioning": "GROUPS_AND_VISIBLE"}
        return {"app_id": app_id, "provisioning": through_groups, "adopt": True}

    def exported(self, state: Values) -> Values:
        apps = state["apps"].items()
        return {id: {**app, "app_id": id} for id, app in apps if app["in_app_store"]}
