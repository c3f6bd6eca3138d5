"""The ids of the demo company, the same in every tenant and every run.

Programs, tests and examples name the seeded objects by these constants. This module
imports only the standard library, so that naming an id costs no more than a string.
"""

from __future__ import annotations

import uuid
from typing import NamedTuple

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "pulumi-lumos.example")


def stable_id(kind: str, name: str) -> str:
    """The id of a seeded object: a UUID derived from its kind and its name."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))


class SeedGroup(NamedTuple):
    """A seeded group: as Lumos knows it, `id`; as its source does, `integration_specific_id`."""

    id: str
    integration_specific_id: str
    app_id: str
    name: str


class SeedUser(NamedTuple):
    """A seeded person of the demo company."""

    id: str
    email: str
    given_name: str
    family_name: str
    status: str


OKTA_APP_ID = stable_id("app", "okta")
GOOGLE_WORKSPACE_APP_ID = stable_id("app", "google-workspace")
SALESFORCE_APP_ID = stable_id("app", "salesforce")
GITHUB_APP_ID = stable_id("app", "github")
AWS_APP_ID = stable_id("app", "aws")
SLACK_APP_ID = stable_id("app", "slack")
"""The one app that is in the AppStore from the start."""

SLACK_PERMISSION_ID = stable_id("permission", "slack-guest-channels")
ACCESS_POLICY_ID = stable_id("access-policy", "everyone-slack")


def _groups(app_id: str, source_ids: dict[str, str]) -> dict[str, SeedGroup]:
    return {
        name: SeedGroup(stable_id("group", f"{app_id}/{source_id}"), source_id, app_id, name)
        for name, source_id in source_ids.items()
    }


OKTA_GROUPS = _groups(
    OKTA_APP_ID,
    {
        "Everyone": "00g1everyone0000A5d7",
        "Engineering": "00g2engineering0A5d7",
        "Salesforce Admins": "00g3sfadmins0000A5d7",
        "Salesforce Read-only": "00g4sfreadonly00A5d7",
        "On-call": "00g5oncall000000A5d7",
        "IT": "00g6it0000000000A5d7",
    },
)
GOOGLE_WORKSPACE_GROUPS = _groups(
    GOOGLE_WORKSPACE_APP_ID,
    {"All staff": "03x8tuzt1allstaff", "Contractors": "03x8tuzt2contract"},
)
GROUPS = {**OKTA_GROUPS, **GOOGLE_WORKSPACE_GROUPS}


def _user(given_name: str, family_name: str, status: str = "ACTIVE") -> SeedUser:
    email = f"{given_name}.{family_name}@acme.example".lower()
    return SeedUser(stable_id("user", email), email, given_name, family_name, status)


USERS = {
    user.given_name: user
    for user in (
        _user("Ada", "Admin"),
        _user("Grace", "Okafor"),
        _user("Linus", "Berg"),
        _user("Mei", "Tanaka"),
        _user("Priya", "Nair"),
        _user("Tomas", "Novak"),
        _user("Ines", "Gone", status="INACTIVE"),
        _user("Sam", "Paused", status="SUSPENDED"),
    )
}
CURRENT_USER_ID = USERS["Ada"].id
"""The person the token belongs to: `GET /users/current`."""

WEBHOOK_IDS = {
    hook_type: stable_id("inline-webhook", hook_type)
    for hook_type in ("PRE_APPROVAL", "PROVISION", "DEPROVISION", "REQUEST_VALIDATION", "SIEM")
}
"""One inline webhook of each hook_type."""
