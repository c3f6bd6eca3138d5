"""The packaged provider as a process of its own, spoken to as the engine does.

It is driven by the words of `DynamicHost`: the declared names, here put into camelCase and back.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.runtime import rpc
from pulumi_lumos.hosts.names import declared_names
from pulumi_lumos.kinds import kinds

from .dynamic_host import DynamicHost, Failed, Values

DYNAMIC_TYPE = "pulumi-python:dynamic/lumos:"
PACKAGED_TYPE = "lumos:index:"
STATES = ("olds", "properties")


class PackagedHost(DynamicHost):
    """Runs the program `pulumi-resource-lumos` while a `with` block lasts.

    With the settings that tell it that a Python program asks, so that it spells as Python does.
    """

    def __init__(self, settings: dict[str, str], **more: Any) -> None:
        super().__init__({"LUMOS_HOST": "packaged", **settings}, **more)

    @property
    def _command(self) -> list[str]:
        return [sys.executable, "-m", "pulumi_lumos.plugin", self._engine]

    def _ask(self, method: str, request: Any) -> Any:
        if hasattr(request, "urn"):
            request.urn = request.urn.replace(DYNAMIC_TYPE, PACKAGED_TYPE)
        if method != "Configure":
            _translate_request(method, request)
        try:
            answer = super()._ask(method, request)
        except Failed as failed:
            if half := failed.half_made:
                failed.half_made = replace(
                    half, state=_renamed(_in_plain(half.state), _to_declared)
                )
            raise
        for name in ("inputs", "properties"):
            if hasattr(answer, name):
                getattr(answer, name).CopyFrom(_struct(_read(getattr(answer, name))))
        if hasattr(answer, "replaces"):
            answer.replaces[:] = map(_to_declared, answer.replaces)
        return answer


def _translate_request(method: str, request: Any) -> None:
    for name in STATES:
        old = getattr(request, name, None)
        if old is None or method in ("Check", "Create"):
            continue
        kind = request.urn.split(PACKAGED_TYPE)[1].partition("::")[0]
        fields = kinds()[kind].spec.fields
        given = {n: value for n, value in MessageToDict(old).items() if n in fields}
        inputs = request.inputs if method == "Read" else request.old_inputs
        inputs.CopyFrom(_struct(_renamed(given, to_camel)))
    for name in ("olds", "news", "properties"):
        if hasattr(request, name):
            whole = MessageToDict(getattr(request, name))
            whole.pop(PROVIDER_KEY, None)
            if name == "news" or method == "Create":
                whole = _with_secrets(request.urn, whole)
            getattr(request, name).CopyFrom(_struct(_renamed(whole, to_camel)))


def _with_secrets(urn: str, given: Values) -> Values:
    """The inputs as the engine hands them on: what a kind declares as secret is marked so."""
    fields = kinds()[urn.split(PACKAGED_TYPE)[1].partition("::")[0]].spec.fields
    return {
        name: rpc.wrap_rpc_secret(value) if name in fields and fields[name].marks.secret else value
        for name, value in given.items()
    }


def _read(properties: Struct) -> Values:
    return dict(_renamed(_in_plain(MessageToDict(properties)), _to_declared))


def in_declared_names(values: Values) -> Values:
    """A resource of a state with its properties by their declared names."""
    return dict(_renamed(values, _to_declared))


def in_camel_case(values: Values) -> Values:
    """What a program declares, as one in another language than Python writes it."""
    return dict(_renamed(values, to_camel))


def _in_plain(value: Any) -> Any:
    """A value with the secrets in it as they are."""
    if isinstance(value, list):
        return [_in_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if rpc.is_rpc_secret(value):
        return _in_plain(value["value"])
    return {name: _in_plain(item) for name, item in value.items()}


def _renamed(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_renamed(item, rename) for item in value]
    if not isinstance(value, dict):
        return value
    return {rename(name): _renamed(item, rename) for name, item in value.items()}


def _declared() -> Iterator[str]:
    for kind in kinds().values():
        yield from declared_names([kind.spec.shape])
        yield from kind.spec.computed
        yield from kind.lifecycle.remembers
    yield "group_ids"


def to_camel(name: str) -> str:
    """A declared name as the schema of the provider has it; any other as it is."""
    if name not in DECLARED:
        return name
    words = name.split("_")
    return words[0] + "".join(word.capitalize() for word in words[1:])


def _to_declared(name: str) -> str:
    return SPELLED.get(name, name)


DECLARED = frozenset(_declared())
SPELLED = {to_camel(name): name for name in DECLARED}
OF_PYTHON = re.compile(
    r"\b(True|False|None|dict|dictionary|boolean|string|list of str|opts|depends_on)\b"
    r"|[a-z]=|\bpulumi\.|get_|\.get\b"
)
"""What a text has that only a Python program understands."""


def _struct(values: Values) -> Struct:
    struct = Struct()
    struct.update(values)
    return struct
