"""What the tests know of each kind: a file each, and its line here.

A test that is true of every kind takes `KINDS` for its parameter and `FACTS[kind]` for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_lumos.kinds import kinds

from ..drivers.tenant import Tenant
from .access_policy import AccessPolicyFacts
from .app import AppFacts
from .app_store_app import AppStoreAppFacts
from .facts import KindFacts
from .facts import Values as Values
from .pre_approval_rule import PreApprovalRuleFacts
from .provisioning_group_attachment import ProvisioningGroupAttachmentFacts
from .requestable_permission import RequestablePermissionFacts

FACTS: Mapping[str, KindFacts] = {
    "AccessPolicy": AccessPolicyFacts(),
    "App": AppFacts(),
    "AppStoreApp": AppStoreAppFacts(),
    "PreApprovalRule": PreApprovalRuleFacts(),
    "ProvisioningGroupAttachment": ProvisioningGroupAttachmentFacts(),
    "RequestablePermission": RequestablePermissionFacts(),
}
KINDS = sorted(kinds())


def samples(kind: str) -> tuple[Values, ...]:
    """The samples of a kind, see `KindFacts`."""
    return FACTS[kind].samples


def make_room(tenant: Tenant, kind: str) -> None:
    """Take away what the demo company has already of what the samples make."""
    for app_id in FACTS[kind].in_the_way:
        tenant.remove_from_app_store(app_id)
