"""What a report says of changed settings of apps, offers and policies."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, SLACK, Keep, admin_of, approvers, asks, group
from .compared import ADMIN, verdicts
from .conftest import sentences


@pytest.mark.parametrize(
    ("labels", "verdict", "sentence"),
    [
        (["2 hours", "Unlimited"], "WIDER", "access may have no end. Before: 7 days at most."),
        (["2 hours", "30 days"], "WIDER", "for 30 days at most. Before: 7 days."),
        (["2 hours"], "NARROWER", "for 2 hours at most. Before: 7 days."),
        (
            ["2 hours", "4 hours", "7 days"],
            "TOLD",
            "4 hours can be chosen too; still for 7 days at most.",
        ),
        (
            ["a fortnight", "7 days"],
            "MAYBE",
            "access lasts for 7 days at most. Cannot be told: how long a fortnight is. "
            "Before: for 7 days at most.",
        ),
    ],
    ids=["no end", "longer", "shorter", "a choice more", "no length"],
)
def test_lengths_are_compared_by_the_longest(
    quickstart: Tenant,
    run: RunCommand,
    keep: Keep,
    labels: list[str],
    verdict: str,
    sentence: str,
) -> None:
    before = keep()
    config = {"time_based_access_override": True, "time_based_access": labels}
    quickstart.edit_permission(
        admin_of(quickstart),
        request_config={
            "appstore_visibility": "VISIBLE",
            "request_fulfillment_config": config,
        },
    )
    assert sentences(run("report", "--against", before))[0] == f"{ADMIN}: {sentence}"
    assert [found for found, _ in verdicts(run, before)] == [verdict]


def test_permissions_that_follow_their_app_share_a_sentence(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    for label in ("Reader", "Writer"):
        quickstart.add_permission(SALESFORCE, label, appstore_visibility="VISIBLE")
    quickstart.edit_settings(SALESFORCE, provisioning={"time_based_access": ["7 days"]})
    before = keep()
    quickstart.edit_settings(SALESFORCE, provisioning={"time_based_access": ["30 days"]})
    assert sentences(run("report", "--against", before)) == [
        "Salesforce: 2 permissions follow a change of the app; 1 keeps its own: "
        "for 30 days at most. Before: 7 days."
    ]
    assert len(verdicts(run, before)) == 2


def test_a_new_offer_is_described_in_full(quickstart: Tenant, run: RunCommand, keep: Keep) -> None:
    before = keep()
    quickstart.add_permission(
        SALESFORCE,
        "Reader",
        appstore_visibility="VISIBLE",
        allowed_groups_override=True,
        allowed_groups=asks("Engineering"),
        request_approval_config={
            "request_approval_config_override": True,
            "manager_approval": "INITIAL_APPROVAL",
        },
        request_fulfillment_config={
            "provisioning_group": group("Salesforce Read-only"),
            "time_based_access_override": True,
            "time_based_access": ["7 days"],
        },
    )
    assert sentences(run("report", "--against", before))[0] == (
        "Salesforce · Reader: can be asked for now, by members of Engineering; the requester's "
        "manager decides; for 7 days at most; into the group Salesforce Read-only."
    )
    before = keep()
    hidden = {"appstore_visibility": "HIDDEN"}
    quickstart.edit_permission(seed_ids.SLACK_PERMISSION_ID, request_config=hidden)
    (successor,) = [
        one for one in quickstart.permissions(SLACK) if one["label"].endswith("engineers")
    ]
    quickstart.remove_permission(successor["id"])
    assert sentences(run("report", "--against", before)) == [
        "Slack · Guest channels for engineers: cannot be asked for any more."
    ]


@pytest.mark.parametrize(
    ("fields", "verdict", "aspect"),
    [
        ({"redirect_url": "https://intranet.example/ask"}, "MAYBE", "offered"),
        ({"provisioning": {"groups_provisioning": "DIRECT_TO_USER"}}, "WIDER", "offered"),
        ({"provisioning": {"manual_steps_needed": True}}, "", ""),
        ({"request_flow": {"discoverability": "NONE"}}, "NARROWER", "offered"),
        (
            {
                "request_flow": {
                    "request_validation_inline_webhook": {
                        "id": seed_ids.WEBHOOK_IDS["REQUEST_VALIDATION"]
                    }
                }
            },
            "NARROWER",
            "checks",
        ),
        (
            {"provisioning": {"provisioning_webhook": {"id": seed_ids.WEBHOOK_IDS["PROVISION"]}}},
            "MAYBE",
            "into",
        ),
        (
            {
                "provisioning": {
                    "access_removal_inline_webhook": {"id": seed_ids.WEBHOOK_IDS["DEPROVISION"]}
                }
            },
            "MAYBE",
            "checks",
        ),
        ({"request_flow": {"admins": approvers(users=("Grace",))}}, "TOLD", "admins"),
    ],
    ids=[
        "redirect",
        "as a whole",
        "manual steps of an app whose permissions have none",
        "hidden app",
        "check",
        "webhook",
        "removal",
        "admins",
    ],
)
def test_every_setting_of_an_app_has_its_verdict(
    quickstart: Tenant,
    run: RunCommand,
    keep: Keep,
    fields: dict[str, Any],
    verdict: str,
    aspect: str,
) -> None:
    before = keep()
    quickstart.edit_settings(SALESFORCE, **fields)
    found = verdicts(run, before)
    assert (verdict, aspect) in found if verdict else found == []


def test_a_policy_that_gives_without_asking_is_wider(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    policy = {
        "name": "Admins for all",
        "business_justification": "x",
        "status": "PUBLISHED",
        "is_enabled": True,
        "is_everyone_condition": True,
        "apps": [
            {
                "id": SALESFORCE,
                "is_preapproved": True,
                "permissions": [{"id": admin_of(quickstart)}],
            }
        ],
    }
    quickstart.call("POST", "/access_policies", policy)
    first = sentences(run("report", "--against", before))[0]
    assert first == (
        f'{ADMIN}: the access policy "Admins for all" gives it to everybody, without approval.'
    )
    assert ("WIDER", "without-approval") in verdicts(run, before)
