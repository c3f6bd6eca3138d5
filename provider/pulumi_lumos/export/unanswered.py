"""What a state of Terraform has for fields that Lumos never answers, such as credentials.

A program needs these values, and nobody can read them from Lumos. Values that the state does not
mark as sensitive go into the program. Those that are or may be sensitive stay unread: the program
takes them from the configuration of its stack, as secrets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from pulumi_lumos.declare.spec import Json, ResourceSpec, TypeSpec, Values

NO_VALUE = (None, "", "{}")
"""The values that the vendor's provider keeps for a missing or empty object."""


class Unanswered(NamedTuple):
    """The fields of an object that Lumos never answers, and for which Terraform has a value.

    known: those whose values may stand in a program, with the values. secret: the others.
    """

    known: Mapping[str, Any]
    secret: tuple[str, ...]


NOTHING = Unanswered({}, ())


def unanswered(spec: ResourceSpec, instance: Mapping[str, Any], values: Values) -> Unanswered:
    """Read such fields of a kind from an instance of a state with these values."""
    known: Values = {}
    secret: list[str] = []
    for name, field in spec.fields.items():
        if not field.marks.write_only or values.get(name) in NO_VALUE:
            continue
        hidden = field.marks.secret or _may_be_sensitive(instance, name)
        value = None if hidden else _plain(field.type, values[name])
        if value is None:
            secret.append(name)
        elif value != {}:
            known[name] = value
    return Unanswered(known, tuple(secret))


def _may_be_sensitive(instance: Mapping[str, Any], name: str) -> bool:
    """Whether a state marks an attribute as sensitive.

    Terraform 0.14 and older mark none, so any of their values may be sensitive.
    """
    paths = instance.get("sensitive_attributes")
    return not isinstance(paths, list) or any(_concerns(path, name) for path in paths)


def _concerns(path: Any, name: str) -> bool:
    """Whether the path of a sensitive value begins at an attribute, or has an unknown form."""
    first = path[0] if isinstance(path, list) and path else None
    if not isinstance(first, dict) or first.get("type") != "get_attr":
        return True
    return bool(first.get("value") == name)


def _plain(spec: TypeSpec, text: Any) -> Any:
    """The value behind the text of a state; None where its type is not the field's."""
    if not isinstance(text, str) or not isinstance(spec, Json):
        return text if isinstance(text, str) else None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _without_null(value) if isinstance(value, dict) else None


def _without_null(value: Any) -> Any:
    """An object without the names that have no value: Pulumi keeps no null within a property."""
    if isinstance(value, dict):
        return {name: _without_null(one) for name, one in value.items() if one is not None}
    return [_without_null(one) for one in value] if isinstance(value, list) else value
