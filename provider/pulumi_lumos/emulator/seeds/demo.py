"""The demo company that every tenant starts with."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import apps, permissions, seed_ids, syncing
from pulumi_lumos.emulator.integrations import INTEGRATIONS
from pulumi_lumos.emulator.state import Record, Tenant

_CONNECTED: dict[str, Any] = {"connected": True, "sync_status": "SUCCESS"}
_APPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    seed_ids.OKTA_APP_ID: ("okta.com", "acme.okta.com", _CONNECTED),
    seed_ids.GOOGLE_WORKSPACE_APP_ID: ("workspace.google.com", "acme.example", _CONNECTED),
    seed_ids.SALESFORCE_APP_ID: ("salesforce.com", "acme.my.salesforce.com", _CONNECTED),
    seed_ids.GITHUB_APP_ID: ("github.com", "acme", _CONNECTED),
    seed_ids.AWS_APP_ID: ("aws.amazon.com", "123456789012", {}),
    seed_ids.SLACK_APP_ID: ("slack.com", "acme.slack.com", {"in_app_store": True}),
}
_MEMBERS = {
    "Everyone": ("Ada", "Grace", "Linus", "Mei", "Priya", "Tomas"),
    "Engineering": ("Grace", "Linus", "Mei"),
    "Salesforce Admins": ("Priya",),
    "Salesforce Read-only": ("Tomas",),
    "On-call": ("Linus", "Mei"),
    "IT": ("Ada",),
    "All staff": ("Ada", "Grace", "Linus", "Mei", "Priya", "Tomas"),
    "Contractors": ("Tomas",),
}
_DEPARTMENTS = {"Ada": "IT", "Grace": "Engineering", "Linus": "Engineering", "Mei": "Engineering"}


def company() -> dict[str, Any]:
    """The demo company, as its tenant would export it."""
    tenant = Tenant({})
    tenant.current_user_id = seed_ids.CURRENT_USER_ID
    for user in seed_ids.USERS.values():
        tenant.add("users", person(user))
    for app_id, (app_class_id, instance, fields) in _APPS.items():
        one = INTEGRATIONS[app_class_id]
        about = {"category": one.category, "instance_id": instance}
        app = apps.new(one.app_class_id, one.name, **about, **fields)
        tenant.add("apps", {"id": app_id, **app})
    for group in seed_ids.GROUPS.values():
        _add_group(tenant, group)
    for hook_type, webhook_id in seed_ids.WEBHOOK_IDS.items():
        name = hook_type.replace("_", " ").capitalize()
        webhook = {"id": webhook_id, "hook_type": hook_type, "name": name, "description": None}
        tenant.add("inline_webhooks", webhook)
    _add_slack(tenant)
    return tenant.export()


def person(user: seed_ids.SeedUser) -> Record:
    """Somebody as a tenant keeps people."""
    department = _DEPARTMENTS.get(user.given_name, "Sales")
    attributes = {"department": {"type": "TEXT", "value": department}}
    return {**user._asdict(), "custom_attributes": attributes, "roles": []}


def _add_group(tenant: Tenant, group: seed_ids.SeedGroup) -> None:
    members = [seed_ids.USERS[name].id for name in _MEMBERS[group.name]]
    source = {"name": group.name, "description": "", "member_ids": members}
    app = tenant.get("apps", group.app_id)
    app["source_groups"][group.integration_specific_id] = source
    added = syncing.add_group(tenant, app, group.integration_specific_id, source)
    if added["id"] != group.id:
        raise AssertionError(f"The id of the seeded group {group.name} is not the published one.")


def _add_slack(tenant: Tenant) -> None:
    slack = tenant.get("apps", seed_ids.SLACK_APP_ID)
    slack["settings"]["request_flow"]["admins"]["users"] = [{"id": seed_ids.CURRENT_USER_ID}]
    slack["settings"]["provisioning"]["groups_provisioning"] = "GROUPS_AND_VISIBLE"
    permission = permissions.new(slack, "Guest channels")
    permission["id"] = seed_ids.SLACK_PERMISSION_ID
    permission["request_config"]["appstore_visibility"] = "VISIBLE"
    tenant.add("permissions", permission)
    policy = {
        "id": seed_ids.ACCESS_POLICY_ID,
        "name": "Slack for everyone",
        "business_justification": "Everybody talks in Slack.",
        "status": "PUBLISHED",
        "is_enabled": True,
        "apps": [{"id": slack["id"], "is_preapproved": True, "permissions": []}],
        "access_condition": {},
        "is_everyone_condition": True,
    }
    tenant.add("access_policies", policy)
