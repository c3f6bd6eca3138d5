"""Which fields of the vendor's document a file of tests has a test for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from pydantic import BaseModel

GROUPS_OF_FIELDS = {
    "AppStoreAppSettingsRequestFlowInput",
    "AppStoreAppSettingsProvisioningInput",
    "RequestConfigInputCreate",
    "RequestApprovalConfigInput",
    "RequestFulfillmentConfigInput",
}
"""Fields that only hold other fields; people notice every other field."""


def fields_of(model: type[BaseModel]) -> Iterator[str]:
    """The names of the fields that a request sets, without the groups that hold them."""
    for name, field in model.model_fields.items():
        parts = get_args(field.annotation) or (field.annotation,)
        groups = [part for part in parts if getattr(part, "__name__", "") in GROUPS_OF_FIELDS]
        if groups:
            yield from fields_of(groups[0])
        else:
            yield name


def fields_with_tests(names: Iterable[str], fields: set[str]) -> set[str]:
    """The fields that names of tests, `test_<field>_...`, begin with; the longest counts."""
    found = (
        max((f for f in fields if name.startswith(f"test_{f}_")), key=len, default="")
        for name in names
    )
    return set(found) - {""}
