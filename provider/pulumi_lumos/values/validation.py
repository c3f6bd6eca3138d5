"""Validation of what a program says: its types, and the rules of the declarations.

All mistakes are found at once, each with its property path; a value that is not known yet is
never one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi_lumos.declare.spec import (
    Json,
    ListOf,
    Problem,
    Rule,
    RuleAbout,
    ShapeSpec,
    TypeSpec,
    Values,
)
from pulumi_lumos.declare.unknown import UNKNOWN, contains_unknown

from .changes import key_of
from .free_json import json_problems
from .texts import text_problems

_WARNINGS: tuple[RuleAbout, ...] = ("warning", "change")


def problems(shape: ShapeSpec, values: Values) -> list[Problem]:
    """Everything wrong with the values of a shape, as (property path, sentence)."""
    # A host process whose inputs have not changed needs none of pydantic.
    from .type_checks import type_problems

    wrong = list(type_problems(shape, values))
    mistyped = [path for path, _ in wrong]
    wrong += text_problems(values)
    return wrong + list(_rule_problems(shape, values, "", mistyped))


def warnings(shape: ShapeSpec, old: Values, new: Values) -> list[Problem]:
    """What people should know of valid values, where they begin to say it."""
    return list(_warnings(shape, old or None, new, ""))


def _warnings(shape: ShapeSpec, old: Values | None, new: Values, at: str) -> Iterator[Problem]:
    for rule in shape.rules_about("warning") if old is None else shape.rules_about(*_WARNINGS):
        before = None if old is None else {name: old.get(name) for name in rule.reads}
        read = {name: new.get(name) for name in rule.reads}
        if before != read and not contains_unknown(read):
            known = [] if before is None else list(_found(rule, before, at))
            yield from (one for one in _found(rule, read, at) if one not in known)
    for name, field in shape.fields.items():
        after = new.get(name)
        if isinstance(field.type, ShapeSpec) and isinstance(after, dict):
            within = None if old is None else old.get(name) or {}
            yield from _warnings(field.type, within, after, _joined(at, name))


def observations(shape: ShapeSpec, live: Values) -> list[Problem]:
    """What people should know of an object as Lumos answers it."""
    return list(_observations(shape, live, ""))


def _observations(shape: ShapeSpec, live: Values, at: str) -> Iterator[Problem]:
    for rule in shape.rules_about("answer"):
        yield from _found(rule, {name: live.get(name) for name in rule.reads}, at)
    for name, field in shape.fields.items():
        value = live.get(name)
        if isinstance(field.type, ShapeSpec) and isinstance(value, dict):
            yield from _observations(field.type, value, _joined(at, name))


def _found(rule: Rule, read: Values, at: str) -> Iterator[Problem]:
    for path, reason in rule.check(*read.values()):
        yield _joined(at, path), reason


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
    elif isinstance(spec, Json) and isinstance(value, dict):
        yield from json_problems(value, at)


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
