"""Programs with a mistake each, and where it is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi.output import _OutputToStringError
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.tenant import Tenant
from ..kinds.values import GRACE, by_id

Values = dict[str, Any]

CONFIG = "request_config"
APPROVAL = "request_config.request_approval_config"
FULFILLMENT = "request_config.request_fulfillment_config"
FLOW = "request_flow"
GROUP = by_id("IT")
UNOWNED = {"integration_specific_id": "00g6it0000000000A5d7"}
TWICE_NAMED = {**GROUP, **UNOWNED}
NAMELESS = {"app_id": seed_ids.OKTA_APP_ID}
SOMEBODY = {"users": [GRACE]}
FORMATTED = f"{_OutputToStringError()} admin"
"""What `f"{output} admin"` gives, in the words of the installed release of Pulumi."""


def labelled(label: str) -> Values:
    return {"app_id": seed_ids.SALESFORCE_APP_ID, "label": label}


def permission(**config: Any) -> tuple[str, Values]:
    base = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
    return "RequestablePermission", {**base, CONFIG: config}


def approved(**approval: Any) -> tuple[str, Values]:
    """A permission with an approval configuration."""
    return permission(request_approval_config=approval)


def fulfilled(**fulfillment: Any) -> tuple[str, Values]:
    """A permission with a fulfillment configuration."""
    return permission(request_fulfillment_config=fulfillment)


def allowed(*groups: Values) -> tuple[str, Values]:
    """A permission that groups may ask for."""
    members = {"type": "SPECIFIED_GROUPS", "groups": list(groups)}
    return permission(allowed_groups_override=True, allowed_groups=members)


def app(**fields: Any) -> tuple[str, Values]:
    """An app in the AppStore."""
    return "AppStoreApp", {"app_id": seed_ids.SALESFORCE_APP_ID, **fields}


CASES: dict[str, tuple[tuple[str, Values], set[str]]] = {
    "text where a flag belongs": (
        fulfilled(manual_steps_needed="yes"),
        {f"{FULFILLMENT}.manual_steps_needed"},
    ),
    "a number where true or an id belongs": (
        ("RequestablePermission", {**labelled("Admin"), "adopt": 3}),
        {"adopt"},
    ),
    "a list where true or a text belongs": (("App", {"name": "Wiki", "adopt": [True]}), {"adopt"}),
    "a text where an object belongs": (permission(request_fulfillment_config="x"), {FULFILLMENT}),
    "a text where free JSON belongs": (
        ("App", {"app_class_id": "okta.com", "auth": {"api_key": "k"}, "settings": "{}"}),
        {"settings"},
    ),
    "a number where a text belongs": (
        ("RequestablePermission", {**labelled(""), "label": 7}),
        {"label"},
    ),
    "a text where a number belongs": (
        ("RequestablePermission", {**labelled("Admin"), "wait_for_sync": "soon"}),
        {"wait_for_sync"},
    ),
    "a number where a nested text belongs": (
        app(custom_request_instructions=[1]),
        {"custom_request_instructions"},
    ),
    "one value where a list belongs": (
        approved(request_approval_config_override=True, approvers={"users": GRACE}),
        {f"{APPROVAL}.approvers.users"},
    ),
    "an unknown field": (permission(visible=True), {f"{CONFIG}.visible"}),
    "a misspelt choice": (
        permission(appstore_visibility="Visible"),
        {f"{CONFIG}.appstore_visibility"},
    ),
    "a missing field": (("RequestablePermission", {"label": "Admin"}), {"app_id"}),
    "both identifiers of a group": (
        allowed(GROUP, TWICE_NAMED),
        {f"{CONFIG}.allowed_groups.groups[1]"},
    ),
    "neither identifier of a group": (
        allowed(GROUP, NAMELESS),
        {f"{CONFIG}.allowed_groups.groups[1]"},
    ),
    "a webhook without its id": (
        fulfilled(provisioning_webhook={}),
        {f"{FULFILLMENT}.provisioning_webhook.id"},
    ),
    "a group without its app": (
        allowed(UNOWNED),
        {f"{CONFIG}.allowed_groups.groups[0].app_id"},
    ),
    "a redirect_url that is too long": (
        app(redirect_url=f"https://acme.example/{'a' * 2048}"),
        {"redirect_url"},
    ),
    "a redirect_url that is no web address": (
        app(redirect_url="ftp://acme.example"),
        {"redirect_url"},
    ),
    "stage 2 without stage 1": (
        app(request_flow={"require_additional_approval": True, "approvers_stage_2": SOMEBODY}),
        {f"{FLOW}.approvers"},
    ),
    "stage 2 that is switched off": (
        app(
            request_flow={
                "require_additional_approval": False,
                "approvers": SOMEBODY,
                "approvers_stage_2": SOMEBODY,
            }
        ),
        {f"{FLOW}.require_additional_approval"},
    ),
    "allowed groups without the override": (
        permission(allowed_groups={"type": "SPECIFIED_GROUPS", "groups": [GROUP]}),
        {f"{CONFIG}.allowed_groups_override"},
    ),
    "the override without allowed groups": (
        permission(allowed_groups_override=True),
        {f"{CONFIG}.allowed_groups"},
    ),
    "specified groups that name none": (
        permission(allowed_groups_override=True, allowed_groups={"type": "SPECIFIED_GROUPS"}),
        {f"{CONFIG}.allowed_groups.groups"},
    ),
    "a message without the override": (
        approved(custom_approval_message="Hello"),
        {f"{APPROVAL}.custom_approval_message_override"},
    ),
    "the override without a message": (
        approved(custom_approval_message_override=True),
        {f"{APPROVAL}.custom_approval_message"},
    ),
    "approvers without the override": (
        approved(approvers=SOMEBODY),
        {f"{APPROVAL}.request_approval_config_override"},
    ),
    "the override without approvers": (
        approved(request_approval_config_override=True),
        {f"{APPROVAL}.request_approval_config_override"},
    ),
    "durations without the override": (
        fulfilled(time_based_access=["7 days"]),
        {f"{FULFILLMENT}.time_based_access_override"},
    ),
    "the override without durations": (
        fulfilled(time_based_access_override=True),
        {f"{FULFILLMENT}.time_based_access"},
    ),
    "a default duration that is not offered": (
        app(
            provisioning={
                "time_based_access": ["7 days"],
                "default_time_based_access_option": "30 days",
            }
        ),
        {"provisioning.default_time_based_access_option"},
    ),
    "instructions without manual steps": (
        app(provisioning={"custom_provisioning_instructions": "Call."}),
        {"provisioning.manual_steps_needed"},
    ),
    "an attachment to a definition that people see": (
        (
            "ProvisioningGroupAttachment",
            {
                "permission": seed_ids.SLACK_PERMISSION_ID,
                "group": GROUP,
                CONFIG: {"appstore_visibility": "VISIBLE"},
            },
        ),
        {"permission"},
    ),
    "an empty label": (("RequestablePermission", labelled("")), {"label"}),
    "a blank label": (("RequestablePermission", labelled(" \u3000")), {"label"}),
    "a label with the line break of a file": (
        ("RequestablePermission", labelled("Billing admin\n")),
        {"label"},
    ),
    "a label of two lines": (("RequestablePermission", labelled("Billing\nadmin")), {"label"}),
    "an attachment with a padded label": (
        (
            "ProvisioningGroupAttachment",
            {"permission": seed_ids.SLACK_PERMISSION_ID, "group": GROUP, "label": " Guests"},
        ),
        {"label"},
    ),
    "an empty justification": (
        ("PreApprovalRule", {"app_id": seed_ids.SLACK_APP_ID, "justification": ""}),
        {"justification"},
    ),
    "an Output in a label": (("RequestablePermission", labelled(FORMATTED)), {"label"}),
    "an Output in a nested text": (
        approved(custom_approval_message_override=True, custom_approval_message=FORMATTED),
        {f"{APPROVAL}.custom_approval_message"},
    ),
    "an Output in an item of a list": (
        allowed({"app_id": seed_ids.OKTA_APP_ID, "id": f"g-{FORMATTED}"}),
        {f"{CONFIG}.allowed_groups.groups[0].id"},
    ),
    "several mistakes": (
        permission(
            appstore_visibility="SHOWN",
            request_approval_config={"custom_approval_message": "Hello"},
            request_fulfillment_config={"provisioning_group": NAMELESS, "manual": True},
        ),
        {
            f"{CONFIG}.appstore_visibility",
            f"{APPROVAL}.custom_approval_message_override",
            f"{FULFILLMENT}.provisioning_group",
            f"{FULFILLMENT}.manual",
        },
    ),
}

every_case = pytest.mark.parametrize(("resource", "paths"), CASES.values(), ids=CASES.keys())


@pytest.fixture(scope="module")
def lumos(emulator: EmulatorProcess) -> Iterator[Tenant]:
    """A tenant in which nothing is ever made, so that all cases can share it."""
    opened = Tenant(emulator.url, f"lsk_{uuid.uuid4().hex}")
    yield opened
    opened.close()
