"""Declare a Lumos AppStore in a Pulumi program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .host.dynamic import load
from .host.function import FunctionFailed
from .host.program import InvalidInputs
from .lookups.admins import AppAdmins
from .lookups.functions import (
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
from .lookups.policy import check_admins
from .lookups.results import (
    GetAppResult,
    GetGroupResult,
    GetInlineWebhookResult,
    GetPermissionResult,
    GetUserResult,
)
from .resources.app_store_app import AppStoreApp, Provisioning, RequestFlow
from .resources.pre_approval_rule import PreApprovalRule, UserAttribute
from .resources.provisioning_group_attachment import ProvisioningGroupAttachment
from .resources.requestable_permission import (
    RequestablePermission,
    RequestApprovalConfig,
    RequestConfig,
    RequestFulfillmentConfig,
)
from .shapes import (
    Admins,
    AllowedGroups,
    Approvers,
    GroupRef,
    PermissionRef,
    UserRef,
    WebhookRef,
)

__all__ = [
    "Admins",
    "AllowedGroups",
    "AppAdmins",
    "AppStoreApp",
    "Approvers",
    "FunctionFailed",
    "GetAppResult",
    "GetGroupResult",
    "GetInlineWebhookResult",
    "GetPermissionResult",
    "GetUserResult",
    "GroupRef",
    "InvalidInputs",
    "PermissionRef",
    "PreApprovalRule",
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
        """Lead the providers that Pulumi states name (`_RequestablePermission`) to their kind.

        The names are a promise for ever: a state that cannot be loaded can neither be refreshed
        nor destroyed.
        """
        if name.startswith("_") and name[1:] in __all__:
            return load(name[1:])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
