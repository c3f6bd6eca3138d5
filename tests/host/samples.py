"""Example values of every kind: an object is made with the first and changed to each next.

The second changes what the first sets; the third leaves out what it can, so that it is cleared.
"""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..tenant import Tenant

Values = dict[str, Any]

GRACE, LINUS, MEI = ({"id": seed_ids.USERS[name].id} for name in ("Grace", "Linus", "Mei"))
WEBHOOKS = {name: {"id": id} for name, id in seed_ids.WEBHOOK_IDS.items()}


def by_id(name: str) -> Values:
    """A seeded group by its id in Lumos."""
    group = seed_ids.GROUPS[name]
    return {"app_id": group.app_id, "id": group.id}


def by_source_id(name: str) -> Values:
    """A seeded group by its id in the app that owns it."""
    group = seed_ids.GROUPS[name]
    return {"app_id": group.app_id, "integration_specific_id": group.integration_specific_id}


STAGES: tuple[Values, Values] = (
    {
        "approvers": {"groups": [by_source_id("Engineering"), by_id("IT")], "users": [GRACE]},
        "approvers_stage_2": {"groups": [by_id("On-call")], "users": [MEI, LINUS]},
    },
    {
        "approvers": {"groups": [by_id("Engineering"), by_id("On-call")], "users": [LINUS, MEI]},
        "approvers_stage_2": {"groups": [by_source_id("IT")], "users": [GRACE]},
    },
)
ALLOWED: tuple[Values, Values, Values] = (
    {"type": "SPECIFIED_GROUPS", "groups": [by_source_id("Everyone"), by_id("Contractors")]},
    {"type": "SPECIFIED_GROUPS", "groups": [by_id("All staff"), by_source_id("Everyone")]},
    {"type": "ALL_GROUPS"},
)

APP_STORE_APP: tuple[Values, ...] = (
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
        "request_flow": {"allowed_groups": ALLOWED[2], "admins": {"groups": [], "users": [MEI]}},
        "provisioning": {"groups_provisioning": "DIRECT_TO_USER"},
    },
)

REQUEST_CONFIG: tuple[Values, ...] = (
    {
        "appstore_visibility": "HIDDEN",
        "allowed_groups_override": True,
        "allowed_groups": ALLOWED[0],
        "request_approval_config": {
            "request_approval_config_override": True,
            "manager_approval": "INITIAL_APPROVAL",
            "require_additional_approval": True,
            "custom_approval_message_override": True,
            "custom_approval_message": "You are an **admin** now.",
            **STAGES[0],
        },
        "request_fulfillment_config": {
            "manual_steps_needed": True,
            "manual_instructions": "Give the profile.",
            "time_based_access_override": True,
            "time_based_access": ["2 hours", "7 days"],
            "provisioning_webhook": WEBHOOKS["PROVISION"],
        },
        "access_removal_inline_webhook": WEBHOOKS["DEPROVISION"],
        "request_validation_inline_webhook": WEBHOOKS["REQUEST_VALIDATION"],
    },
    {
        "appstore_visibility": "VISIBLE",
        "allowed_groups_override": True,
        "allowed_groups": ALLOWED[1],
        "request_approval_config": {
            "request_approval_config_override": True,
            "manager_approval": "NONE",
            "require_additional_approval": True,
            "custom_approval_message_override": True,
            "custom_approval_message": "Handle with care.",
            **STAGES[1],
        },
        "request_fulfillment_config": {
            "manual_steps_needed": True,
            "manual_instructions": "Give the profile, then the licence.",
            "time_based_access_override": True,
            "time_based_access": ["30 days", "7 days"],
        },
    },
    {
        "allowed_groups_override": False,
        "request_approval_config": {
            "request_approval_config_override": False,
            "custom_approval_message_override": False,
            "require_additional_approval": False,
        },
        "request_fulfillment_config": {
            "manual_steps_needed": False,
            "time_based_access_override": False,
        },
    },
)


def _bound(config: Values, group: Values) -> Values:
    fulfillment = {**config["request_fulfillment_config"], "provisioning_group": group}
    return {**config, "request_fulfillment_config": fulfillment}


REQUESTABLE_PERMISSION: tuple[Values, ...] = tuple(
    {
        "app_id": seed_ids.SALESFORCE_APP_ID,
        "app_class_id": "salesforce.com",
        "app_instance_id": "acme.my.salesforce.com",
        "label": label,
        "request_config": _bound(config, group("Salesforce Admins")),
    }
    for label, config, group in zip(
        ("Admin", "Administrator", "Administration"),
        REQUEST_CONFIG,
        (by_source_id, by_id, by_id),
        strict=True,
    )
)


def _without_visibility(config: Values) -> Values:
    return {name: value for name, value in config.items() if name != "appstore_visibility"}


PROVISIONING_GROUP_ATTACHMENT: tuple[Values, ...] = (
    {
        "permission": seed_ids.SLACK_PERMISSION_ID,
        "group": by_source_id("Contractors"),
        "label": "Guest",
        "appstore_visibility": "HIDDEN",
        "request_config": _without_visibility(REQUEST_CONFIG[0]),
    },
    {
        "permission": seed_ids.SLACK_PERMISSION_ID,
        "group": by_id("Everyone"),
        "label": "Guest of all channels",
        "appstore_visibility": "VISIBLE",
        "request_config": _without_visibility(REQUEST_CONFIG[1]),
    },
    {
        "permission": seed_ids.SLACK_PERMISSION_ID,
        "group": by_source_id("Everyone"),
        "request_config": REQUEST_CONFIG[2],
    },
)

PRE_APPROVAL_RULE: tuple[Values, ...] = (
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


def condition(operator: str, *values: str) -> Values:
    """A condition on the department of people, in the way of Lumos's documentation."""
    department = {"label": "Department", "value": 'identity.custom_attributes["Department"]'}
    listed = [{"label": value, "value": value} for value in values]
    return {operator: [{"attribute": department, "in": listed}, {"not": {"equals": 1}}]}


ACCESS_POLICY: tuple[Values, ...] = (
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

APP: tuple[Values, ...] = (
    {
        "name": "Wiki",
        "category": "Internal",
        "description": "What everybody knows.",
        "logo_url": "https://wiki.acme.example/logo.png",
        "website_url": "https://wiki.acme.example",
        "request_instructions": "Ask here for the wiki.",
    },
    {
        "name": "Handbook",
        "category": "Collaboration",
        "description": "What everybody should know.",
        "logo_url": "https://handbook.acme.example/logo.png",
        "website_url": "https://handbook.acme.example",
        "request_instructions": "Ask here, and say why.",
    },
    {"name": "Guide", "category": "Collaboration", "description": "What a few know."},
)

SAMPLES = {
    "App": APP,
    "AccessPolicy": ACCESS_POLICY,
    "AppStoreApp": APP_STORE_APP,
    "PreApprovalRule": PRE_APPROVAL_RULE,
    "ProvisioningGroupAttachment": PROVISIONING_GROUP_ATTACHMENT,
    "RequestablePermission": REQUESTABLE_PERMISSION,
}
KINDS = sorted(kinds())


def samples(kind: str) -> tuple[Values, ...]:
    """The samples of a kind."""
    return SAMPLES[kind]


def make_room(tenant: Tenant, kind: str) -> None:
    """Take away what the demo company has already of what the samples make."""
    if kind == "AppStoreApp":
        tenant.remove_from_app_store(seed_ids.SLACK_APP_ID)
