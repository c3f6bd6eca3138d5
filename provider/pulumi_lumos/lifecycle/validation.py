"""Validation of what a program says: types by pydantic's core, rules by the declarations.

All mistakes are found at once, each with its property path; a value that is not known yet is
never one. The program and each host process build this anew in every run, so it takes pydantic's
core by itself: models of pydantic take some 70 ms more, of which they give nothing here.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from ..declare.spec import (
    FieldSpec,
    ListOf,
    Problem,
    Rule,
    RuleAbout,
    ShapeSpec,
    TypeSpec,
    Values,
)
from ..declare.unknown import UNKNOWN, contains_unknown
from .changes import key_of

_WARNINGS: tuple[RuleAbout, ...] = ("warning", "change")


def problems(shape: ShapeSpec, values: Values) -> list[Problem]:
    """Everything wrong with the values of a shape, as (property path, sentence)."""
    wrong = list(_type_problems(shape, values))
    mistyped = [path for path, _ in wrong]
    return wrong + list(_rule_problems(shape, values, "", mistyped))


def warnings(shape: ShapeSpec, old: Values, new: Values) -> list[Problem]:
    """What people should know of valid values, where they begin to say it."""
    return list(_warnings(shape, old or None, new, ""))


def _warnings(shape: ShapeSpec, old: Values | None, new: Values, at: str) -> Iterator[Problem]:
    for rule in shape.rules_about("warning") if old is None else shape.rules_about(*_WARNINGS):
        before = None if old is None else {name: old.get(name) for name in rule.reads}
        read = {name: new.get(name) for name in rule.reads}
        if before != read and not contains_unknown(read):
            yield from _found(rule, read, at)
    for name, field in shape.fields.items():
        after = new.get(name)
        if isinstance(field.type, ShapeSpec) and isinstance(after, dict):
            within = None if old is None else old.get(name) or {}
            yield from _warnings(field.type, within, after, _joined(at, name))


def observations(shape: ShapeSpec, live: Values) -> list[Problem]:
    """What people should know of an object as Lumos answers it."""
    return [
        problem
        for rule in shape.rules_about("answer")
        for problem in _found(rule, {name: live.get(name) for name in rule.reads}, "")
    ]


def _found(rule: Rule, read: Values, at: str) -> Iterator[Problem]:
    for path, reason in rule.check(**read):
        yield _joined(at, path), reason


def _type_problems(shape: ShapeSpec, values: Values) -> Iterator[Problem]:
    try:
        _validator(_Key(shape)).validate_python(values, strict=True)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            path = _path(item["loc"])
            yield path, _sentence(shape, item["type"], item["loc"], item["msg"])


class _Key:
    """Lets a shape, which holds dicts, be the key of a cache: each shape exists once."""

    def __init__(self, shape: ShapeSpec) -> None:
        self.shape = shape

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.shape is self.shape

    def __hash__(self) -> int:
        return id(self.shape)


@cache
def _validator(key: _Key) -> SchemaValidator:
    return SchemaValidator(_shape_schema(key))


@cache
def _shape_schema(key: _Key) -> CoreSchema:
    fields = {
        name: core_schema.typed_dict_field(_field_schema(field, key.shape), required=field.required)
        for name, field in key.shape.fields.items()
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


def _field_schema(field: FieldSpec, shape: ShapeSpec) -> CoreSchema:
    schema = _known_or(_schema(field.type))
    if not field.required:
        return core_schema.nullable_schema(schema)
    refers = field.marks.refers_to or shape.refers_to
    return _known_or(core_schema.str_schema(min_length=1)) if refers else schema


def _schema(spec: TypeSpec) -> CoreSchema:
    if isinstance(spec, ListOf):
        return core_schema.list_schema(_known_or(_schema(spec.item)))
    if isinstance(spec, ShapeSpec):
        return _shape_schema(_Key(spec))
    return _scalar_schema(spec.annotation)


def _scalar_schema(annotation: Any) -> CoreSchema:
    if get_origin(annotation) is Literal:
        return core_schema.literal_schema(list(get_args(annotation)))
    if get_origin(annotation) is Union:
        return core_schema.union_schema([_scalar_schema(one) for one in get_args(annotation)])
    return _SCALARS[annotation]()


_SCALARS: dict[type, Callable[[], CoreSchema]] = {
    str: core_schema.str_schema,
    bool: core_schema.bool_schema,
    int: core_schema.int_schema,
    float: core_schema.float_schema,
}


def _known_or(schema: CoreSchema) -> CoreSchema:
    return core_schema.no_info_wrap_validator_function(_pass_unknown, schema)


def _pass_unknown(value: Any, validate: Callable[[Any], Any]) -> Any:
    return value if value is UNKNOWN else validate(value)


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


def _sentence(shape: ShapeSpec, kind: str, location: tuple[int | str, ...], message: str) -> str:
    name = str(location[-1])
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, _names_at(shape, location[:-1]), n=1)
        advice = f"did you mean {close[0]}?" if close else "see the resource's page for its fields"
        return f"there is no field {name} here; {advice}"
    if kind == "missing":
        return "is required"
    if kind == "string_too_short":
        return "must not be empty"
    return message.replace("Input should", "should")


def _names_at(shape: ShapeSpec, location: tuple[int | str, ...]) -> list[str]:
    spec: TypeSpec = shape
    for step in location:
        if isinstance(spec, ListOf):
            spec = spec.item
        elif isinstance(spec, ShapeSpec) and step in spec.fields:
            spec = spec.fields[str(step)].type
    return list(spec.fields) if isinstance(spec, ShapeSpec) else []


def _rule_problems(
    shape: ShapeSpec, values: Values, at: str, mistyped: list[str]
) -> Iterator[Problem]:
    """What the rules say, except those that would read a value of a wrong type."""
    for rule in shape.rules_about("mistake"):
        read = {name: values.get(name) for name in rule.reads}
        paths = [_joined(at, name) for name in rule.reads]
        if UNKNOWN in read.values() or any(_within(wrong, paths) for wrong in mistyped):
            continue
        yield from _found(rule, read, at)
    for name, field in shape.fields.items():
        yield from _nested_problems(field.type, values.get(name), _joined(at, name), mistyped)


def _nested_problems(spec: TypeSpec, value: Any, at: str, mistyped: list[str]) -> Iterator[Problem]:
    if isinstance(spec, ListOf) and isinstance(value, list):
        yield from _repetitions(spec, value, at)
        for index, item in enumerate(value):
            yield from _nested_problems(spec.item, item, f"{at}[{index}]", mistyped)
    elif isinstance(spec, ShapeSpec) and isinstance(value, dict):
        yield from _rule_problems(spec, value, at, mistyped)


def _repetitions(spec: ListOf, items: list[Any], at: str) -> Iterator[Problem]:
    """No list of Lumos holds the same member twice."""
    keys = [None if contains_unknown(item) else repr(key_of(spec, item, {})) for item in items]
    for index, key in enumerate(keys):
        first = keys.index(key)
        if key is not None and first < index:
            yield f"{at}[{index}]", f"is the same as {at}[{first}]"


def _joined(at: str, path: str) -> str:
    return f"{at}.{path}" if at and path else at or path


def _within(wrong: str, paths: list[str]) -> bool:
    return any(wrong == path or wrong.startswith((f"{path}.", f"{path}[")) for path in paths)
