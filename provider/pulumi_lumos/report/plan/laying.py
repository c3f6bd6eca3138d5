"""Lays the fields of a program over an object of Lumos, as an update does."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pulumi_lumos.declare.spec import FieldSpec, ShapeSpec
from pulumi_lumos.report.population import Values


def lay_over(
    shape: ShapeSpec, live: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Values:
    """`live` with the fields of the program (`new`), and without those that it dropped (`old`).

    A field that left the program is cleared, as its declaration says. A list is replaced whole. A
    field of which Lumos holds more than its API shows stays as it is.
    """
    result = copy.deepcopy(dict(live))
    for name, field in shape.fields.items():
        if field.marks.option or _is_more_than_shown(field, live):
            continue
        given, before = new.get(name), old.get(name)
        if field.group and not _is_unknown(given) and not _is_unknown(before):
            if given is not None or before is not None:
                below = result.get(name)
                inside = below if isinstance(below, Mapping) else {}
                result[name] = lay_over(field.group, inside, before or {}, given or {})
        elif given is not None:
            result[name] = copy.deepcopy(given)
        elif before is not None:
            result[name] = copy.deepcopy(field.clearing)
    return result


def _is_unknown(value: Any) -> bool:
    return value is not None and not isinstance(value, (Mapping, list, str, int, float, bool))


def _is_more_than_shown(field: FieldSpec, live: Mapping[str, Any]) -> bool:
    described_by = field.marks.described_by
    return bool(described_by) and live.get(described_by) is False
