"""Values that the samples of several kinds have."""

from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

from .facts import Values

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
