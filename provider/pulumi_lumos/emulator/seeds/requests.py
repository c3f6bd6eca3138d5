"""The demo company with managers, approvers and apps for every way that a request can go."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import apps, permissions, rules, syncing
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator.seed_ids import OKTA_APP_ID, WEBHOOK_IDS
from pulumi_lumos.emulator.state import Record, Tenant

from . import demo

_ROLES = {"Ada": "Admin", "Priya": "App Admin", "Vera": "AppStore Read Only Admin"}
_DEPARTMENTS = {"Omar": "Security", "Noor": "Engineering", "Kai": "Sales", "Vera": "IT"}
_MEMBERS = {"Security": ("Omar", "Ada"), "Retired Approvers": ("Ines",)}


def company() -> dict[str, Any]:
    """The company, as its tenant would export it."""
    tenant = Tenant(demo.company())
    _add_people(tenant)
    _add_groups(tenant)
    for name, app_id in ids.NEW_APPS.items():
        app = apps.new(f"{name.lower()}.example", name, category="Other", in_app_store=True)
        tenant.add("apps", {"id": app_id, **app})
    for name in ("Salesforce", "GitHub", "AWS"):
        _app(tenant, name)["in_app_store"] = True
    for name, app_id in ids.APPS.items():
        if app_id != OKTA_APP_ID:
            admin = "Priya" if name == "Salesforce" else "Ada"
            _flow(tenant, name)["admins"] = _members(admin)
    for configure in (_salesforce, _github, _aws, _warehouse, _expenses, _others):
        configure(tenant)
    return tenant.export()


def _add_people(tenant: Tenant) -> None:
    for name, user in ids.NEW_USERS.items():
        tenant.add("users", demo.person(user))
        _attribute(tenant, name, "department", _DEPARTMENTS[name])
    _attribute(tenant, "Tomas", "employment", "contractor")
    for name, manager in ids.MANAGERS.items():
        tenant.get("users", ids.USERS[name].id)["manager_id"] = ids.USERS[manager].id
    for name, role in _ROLES.items():
        tenant.get("users", ids.USERS[name].id)["roles"] = [role]


def _attribute(tenant: Tenant, name: str, attribute: str, value: str) -> None:
    attributes = tenant.get("users", ids.USERS[name].id)["custom_attributes"]
    attributes[attribute] = {"type": "TEXT", "value": value}


def _add_groups(tenant: Tenant) -> None:
    okta = tenant.get("apps", OKTA_APP_ID)
    for name, group in ids.NEW_GROUPS.items():
        members = [ids.USERS[member].id for member in _MEMBERS.get(name, ())]
        source = {"name": name, "description": "", "member_ids": members}
        okta["source_groups"][group.integration_specific_id] = source
        syncing.add_group(tenant, okta, group.integration_specific_id, {**source})
    engineering = tenant.get("groups", ids.GROUPS["Engineering"].id)
    source = okta["source_groups"][engineering["integration_specific_id"]]
    source["member_ids"] = [*source["member_ids"], ids.USERS["Noor"].id]
    engineering["member_ids"] = list(source["member_ids"])


def _salesforce(tenant: Tenant) -> None:
    """Sales get read access at once; for admin access the manager, Priya and Security decide."""
    _flow(tenant, "Salesforce").update(approvers=_members("Priya"))
    _provisioning(tenant, "Salesforce").update(
        groups_provisioning="GROUPS_AND_VISIBLE",
        allow_multiple_permission_selection=True,
        time_based_access=["2 hours", "8 hours", "Unlimited"],
    )
    _permission(tenant, "Salesforce", "Read-only", group="Salesforce Read-only")
    admin = _permission(tenant, "Salesforce", "Admin", group="Salesforce Admins")
    admin["request_approval_config"].update(
        request_approval_config_override=True,
        manager_approval="INITIAL_APPROVAL",
        require_additional_approval=True,
        approvers=_members("Priya"),
        approvers_stage_2=_members(groups=("Security",)),
    )
    _offer(admin, "2 hours", "8 hours")
    sales = {"attribute": "department", "value": "Sales"}
    _rule(tenant, "Salesforce", "Read-only", preapproved_users_by_attribute=[sales])


def _github(tenant: Tenant) -> None:
    """Only engineers may ask; their manager and another engineer decide."""
    engineering = [{"id": ids.GROUPS["Engineering"].id}]
    _flow(tenant, "GitHub").update(
        require_manager_approval=True,
        approvers=_members(groups=("Engineering",)),
        allowed_groups={"type": "SPECIFIED_GROUPS", "groups": engineering},
    )
    _permission(tenant, "GitHub", "Member", group="GitHub Members")
    _provisioning(tenant, "GitHub").update(
        groups_provisioning="GROUPS_AND_HIDDEN",
        default_permission={"id": ids.PERMISSIONS["GitHub", "Member"]},
        time_based_access=["8 hours", "7 days", "Unlimited"],
    )


def _aws(tenant: Tenant) -> None:
    """Production for some hours: people on call get up to four at once, Security decides more."""
    hours = ["2 hours", "4 hours", "8 hours"]
    _flow(tenant, "AWS").update(approvers=_members(groups=("Security",)))
    _provisioning(tenant, "AWS").update(
        groups_provisioning="GROUPS_AND_VISIBLE", time_based_access=hours
    )
    prod = _permission(tenant, "AWS", "Prod admin", group="Prod Admins")
    prod["request_approval_config"].update(
        request_approval_config_override=True, approvers=_members(groups=("Security",))
    )
    _offer(prod, *hours)
    on_call = [{"id": ids.GROUPS["On-call"].id}]
    _rule(
        tenant,
        "AWS",
        "Prod admin",
        preapproved_groups=on_call,
        time_based_access=["2 hours", "4 hours"],
    )


def _warehouse(tenant: Tenant) -> None:
    """Webhooks decide, give and take."""
    validation = {"id": WEBHOOK_IDS["REQUEST_VALIDATION"]}
    _flow(tenant, "Warehouse").update(request_validation_inline_webhook=validation)
    _permission(tenant, "Warehouse", "Reader", group="Warehouse Readers")
    _provisioning(tenant, "Warehouse").update(
        groups_provisioning="GROUPS_AND_HIDDEN",
        default_permission={"id": ids.PERMISSIONS["Warehouse", "Reader"]},
        time_based_access=["2 hours", "Unlimited"],
        provisioning_webhook={"id": WEBHOOK_IDS["PROVISION"]},
        access_removal_inline_webhook={"id": WEBHOOK_IDS["DEPROVISION"]},
    )


def _expenses(tenant: Tenant) -> None:
    """The approvers have left, and nobody is in the group that may ask for Auditor."""
    _flow(tenant, "Expenses").update(approvers=_members(groups=("Retired Approvers",)))
    _provisioning(tenant, "Expenses").update(groups_provisioning="GROUPS_AND_VISIBLE")
    _permission(tenant, "Expenses", "Employee")
    auditor = _permission(tenant, "Expenses", "Auditor")
    empty = [{"id": ids.GROUPS["Empty"].id}]
    auditor["allowed_groups_override"] = True
    auditor["allowed_groups"] = {"type": "SPECIFIED_GROUPS", "groups": empty}


def _others(tenant: Tenant) -> None:
    _app(tenant, "Wiki")["connected"] = True
    _flow(tenant, "Zoom").update(
        approvers=_members("Omar"), custom_approval_message="Welcome to Zoom."
    )
    _provisioning(tenant, "Zoom").update(
        manual_steps_needed=True, custom_provisioning_instructions="Buy a licence."
    )
    _flow(tenant, "Payroll")["discoverability"] = "NONE"
    _app(tenant, "Legacy")["settings"]["redirect_url"] = ids.LEGACY_URL
    _flow(tenant, "Figma").update(
        discoverability="LIMITED",
        require_additional_approval=True,
        approvers_stage_2=_members("Omar"),
    )


def _app(tenant: Tenant, name: str) -> Record:
    return tenant.get("apps", ids.APPS[name])


def _flow(tenant: Tenant, name: str) -> Record:
    flow: Record = _app(tenant, name)["settings"]["request_flow"]
    return flow


def _provisioning(tenant: Tenant, name: str) -> Record:
    provisioning: Record = _app(tenant, name)["settings"]["provisioning"]
    return provisioning


def _members(*names: str, groups: tuple[str, ...] = ()) -> Record:
    return {
        "users": [{"id": ids.USERS[name].id} for name in names],
        "groups": [{"id": ids.GROUPS[name].id} for name in groups],
    }


def _permission(tenant: Tenant, app: str, label: str, group: str = "") -> Record:
    """Add a permission that people see; its configuration, to be changed in place."""
    permission = permissions.new(_app(tenant, app), label)
    config: Record = permission["request_config"]
    config["appstore_visibility"] = "VISIBLE"
    # With null, the app decides whether manual steps are needed.
    config["request_fulfillment_config"]["manual_steps_needed"] = None
    if group:
        config["request_fulfillment_config"]["provisioning_group"] = {"id": ids.GROUPS[group].id}
    tenant.add("permissions", {"id": ids.PERMISSIONS[app, label], **permission})
    return config


def _offer(config: Record, *labels: str) -> None:
    """Let a permission offer lengths of its own."""
    config["request_fulfillment_config"].update(
        time_based_access_override=True, time_based_access=list(labels)
    )


def _rule(tenant: Tenant, app: str, label: str, **fields: Any) -> None:
    rule = {
        **rules.blank(),
        "id": ids.RULES[app],
        "app_id": ids.APPS[app],
        "justification": f"{app} {label} without waiting",
        "preapproved_permissions": [{"id": ids.PERMISSIONS[app, label]}],
        **fields,
    }
    tenant.add("pre_approval_rules", rule)
