"""Reads declarations: a TypedDict becomes a Group, Reference or Item, any annotation a TypeSpec."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from typing_extensions import NotRequired, Required, get_type_hints, is_typeddict

from .fields import Collection, Field, Output
from .spec import (
    FieldGroup,
    FieldSpec,
    Item,
    Json,
    ListOf,
    Problem,
    Reference,
    Rule,
    RuleAbout,
    Scalar,
    TypeSpec,
)

Check = Callable[..., Iterator[Problem]]

_rules: dict[type, list[Rule]] = {}
_identities: dict[type, tuple[tuple[str, ...], ...]] = {}
_collections: dict[type, Collection] = {}

S = TypeVar("S", bound=type)


def rule(
    owner: type, doc: str, about: RuleAbout = "mistake", reads: tuple[str, ...] = ()
) -> Callable[[Check], Check]:
    """Declare a rule over fields of a shape or resource: the check's parameters name them.

    `reads` names them where one check serves several fields. `about` says what breaking the rule
    means, see `Rule`.
    """

    def declare(check: Check) -> Check:
        names = reads or tuple(inspect.signature(check).parameters)
        _rules.setdefault(owner, []).append(Rule(doc, names, check, about))
        return check

    return declare


def identified_by(*ways: tuple[str, ...], refers_to: Collection | None = None) -> Callable[[S], S]:
    """Declare by which fields two objects of a shape are the same one, and where it is found.

    See `Reference`.
    """

    def declare(shape: S) -> S:
        _identities[shape] = ways
        if refers_to:
            _collections[shape] = refers_to
        return shape

    return declare


def rules_of(owner: type) -> Sequence[Rule]:
    """The rules declared over a shape or resource; those declared later are entered too."""
    return _rules.setdefault(owner, [])


@cache
def shape_spec(shape: type) -> FieldGroup | Reference | Item:
    """What a TypedDict declares: without `identified_by` a group of fields."""
    hints = get_type_hints(shape, include_extras=True)
    total: bool = shape.__total__  # type: ignore[attr-defined]
    fields = {name: _nested_field(shape, name, hint, total) for name, hint in hints.items()}
    name, doc, rules = shape.__name__, inspect.getdoc(shape) or "", rules_of(shape)
    identity, refers_to = _identities.get(shape, ()), _collections.get(shape)
    if not identity:
        return FieldGroup(name, doc, fields, rules)
    reference = Reference(name, doc, fields, rules, identity, refers_to)
    has_own = bool(fields.keys() - reference.naming)
    return Item(name, doc, fields, rules, identity, refers_to) if has_own else reference


def _nested_field(shape: type, name: str, hint: Any, required: bool) -> FieldSpec:
    if get_origin(hint) in (Required, NotRequired):
        required = get_origin(hint) is Required
        (hint,) = get_args(hint)
    annotation, declared = get_args(hint)
    if not isinstance(declared, Field):
        raise TypeError(f"{name} is not declared with field(...)")
    return FieldSpec(name, type_spec(annotation), declared.marks, required, shape)


def type_spec(annotation: Any) -> TypeSpec:
    """The type behind an annotation, free of Input, Optional and Annotated."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *notes = get_args(annotation)
        return next((one for one in notes if isinstance(one, Json)), None) or type_spec(inner)
    if origin in (Union, UnionType):
        return _union_spec(annotation)
    if is_typeddict(annotation):
        return shape_spec(annotation)
    if origin in (Sequence, list):
        return ListOf(type_spec(get_args(annotation)[0]))
    return Scalar(annotation)


def _union_spec(annotation: Any) -> TypeSpec:
    """Input[T] is a union of T, Awaitable[T] and Output[T]; only T counts."""
    members = [
        member
        for member in get_args(annotation)
        if member is not NoneType and get_origin(member) not in (Awaitable, Output)
    ]
    if any(get_origin(member) in (Sequence, list) for member in members):
        members = [m for m in members if get_origin(m) in (Sequence, list)]
    specs = {_key(member): type_spec(member) for member in members}
    if len(specs) == 1:
        return next(iter(specs.values()))
    return Scalar(Union[tuple(members)])  # noqa: UP007, the members are not known here


def _key(member: Any) -> str:
    """Sequence[Input[T]] and Sequence[T] are the same list."""
    return "list" if get_origin(member) in (Sequence, list) else repr(member)
