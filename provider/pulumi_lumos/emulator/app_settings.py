"""The AppStore settings of an app: what is kept, and the rules of a change."""

from __future__ import annotations

from . import answers, permissions
from .approval import no_members, settle_stages
from .copies import copy_of
from .merging import drop_empty_texts, merge
from .references import SETTINGS_REFERENCES, Resolver
from .refusal import Location, Problems
from .state import Record, Tenant

PROVISIONING: Location = ("body", "provisioning")


def blank() -> Record:
    """The settings of an app that nobody has configured."""
    return {
        "custom_request_instructions": "",
        "redirect_url": None,
        "request_flow": {
            "discoverability": "FULL",
            "custom_approval_message": "",
            "require_manager_approval": False,
            "require_additional_approval": False,
            "allowed_groups": {"type": "ALL_GROUPS", "groups": []},
            "approvers": no_members(),
            "approvers_stage_2": no_members(),
            "admins": no_members(),
            "request_validation_inline_webhook": None,
        },
        "provisioning": {
            "groups_provisioning": "DIRECT_TO_USER",
            "time_based_access": [],
            "allow_multiple_permission_selection": False,
            "manual_steps_needed": False,
            "custom_provisioning_instructions": None,
            "default_time_based_access_option": None,
            "default_permission": None,
            "provisioning_webhook": None,
            "access_removal_inline_webhook": None,
        },
    }


def change(tenant: Tenant, app: Record, changes: Record) -> None:
    """Merge a request into an app's settings; if any of it is refused, nothing changes."""
    problems = Problems()
    settings = copy_of(app["settings"])
    flow, provisioning = changes.get("request_flow", {}), changes.get("provisioning", {})
    drop_empty_texts(tenant, changes, "custom_request_instructions")
    drop_empty_texts(tenant, flow, "custom_approval_message")
    Resolver(tenant, app["id"], problems).resolve(changes, SETTINGS_REFERENCES, ("body",))
    merge(settings, changes, blank())
    settle_stages(tenant, settings["request_flow"], flow)
    _check_default_option(settings["provisioning"], provisioning, problems)
    _check_groups_provisioning(tenant, app, provisioning, problems)
    problems.raise_any()
    app["settings"] = settings
    if provisioning.get("groups_provisioning") == "DIRECT_TO_USER":
        for permission in tenant.permissions_of(app["id"]):
            permission["request_config"]["appstore_visibility"] = "HIDDEN"
    tenant.touch()


def _check_default_option(settings: Record, changes: Record, problems: Problems) -> None:
    """`default_time_based_access_option` must be one of `time_based_access` (API document).

    If a new list lacks the old default, and the request gives none, the default is cleared.
    """
    option = settings["default_time_based_access_option"]
    if option is None or option in settings["time_based_access"]:
        return
    if changes.get("default_time_based_access_option"):
        at = (*PROVISIONING, "default_time_based_access_option")
        problems.add(at, f"{option!r} is not one of time_based_access.")
    settings["default_time_based_access_option"] = None


def _check_groups_provisioning(
    tenant: Tenant, app: Record, changes: Record, problems: Problems
) -> None:
    """GROUPS_* "requires at least one visible permission" (API document)."""
    option = changes.get("groups_provisioning")
    if option is None or not option.startswith("GROUPS_"):
        return
    configs = (permission["request_config"] for permission in tenant.permissions_of(app["id"]))
    if not any(config["appstore_visibility"] == "VISIBLE" for config in configs):
        at = (*PROVISIONING, "groups_provisioning")
        problems.add(at, f"{option} needs at least one visible permission of the app.")


def answer(tenant: Tenant, app: Record) -> Record:
    """An app's settings as Lumos answers them."""
    settings = answers.filled(tenant, app["settings"], SETTINGS_REFERENCES)
    entire = tenant.switches["describes_entire_workflow"]
    settings["request_flow"]["response_describes_entire_approval_workflow"] = entire
    tenant.shuffled(settings["provisioning"]["time_based_access"])
    pointer = settings["provisioning"]["default_permission"]
    if pointer is not None:
        permission = tenant.get("permissions", pointer["id"])
        full = permissions.answer(tenant, permission, inherited=True)
        settings["provisioning"]["default_permission"] = full
    return settings
