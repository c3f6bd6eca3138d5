"""The report as JSON, and back: a missing name is an empty value, an unknown value says why."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

from pulumi_lumos.errors import LumosError
from pulumi_lumos.printable import without_tokens

from .model import Members, Row, Unknown, Untold
from .whole import Allowance, Broken, Comparison, Header, Report

T = TypeVar("T")

FORMAT = 1
"""The version of the JSON; a change that older readers would misread gets another number."""


class Misread(LumosError):
    """A file is not a report of this command."""


def as_object(value: Any) -> dict[str, Any]:
    """An object of the report as a JSON object, for `json.dumps(default=as_object)`.

    It leaves out values that are None.
    """
    if isinstance(value, Unknown):
        return {"unknown": value.unknown}
    found = ((name, getattr(value, attribute)) for name, attribute in _names(value.__class__))
    return {name: item for name, item in found if item is not None}


@cache
def _names(kind: Hashable) -> tuple[tuple[str, str], ...]:
    """The fields of a class, each by its name in JSON and as an attribute."""
    return tuple((_name(one), one.name) for one in fields(cast(Any, kind)))


def json_of(report: Report) -> Iterator[str]:
    """The whole report as `--json` prints it, piece by piece: each row is a line of its own.

    A large report takes a hundred megabytes as plain values, so they are never all in memory.
    """
    yield f'{{\n"report": {FORMAT},\n"header": {_text(report.header)},\n"rows": '
    yield from _list(report.rows)
    compared = as_object(report.comparison) if report.comparison else {}
    changes, risks = compared.pop("changes", []), compared.pop("new_risks", [])
    parts: dict[str, Any] = {
        "groups": report.groups,
        "untold": report.untold,
        "allowances": report.allowances,
        "policies": report.policies,
        "broken": report.broken,
        **({"changes": changes, "new_risks": risks} if report.comparison else {}),
    }
    for name, items in parts.items():
        yield f',\n"{name}": '
        yield from _list(items)
    if report.comparison:
        yield f',\n"against": {_text(compared)}'
    yield "\n}\n"


def _list(items: Iterable[Any]) -> Iterator[str]:
    start = "[\n"
    for item in items:
        yield f"{start}{_text(item)}"
        start = ",\n"
    yield "[]" if start == "[\n" else "\n]"


def _text(value: Any) -> str:
    """JSON in ASCII, so that no character of a name reaches a terminal as itself."""
    return without_tokens(json.dumps(value, default=as_object)).replace("\x7f", "\\u007f")


def report_from_json(data: Any) -> Report:
    """Read a report that `json_of` has written. Raises Misread, which says where."""
    if not isinstance(data, Mapping) or data.get("report") != FORMAT:
        raise Misread(
            f'it is not a report that `pulumi-lumos report --json` has written ("report": {FORMAT})'
        )
    comparison = None
    if "against" in data:
        parts = {name: data.get(name, []) for name in ("changes", "new_risks")}
        against = _read(dict[str, Any], data["against"], "against")
        comparison = _read(Comparison, {**against, **parts}, "against")
    return Report(
        header=_read(Header, data.get("header"), "header"),
        rows=_read(tuple[Row, ...], data.get("rows"), "rows"),
        groups=_read(tuple[Members, ...], data.get("groups", []), "groups"),
        untold=_read(tuple[Untold, ...], data.get("untold", []), "untold"),
        comparison=comparison,
        allowances=_read(tuple[Allowance, ...], data.get("allowances", []), "allowances"),
        policies=_read(tuple[str, ...], data.get("policies", []), "policies"),
        broken=_read(tuple[Broken, ...], data.get("broken", []), "broken"),
    )


def read_report(text: str) -> Report:
    """Read the text of a kept report. Raises Misread."""
    try:
        return report_from_json(json.loads(text))
    except (ValueError, RecursionError):
        raise Misread("it is not JSON") from None


def _name(one: Field[Any]) -> str:
    name: str = one.metadata.get("json", one.name)
    return name


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, data: Any, at: str) -> Any:
    """Read a value of a type from JSON; `at` is where it stands."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _read_one_of(typing.get_args(kind), data, at)
    if origin is tuple:
        if not isinstance(data, list):
            raise Misread(f"{at} is not a list")
        (item, _) = typing.get_args(kind)
        return tuple(_read(item, one, f"{at}[{index}]") for index, one in enumerate(data))
    if origin is typing.Literal:
        if data not in typing.get_args(kind):
            raise Misread(f"{at} is {data!r}, which this version does not know")
        return data
    plain = origin or kind
    if is_dataclass(plain):
        return _read_object(plain, data, at)
    if not isinstance(data, plain) or (plain is int and isinstance(data, bool)):
        raise Misread(f"{at} is not of type {plain.__name__}")
    return data


def _read_one_of(kinds: tuple[Any, ...], data: Any, at: str) -> Any:
    """Read a value of one of several types; an object with `unknown` is an unknown value."""
    if data is None and types.NoneType in kinds:
        return None
    is_unknown = isinstance(data, Mapping) and set(data) == {"unknown"}
    candidates = [kind for kind in kinds if (kind is Unknown) == is_unknown]
    problems = []
    for kind in candidates:
        try:
            return _read(kind, data, at)
        except Misread as problem:
            problems.append(problem)
    raise problems[0] if problems else Misread(f"{at} cannot be read")


def _read_object(kind: Any, data: Any, at: str) -> Any:
    if not isinstance(data, Mapping):
        raise Misread(f"{at} is not an object")
    return kind(**dict(_fields_of(kind, data, at)))


def _fields_of(kind: Any, data: Mapping[str, Any], at: str) -> Iterator[tuple[str, Any]]:
    for one in fields(kind):
        name = _name(one)
        if name in data:
            yield one.name, _read(_hints(kind)[one.name], data[name], f"{at}.{name}")
        elif one.default is MISSING and types.NoneType not in typing.get_args(
            _hints(kind)[one.name]
        ):
            raise Misread(f"{at}.{name} is missing")
        elif one.default is MISSING:
            yield one.name, None
