"""Reads the declaration of a kind: its class becomes a ResourceSpec."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args

from .endpoints import Endpoints
from .fields import ABSENT, Field
from .reading import rules_of, type_spec
from .spec import FieldGroup, FieldSpec, ObjectSpec, ResourceSpec


def resource_spec(kind: type, key: tuple[str, ...], else_key: tuple[str, ...]) -> ResourceSpec:
    """What a resource class declares."""
    declared = dict(_declared(kind))
    doc = inspect.getdoc(kind) or ""
    given = {name: spec for name, (spec, computed) in declared.items() if not computed}
    shape = FieldGroup(kind.__name__, doc, given, rules=rules_of(kind))
    computed = {name: spec for name, (spec, computed) in declared.items() if computed}
    return ResourceSpec(kind.__name__, doc, shape, computed, key, else_key)


def object_spec(
    resource: ResourceSpec, endpoints: Endpoints, *, listed_by: str, id: str, gone: str
) -> ObjectSpec:
    """What a resource class declares, and where its objects live in the API."""
    return ObjectSpec(**vars(resource), endpoints=endpoints, listed_by=listed_by, id=id, gone=gone)


def _declared_type(hint: Any) -> Any:
    """The T of Field[T], or of a subclass of Field[T]."""
    (declared,) = get_args(hint) or get_args(hint.__orig_bases__[0])
    return declared


def _is_optional(annotation: Any) -> bool:
    return NoneType in get_args(annotation)


def _declared(kind: type) -> Iterator[tuple[str, tuple[FieldSpec, bool]]]:
    hints = inspect.get_annotations(kind, eval_str=True)
    for name, attribute in vars(kind).items():
        if isinstance(attribute, Field):
            annotation = _declared_type(hints[name])
            marks = attribute.marks
            required = (
                not _is_optional(annotation) if attribute.computed else marks.default is ABSENT
            )
            spec = FieldSpec(name, type_spec(annotation), marks, required, kind)
            yield name, (spec, attribute.computed)
