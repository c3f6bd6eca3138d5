"""PATCH as Lumos documents it: present fields override, missing fields are disregarded."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from .absent import ABSENT
from .copies import copy_of
from .state import Record, Tenant


def sent(model: BaseModel, *, declared_defaults: bool) -> Record:
    """The fields of a request as JSON: those sent and, on demand, those with declared defaults.

    Defaults go into each object that is sent, never into one that is not
    (switch patch_applies_defaults).
    """
    record = {}
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set or (declared_defaults and field.default is not ABSENT):
            value = getattr(model, name)
            record[name] = _plain(value, declared_defaults=declared_defaults)
    return record


def _plain(value: Any, *, declared_defaults: bool) -> Any:
    if isinstance(value, list):
        return [_plain(item, declared_defaults=declared_defaults) for item in value]
    if not isinstance(value, BaseModel):
        return value
    if "root" in type(value).model_fields:
        return value.model_dump()
    return sent(value, declared_defaults=declared_defaults)


def patch(tenant: Tenant, model: BaseModel) -> Record:
    """Work out what a PATCH changes, under the tenant's reading of declared defaults."""
    return sent(model, declared_defaults=tenant.switches["patch_applies_defaults"])


def merge(stored: Record, changes: Record, blank: Record) -> None:
    """Put `changes` into `stored`; null brings a field back to what it is in `blank`."""
    for key, value in changes.items():
        known = stored.get(key)
        if value is None:
            stored[key] = copy_of(blank.get(key))
        elif isinstance(value, dict) and isinstance(known, dict) and "id" not in known:
            merge(known, value, blank.get(key) or {})
        else:
            stored[key] = value


def drop_empty_texts(tenant: Tenant, changes: Record, *names: str) -> None:
    """Disregard empty strings for texts that cannot be null (switch clear_with_empty_string)."""
    if not tenant.switches["clear_with_empty_string"]:
        for name in names:
            if changes.get(name) == "":
                del changes[name]
