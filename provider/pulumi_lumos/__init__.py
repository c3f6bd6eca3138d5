"""Declare a Lumos AppStore in a Pulumi program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .host.dynamic import load
from .host.program import InvalidInputs
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
    "AppStoreApp",
    "Approvers",
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
