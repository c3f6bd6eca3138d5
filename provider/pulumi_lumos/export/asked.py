"""What an exported program takes from the configuration of its stack: secrets that stay unread."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pulumi_lumos.declare.spec import Json, ResourceSpec, Values
from pulumi_lumos.lifecycle.call import Call

from .code import FromConfig
from .tenant import Found, Ref, exported_kinds
from .terraform_state import Managed


class StackSetting(NamedTuple):
    """One value that the stack needs in its configuration before the first preview.

    address: where Terraform has the value. field: the field of the resource that takes it.
    example: what the value looks like, with "..." for each part that stays unread.
    """

    address: str
    field: str
    key: str
    example: Any

    @property
    def command(self) -> str:
        """The shell command that sets it."""
        text = self.example if isinstance(self.example, str) else json.dumps(self.example)
        return f"pulumi config set --secret {self.key} {shlex.quote(text)}"


def said_by_program(managed: Sequence[Managed], names: Mapping[Ref, str]) -> Mapping[Ref, Values]:
    """What the program says of each object beside what Lumos answers."""
    specs = {lifecycle.spec.name: lifecycle.spec for lifecycle in exported_kinds()}
    declared: dict[Ref, Values] = {}
    for one in managed:
        values = dict(one.unanswered.known)
        for field in one.unanswered.secret:
            values[field] = _from_config(specs[one.kind], field, names[one.ref])
        declared.setdefault(one.ref, values)
    return declared


def read_settings_to_give(
    call: Call, managed: Sequence[Managed], found: Mapping[Ref, Found], names: Mapping[Ref, str]
) -> Iterator[StackSetting]:
    """Read from Lumos which settings the stack needs for the objects; raise ApiError."""
    known: set[Ref] = set()
    for one in managed:
        there = found.get(one.ref)
        if there is None or one.ref in known:
            continue
        known.add(one.ref)
        for field in one.unanswered.secret:
            example = there.lifecycle.example(call, there.live, field)
            yield StackSetting(one.address, field, key_of(names[one.ref], field), example)


def key_of(name: str, field: str) -> str:
    """The name of a setting; unique, because no field has a hyphen in its name."""
    return f"{name}-{field}"


def _from_config(spec: ResourceSpec, field: str, name: str) -> FromConfig:
    is_object = isinstance(spec.fields[field].type, Json)
    function = "require_secret_object" if is_object else "require_secret"
    return FromConfig(f'config.{function}("{key_of(name, field)}")')
