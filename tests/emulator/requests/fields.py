"""Values that requests and the fields of permissions and rules have in tests."""

from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

PROVISION, DEPROVISION, VALIDATION, PRE_APPROVAL = (
    {"id": seed_ids.WEBHOOK_IDS[hook_type]}
    for hook_type in ("PROVISION", "DEPROVISION", "REQUEST_VALIDATION", "PRE_APPROVAL")
)
SALESFORCE = {"access_length": "2 hours"}
IDENTITY = {"app_id", "app_class_id", "app_instance_id"}
