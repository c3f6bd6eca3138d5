"""The kinds of resources: a file or a folder each, and this line of import.

Whoever needs all kinds imports `kinds` from here, which has them all registered.
"""

from __future__ import annotations

from pulumi_lumos.lifecycle.kind import get_kind as get_kind
from pulumi_lumos.lifecycle.kind import kinds as kinds

from .access_policy import AccessPolicy as AccessPolicy
from .app.declaration import App as App
from .app_store_app.declaration import AppStoreApp as AppStoreApp
from .pre_approval_rule import PreApprovalRule as PreApprovalRule
from .provisioning_group_attachment.declaration import (
    ProvisioningGroupAttachment as ProvisioningGroupAttachment,
)
from .requestable_permission.declaration import RequestablePermission as RequestablePermission
