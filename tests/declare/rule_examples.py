"""Values that keep each rule of the kinds, and values that break it."""

from __future__ import annotations

from typing import Any, NamedTuple

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.declare.unknown import UNKNOWN


class Example(NamedTuple):
    """What keeps a rule, and what breaks it by the path that the problem names."""

    good: list[Values]
    bad: list[tuple[str, Values]]


SOMEBODY = {"users": [{"id": "u1"}]}

NOBODY: Values = {"users": [], "groups": []}

GROUP = {"app_id": "okta", "id": "g1"}
LONGEST = "https://acme.example/".ljust(2048, "x")
STAGES = Example(
    good=[
        {"approvers": SOMEBODY, "approvers_stage_2": SOMEBODY},
        {"approvers": NOBODY, "approvers_stage_2": NOBODY},
    ],
    bad=[
        ("approvers", {"approvers_stage_2": SOMEBODY}),
        ("approvers", {"approvers": NOBODY, "approvers_stage_2": SOMEBODY}),
    ],
)

SECOND_STAGE = Example(
    good=[
        {"require_additional_approval": False, "approvers_stage_2": NOBODY},
        {"require_additional_approval": True, "approvers_stage_2": SOMEBODY},
        {"approvers_stage_2": NOBODY},
    ],
    bad=[
        (
            "require_additional_approval",
            {"require_additional_approval": False, "approvers_stage_2": SOMEBODY},
        ),
        ("require_additional_approval", {"approvers_stage_2": SOMEBODY}),
    ],
)

MERGED = Example(
    good=[{"require_additional_approval": True}, {}],
    bad=[("require_additional_approval", {"require_additional_approval": False})],
)

ACTIVE = {"id": "u1", "email": "grace@acme.example", "status": "ACTIVE"}
INACTIVE = {"id": "u2", "email": "ines@acme.example", "status": "INACTIVE"}


def pair(name: str, override: str, value: Any) -> Example:
    """A setting and the switch that lets it override the app's."""
    return Example(
        good=[{override: True, name: value}, {override: False}, {}],
        bad=[
            (name, {override: True}),
            (override, {name: value}),
            (override, {name: value, override: False}),
        ],
    )


WAIT = Example(
    good=[{"wait_for_sync": 1}, {"wait_for_sync": 3600}, {"wait_for_sync": 0.5}, {}],
    bad=[
        ("wait_for_sync", {"wait_for_sync": 0}),
        ("wait_for_sync", {"wait_for_sync": -1}),
        ("wait_for_sync", {"wait_for_sync": 3601}),
    ],
)

LABELS = [
    ("RequestablePermission", "label"),
    ("ProvisioningGroupAttachment", "label"),
    ("PreApprovalRule", "justification"),
    ("AccessPolicy", "name"),
    ("App", "name"),
]


def label(name: str, *, adopt: bool) -> Example:
    """A text by which people know an object: made by a program, or adopted as it is."""
    wrong = ("", "  ", "\u3000", "Billing admin\n", " Admin", "Two\nlines", "A\ttab", "\u2028x")
    return Example(
        good=[
            {name: "Größe 漢字 🦊", "adopt": adopt},
            {"adopt": adopt},
            *({name: text, "adopt": not adopt} for text in wrong),
        ],
        bad=[(name, {name: text, "adopt": adopt}) for text in wrong],
    )


EXAMPLES: dict[tuple[str, tuple[str, ...]], Example] = {
    **{(kind, (name, "adopt")): label(name, adopt=False) for kind, name in LABELS},
    ("AccessPolicy", ("access_condition", "is_everyone_condition")): Example(
        good=[
            {"access_condition": {"and": []}},
            {"access_condition": {"and": []}, "is_everyone_condition": False},
            {"is_everyone_condition": True},
        ],
        bad=[
            ("access_condition", {}),
            ("access_condition", {"access_condition": {}, "is_everyone_condition": False}),
            ("access_condition", {"access_condition": {}, "is_everyone_condition": True}),
            ("access_condition", {"access_condition": {"a": 1}, "is_everyone_condition": True}),
        ],
    ),
    ("App", ("app_class_id", "name", "adopt")): Example(
        good=[
            {"app_class_id": "okta.com", "adopt": True},
            {"name": "Wiki", "adopt": True},
            {"adopt": "an-id"},
            {"adopt": False},
            {},
        ],
        bad=[("adopt", {"adopt": True})],
    ),
    ("App", ("app_class_id", "name", "category", "description", "adopt")): Example(
        good=[
            {"name": "Wiki", "category": "Other", "description": "A wiki."},
            {"app_class_id": "okta.com"},
            {"adopt": "an-id"},
        ],
        bad=[
            ("name", {"category": "Other", "description": "A wiki."}),
            ("category", {"name": "Wiki", "description": "A wiki."}),
            ("description", {"name": "Wiki", "category": "Other"}),
        ],
    ),
    ("App", ("app_class_id", "auth", "settings", "version")): Example(
        good=[{"app_class_id": "okta.com", "auth": {}, "settings": {}, "version": "2"}, {}],
        bad=[("auth", {"auth": {}}), ("settings", {"settings": {}}), ("version", {"version": "2"})],
    ),
    ("App", ("description", "request_instructions")): Example(
        good=[{"description": "x" * 1000, "request_instructions": "x" * 511}, {}],
        bad=[
            ("description", {"description": "x" * 1001}),
            ("request_instructions", {"request_instructions": "x" * 512}),
        ],
    ),
    ("AccessPolicy", ("apps",)): Example(
        good=[{"apps": [{"id": "a"}]}, {}], bad=[("apps", {"apps": []})]
    ),
    ("RequestablePermission", ("wait_for_sync",)): WAIT,
    ("ProvisioningGroupAttachment", ("wait_for_sync",)): WAIT,
    ("AppStoreApp", ("redirect_url",)): Example(
        good=[{"redirect_url": LONGEST}, {"redirect_url": "HTTP://acme.example"}, {}],
        bad=[
            ("redirect_url", {"redirect_url": LONGEST + "x"}),
            ("redirect_url", {"redirect_url": "acme.example"}),
            ("redirect_url", {"redirect_url": "javascript:alert(1)"}),
        ],
    ),
    ("RequestFlow", ("approvers", "approvers_stage_2")): STAGES,
    ("RequestFlow", ("require_additional_approval", "approvers_stage_2")): SECOND_STAGE,
    ("RequestApprovalConfig", ("approvers", "approvers_stage_2")): STAGES,
    ("RequestApprovalConfig", ("require_additional_approval", "approvers_stage_2")): SECOND_STAGE,
    ("AllowedGroups", ("type", "groups")): Example(
        good=[{"type": "SPECIFIED_GROUPS", "groups": [GROUP]}, {"type": "ALL_GROUPS"}, {}],
        bad=[
            ("groups", {"type": "SPECIFIED_GROUPS", "groups": []}),
            ("type", {"type": "ALL_GROUPS", "groups": [GROUP]}),
            ("type", {"groups": [GROUP]}),
        ],
    ),
    ("GroupRef", ("id", "integration_specific_id")): Example(
        good=[{"id": "g1"}, {"integration_specific_id": "00g1"}],
        bad=[
            ("", {}),
            ("", {"id": ""}),
            ("", {"id": "g1", "integration_specific_id": "00g1"}),
        ],
    ),
    ("Provisioning", ("default_time_based_access_option", "time_based_access")): Example(
        good=[
            {"default_time_based_access_option": "1 day", "time_based_access": ["1 day"]},
            {"default_time_based_access_option": "1 day"},
            {"default_time_based_access_option": "1 day", "time_based_access": [UNKNOWN]},
        ],
        bad=[
            (
                "default_time_based_access_option",
                {"default_time_based_access_option": "1 day", "time_based_access": []},
            )
        ],
    ),
    ("Provisioning", ("custom_provisioning_instructions", "manual_steps_needed")): Example(
        good=[
            {"custom_provisioning_instructions": "Call.", "manual_steps_needed": True},
            {"manual_steps_needed": True},
        ],
        bad=[
            ("manual_steps_needed", {"custom_provisioning_instructions": "Call."}),
            (
                "manual_steps_needed",
                {"custom_provisioning_instructions": "Call.", "manual_steps_needed": False},
            ),
        ],
    ),
    ("ProvisioningGroupAttachment", ("request_config",)): Example(
        good=[
            {"request_config": {"appstore_visibility": "HIDDEN"}},
            {"request_config": {"request_fulfillment_config": UNKNOWN}},
            {},
        ],
        bad=[
            ("permission", {"request_config": {"appstore_visibility": "VISIBLE"}}),
            (
                "permission",
                {"request_config": {"request_fulfillment_config": {"provisioning_group": GROUP}}},
            ),
        ],
    ),
    ("RequestConfig", ("allowed_groups_override", "allowed_groups")): pair(
        "allowed_groups", "allowed_groups_override", {"type": "ALL_GROUPS"}
    ),
    (
        "RequestApprovalConfig",
        (
            "request_approval_config_override",
            "manager_approval",
            "require_additional_approval",
            "approvers",
        ),
    ): Example(
        good=[
            {"request_approval_config_override": True, "manager_approval": "NONE"},
            {"request_approval_config_override": True, "approvers": NOBODY},
            {"request_approval_config_override": False, "require_additional_approval": False},
            {"approvers": NOBODY},
        ],
        bad=[
            ("request_approval_config_override", {"request_approval_config_override": True}),
            ("request_approval_config_override", {"manager_approval": "NONE"}),
            ("request_approval_config_override", {"approvers": SOMEBODY}),
            ("request_approval_config_override", {"require_additional_approval": True}),
        ],
    ),
    (
        "RequestApprovalConfig",
        ("custom_approval_message", "custom_approval_message_override"),
    ): pair("custom_approval_message", "custom_approval_message_override", "Welcome."),
    ("RequestFulfillmentConfig", ("time_based_access", "time_based_access_override")): pair(
        "time_based_access", "time_based_access_override", ["1 day"]
    ),
}
