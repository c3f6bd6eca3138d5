"""Declare a Lumos AppStore in a Pulumi program.

The names below are loaded when a program first uses one of them. The emulator, the pytest plugin
and the command line import this package too and use none, so they load neither Pulumi nor gRPC.
`python -m tools.reference` writes the names of the kinds here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .garbage import collect_rarely_in_a_program, import_without_collections

if TYPE_CHECKING:
    from . import policies as policies
    from .kinds.access_policy import AccessPolicy, AccessPolicyApp
    from .kinds.app.declaration import App
    from .kinds.app_store_app.declaration import AppStoreApp, Provisioning, RequestFlow
    from .kinds.pre_approval_rule import PreApprovalRule, UserAttribute
    from .kinds.provisioning_group_attachment.declaration import ProvisioningGroupAttachment
    from .kinds.requestable_permission.declaration import (
        RequestablePermission,
        RequestApprovalConfig,
        RequestConfig,
        RequestFulfillmentConfig,
    )
    from .kinds.shapes import (
        Admins,
        AllowedGroups,
        Approvers,
        GroupRef,
        PermissionRef,
        UserRef,
        WebhookRef,
    )
    from .lookups.admins import AppAdmins
    from .lookups.approvers import ApprovalPlace
    from .lookups.functions import (
        get_access_policy,
        get_access_policy_output,
        get_app,
        get_app_output,
        get_group,
        get_group_output,
        get_inline_webhook,
        get_inline_webhook_output,
        get_permission,
        get_permission_output,
        get_user,
        get_user_output,
    )
    from .lookups.policy import check_admins, check_approvers
    from .lookups.results import (
        GetAccessPolicyResult,
        GetAppResult,
        GetGroupResult,
        GetInlineWebhookResult,
        GetPermissionResult,
        GetUserResult,
    )
    from .program.function import FunctionFailed
    from .program.inputs import InvalidInputs
    from .program.provider import Provider

__all__ = [
    "AccessPolicy",
    "AccessPolicyApp",
    "Admins",
    "AllowedGroups",
    "App",
    "AppAdmins",
    "AppStoreApp",
    "ApprovalPlace",
    "Approvers",
    "FunctionFailed",
    "GetAccessPolicyResult",
    "GetAppResult",
    "GetGroupResult",
    "GetInlineWebhookResult",
    "GetPermissionResult",
    "GetUserResult",
    "GroupRef",
    "InvalidInputs",
    "PermissionRef",
    "PreApprovalRule",
    "Provider",
    "Provisioning",
    "ProvisioningGroupAttachment",
    "RequestApprovalConfig",
    "RequestConfig",
    "RequestFlow",
    "RequestFulfillmentConfig",
    "RequestablePermission",
    "UserAttribute",
    "UserRef",
    "WebhookRef",
    "check_admins",
    "check_approvers",
    "get_access_policy",
    "get_access_policy_output",
    "get_app",
    "get_app_output",
    "get_group",
    "get_group_output",
    "get_inline_webhook",
    "get_inline_webhook_output",
    "get_permission",
    "get_permission_output",
    "get_user",
    "get_user_output",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load the public names, or the provider that a Pulumi state names (`_AppStoreApp`).

        Both kinds of names are a promise for ever: a state whose provider cannot be loaded can
        neither be refreshed nor destroyed.
        """
        if name in __all__:
            _load_names()
            return globals()[name]
        if name.startswith("_") and name[1:] in __all__:
            with import_without_collections():
                from . import kinds
                from .hosts.dynamic.provider import load
            if name[1:] in kinds.kinds():
                return load(name[1:])
        if name == "policies":  # Few programs have any: their import is no part of this one's.
            import pulumi_lumos.policies  # `from . import` would ask this function again.

            return pulumi_lumos.policies
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """List the public names before they are loaded, so that shells complete them."""
        return sorted({*globals(), *__all__, "policies"})

    def _load_names() -> None:
        """Bind every public name, so that Python asks `__getattr__` for none of them again."""
        from .public import public_name

        collect_rarely_in_a_program()
        for name in __all__:
            globals()[name] = public_name(name)
