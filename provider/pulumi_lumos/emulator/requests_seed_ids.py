"""The ids of the seed `requests`: the demo company with all that access requests need.

As `seed_ids`, which names what both seeds hold, this imports the standard library alone.
"""

from __future__ import annotations

from . import seed_ids
from .seed_ids import SeedGroup, SeedUser, stable_id


def _user(given_name: str, family_name: str, status: str = "ACTIVE") -> SeedUser:
    email = f"{given_name}.{family_name}@acme.example".lower()
    return SeedUser(stable_id("user", email), email, given_name, family_name, status)


def _group(name: str, source_id: str) -> SeedGroup:
    app_id = seed_ids.OKTA_APP_ID
    return SeedGroup(stable_id("group", f"{app_id}/{source_id}"), source_id, app_id, name)


NEW_USERS = {
    user.given_name: user
    for user in (
        _user("Omar", "Haddad"),
        _user("Noor", "Rahman"),
        _user("Kai", "Sund", status="STAGED"),
        _user("Vera", "Lind"),
    )
}
USERS = {**seed_ids.USERS, **NEW_USERS}

MANAGERS = {
    "Grace": "Ada",
    "Linus": "Grace",
    "Mei": "Grace",
    "Priya": "Ada",
    "Tomas": "Priya",
    "Sam": "Priya",
    "Omar": "Ada",
    "Noor": "Ines",
    "Kai": "Priya",
    "Vera": "Ada",
}
"""Who manages whom. Noor's manager has left; Ada and Ines have none."""

NEW_GROUPS = {
    name: _group(name, source_id)
    for name, source_id in {
        "Security": "00g7security0000A5d7",
        "GitHub Members": "00g8github000000A5d7",
        "Prod Admins": "00g9prodadmins00A5d7",
        "Warehouse Readers": "00gAwarehouse000A5d7",
        "Retired Approvers": "00gBretired00000A5d7",
        "Empty": "00gCempty0000000A5d7",
    }.items()
}
GROUPS = {**seed_ids.GROUPS, **NEW_GROUPS}

NEW_APPS = {
    name: stable_id("app", name.lower())
    for name in ("Wiki", "Warehouse", "Zoom", "Payroll", "Expenses", "Legacy", "Figma")
}
APPS = {
    "Okta": seed_ids.OKTA_APP_ID,
    "Slack": seed_ids.SLACK_APP_ID,
    "Salesforce": seed_ids.SALESFORCE_APP_ID,
    "GitHub": seed_ids.GITHUB_APP_ID,
    "AWS": seed_ids.AWS_APP_ID,
    **NEW_APPS,
}


def _permission(app: str, label: str) -> str:
    return stable_id("permission", f"{app}/{label}")


PERMISSIONS = {
    ("Slack", "Guest channels"): seed_ids.SLACK_PERMISSION_ID,
    **{
        key: _permission(*key)
        for key in (
            ("Salesforce", "Read-only"),
            ("Salesforce", "Admin"),
            ("GitHub", "Member"),
            ("AWS", "Prod admin"),
            ("Warehouse", "Reader"),
            ("Expenses", "Employee"),
            ("Expenses", "Auditor"),
        )
    },
}
"""The permissions that people can ask for, by app and label."""

RULES = {
    "Salesforce": stable_id("pre-approval-rule", "salesforce-sales"),
    "AWS": stable_id("pre-approval-rule", "aws-on-call"),
}
"""The pre-approval rule of each app that has one."""

LEGACY_URL = "https://legacy.acme.example/access"
