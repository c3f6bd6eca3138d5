"""Values that each warning of the kinds is about, and values that it is not about."""

from __future__ import annotations

from pulumi_lumos.kinds.durations import LISTED

from .rule_examples import (
    ACTIVE,
    GROUP,
    INACTIVE,
    LABELS,
    MERGED,
    NOBODY,
    SOMEBODY,
    Example,
    label,
)

LEFT = Example(
    good=[
        {"approvers": {"users": [ACTIVE], "groups": [GROUP]}, "approvers_stage_2": NOBODY},
        {"approvers": {"users": [{"id": "u3"}]}},
        {},
    ],
    bad=[
        ("approvers", {"approvers": {"users": [ACTIVE, INACTIVE]}}),
        ("approvers_stage_2", {"approvers_stage_2": {"users": [INACTIVE], "groups": [GROUP]}}),
    ],
)

NONE_OF_LUMOS = (
    *("7d", "7 Days", " 7 days", "7 dayz", "1 days", "2hrs", "unlimited", "Unlimted"),
    *("1 fortnight", "-1 days", "P7D", "", "1 hour", "60 days", "Until Friday"),
)

DURATIONS = Example(
    good=[{"time_based_access": [*LISTED]}, {"time_based_access": []}, {}],
    bad=[("time_based_access[0]", {"time_based_access": [label]}) for label in NONE_OF_LUMOS],
)

PRESELECTED = Example(
    good=[
        *({"default_time_based_access_option": label} for label in LISTED),
        {"default_time_based_access_option": "7d", "time_based_access": ["7d"]},
        {},
    ],
    bad=[
        ("default_time_based_access_option", {"default_time_based_access_option": label})
        for label in NONE_OF_LUMOS
        if label
    ],
)

WARNINGS: dict[tuple[str, tuple[str, ...]], Example] = {
    ("PreApprovalRule", ("time_based_access",)): DURATIONS,
    ("Provisioning", ("time_based_access",)): DURATIONS,
    (
        "Provisioning",
        ("default_time_based_access_option", "time_based_access"),
    ): PRESELECTED,
    **{(kind, ("adopt", name)): label(name, adopt=True) for kind, name in LABELS},
    ("RequestFulfillmentConfig", ("time_based_access",)): DURATIONS,
    ("AppStoreApp", ("redirect_url",)): Example(
        good=[{}], bad=[("redirect_url", {"redirect_url": "https://acme.example"})]
    ),
    (
        "RequestApprovalConfig",
        ("approvers", "manager_approval", "request_approval_config_override"),
    ): Example(
        good=[
            {"request_approval_config_override": True, "approvers": SOMEBODY},
            {
                "request_approval_config_override": True,
                "manager_approval": "INITIAL_APPROVAL",
            },
            {},
        ],
        bad=[
            ("", {"request_approval_config_override": True, "approvers": NOBODY}),
            ("", {"request_approval_config_override": True, "manager_approval": "NONE"}),
        ],
    ),
    ("RequestFlow", ("approvers", "approvers_stage_2")): LEFT,
    (
        "RequestApprovalConfig",
        ("approvers", "approvers_stage_2", "request_approval_config_override"),
    ): Example(
        good=[
            *({**values, "request_approval_config_override": True} for values in LEFT.good),
            *(values for _, values in LEFT.bad),
        ],
        bad=[(at, {**values, "request_approval_config_override": True}) for at, values in LEFT.bad],
    ),
    ("RequestApprovalConfig", ("require_additional_approval",)): MERGED,
    ("RequestFlow", ("require_additional_approval",)): MERGED,
    ("AppStoreApp", ("adopt", "request_flow")): Example(
        good=[{"request_flow": {"admins": SOMEBODY}}, {"adopt": True}],
        bad=[
            ("request_flow.admins", {}),
            ("request_flow.admins", {"request_flow": {"admins": NOBODY}}),
        ],
    ),
    ("AppStoreApp", ("request_flow", "adopt")): Example(
        good=[
            {"request_flow": {"approvers": SOMEBODY}},
            {"request_flow": {"approvers": NOBODY, "require_manager_approval": True}},
            {"adopt": True},
            {"request_flow": {"discoverability": "FULL"}, "adopt": True},
        ],
        bad=[
            ("request_flow.approvers", {}),
            ("request_flow.approvers", {"request_flow": {"discoverability": "FULL"}}),
            ("request_flow.approvers", {"request_flow": {"approvers": NOBODY}}),
            ("request_flow.approvers", {"request_flow": {"approvers": NOBODY}, "adopt": True}),
            ("request_flow.approvers", {"request_flow": {"require_manager_approval": False}}),
        ],
    ),
    ("AppStoreApp", ("request_flow",)): Example(
        good=[
            {},
            {"request_flow": {"admins": NOBODY}},
            {"request_flow": {"admins": {"users": [ACTIVE, INACTIVE]}}},
            {"request_flow": {"admins": {"users": [INACTIVE], "groups": [GROUP]}}},
        ],
        bad=[("request_flow.admins", {"request_flow": {"admins": {"users": [INACTIVE]}}})],
    ),
    (
        "PreApprovalRule",
        ("preapproved_groups", "preapproved_users_by_attribute", "preapproval_webhooks"),
    ): Example(
        good=[
            {"preapproved_groups": [GROUP]},
            {"preapproved_users_by_attribute": [{"attribute": "team", "value": "IT"}]},
            {"preapproval_webhooks": [{"id": "w1"}]},
        ],
        bad=[("", {}), ("", {"preapproved_groups": []})],
    ),
}
