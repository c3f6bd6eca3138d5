"""What the inputs of an attachment say of the permission that it binds."""

from __future__ import annotations

from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.kinds.requestable_permission.group_sync import WAIT_FOR_SYNC


def of_the_bound(values: Values, app_id: str) -> Inputs:
    """What the program says of the bound permission, as fields of a RequestablePermission."""
    config = dict(values.get("request_config") or {})
    if "group" in values:
        fulfillment = config.get("request_fulfillment_config") or {}
        bound = {**fulfillment, "provisioning_group": values["group"]}
        config["request_fulfillment_config"] = bound
    if declared_visibility(values):
        config["appstore_visibility"] = declared_visibility(values)
    others = {name: values[name] for name in ("label", WAIT_FOR_SYNC) if values.get(name)}
    return Inputs({"app_id": app_id, **others, "request_config": config})


def declared_visibility(inputs: Values) -> str | None:
    """The visibility that the program wants of the successor."""
    config = inputs.get("request_config") or {}
    declared: str | None = inputs.get("appstore_visibility") or config.get("appstore_visibility")
    return declared
