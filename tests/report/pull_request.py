"""A pull request as docs/review-access.md tells of it: what it changes, and its comment."""

from __future__ import annotations

import re

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, add_rule, admin_of, group


def change(tenant: Tenant) -> None:
    """What the pull request does to the quickstart: a longer time, and a rule."""
    lasts = {"time_based_access_override": True, "time_based_access": ["2 hours", "30 days"]}
    config = {"appstore_visibility": "VISIBLE", "request_fulfillment_config": lasts}
    tenant.edit_permission(admin_of(tenant), request_config=config)
    add_rule(
        tenant,
        justification="Whoever is on call looks into incidents.",
        preapproved_groups=[group("On-call")],
        preapproved_permissions=[{"id": admin_of(tenant)}],
        time_based_access=["1 day"],
    )
    admins = {"users": [], "groups": [group("Engineering")]}
    tenant.edit_settings(SALESFORCE, request_flow={"admins": admins})


def comment(run: RunCommand, before: str) -> str:
    """The comment of the pull request, with the times that the page has."""
    text = run("report", "--markdown", "--against", before, "--stack", "prod").out
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "2026-11-25 16:11 UTC", text)
