"""What a state records as providers, and whether that is what this package records.

Pulumi's dynamic host unpickles the recorded provider, which can run any code. So it is compared
as text with the published names; nothing here ever unpickles.
"""

from __future__ import annotations

import base64
import pickletools
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pulumi.dynamic.dynamic import PROVIDER_KEY

from pulumi_lumos.hosts.resource_types import kind_of_type
from pulumi_lumos.lifecycle.kind import kinds
from pulumi_lumos.printable import printable

from .provider import recorded_provider
from .state_file import read_state, resources_of

PICKLE_PROTOCOLS = (4, 5)
"""Newer Pythons write a newer number into the second byte; the rest is the same."""

NAMING = {"PROTO", "FRAME", "SHORT_BINUNICODE", "MEMOIZE", "STACK_GLOBAL", "STOP"}
"""The operations of a pickle that only names what is to be imported."""

ELSEWHERE = "it is recorded in a place of the file where Pulumi records none"


class Untrusted(NamedTuple):
    """One resource whose recorded provider is not to be trusted, and why."""

    urn: str
    reason: str


def untrusted(
    state: str, trusted_types: frozenset[str] = frozenset()
) -> tuple[int, list[Untrusted]]:
    """Count the resources with a recorded provider, and list those that are not as published.

    `state` is what `pulumi stack export` prints; raises UnreadableState where it is not. Types in
    `trusted_types` belong to other packages that the caller vouches for.
    """
    whole = read_state(state)
    dynamic = [one for one in resources_of(whole) if _is_dynamic(one)]
    found = [
        Untrusted(_urn(one), reason) for one in dynamic if (reason := _wrong(one, trusted_types))
    ]
    if _count(whole) > sum(len([*_recorded(one)]) for one in dynamic):
        found.append(Untrusted("nothing that Pulumi reads", ELSEWHERE))
    return len(dynamic), found


@cache
def published(kind: str) -> frozenset[str]:
    """What states record for a kind, as each release of Python writes it."""
    pickled = bytearray(base64.b64decode(recorded_provider(kind)))
    written = []
    for protocol in PICKLE_PROTOCOLS:
        pickled[1] = protocol
        written.append(base64.b64encode(bytes(pickled)).decode())
    return frozenset(written)


def is_recorded_by_name(kind: str) -> bool:
    """Whether states name the provider of a kind, instead of holding its code."""
    pickled = base64.b64decode(recorded_provider(kind))
    return {operation.name for operation, _, _ in pickletools.genops(pickled)} <= NAMING


def _is_dynamic(resource: Mapping[str, Any]) -> bool:
    return ":dynamic" in _type(resource) or bool([*_recorded(resource)])


def _wrong(resource: Mapping[str, Any], trusted_types: frozenset[str]) -> str | None:
    """Why a resource's recorded provider is not to be trusted, or None."""
    type, recorded = _type(resource), [*_recorded(resource)]
    # A stack that has moved to the packaged host may keep what the dynamic one has recorded.
    kind = kind_of_type(type)
    if not kind:
        return None if type in trusted_types else "it belongs to another package or program"
    if kind not in kinds():
        return f"this release has no kind {printable(kind)}"
    if not recorded:
        return "no provider is recorded"
    if not all(isinstance(one, str) and one in published(kind) for one in recorded):
        return f"it is not what pulumi-lumos records for {kind}"
    return None


def _recorded(resource: Mapping[str, Any]) -> Iterator[Any]:
    for place in ("inputs", "outputs"):
        values = resource.get(place)
        if isinstance(values, dict) and PROVIDER_KEY in values:
            yield values[PROVIDER_KEY]


def _count(value: Any) -> int:
    """How many providers are recorded anywhere below a value."""
    if isinstance(value, list):
        return sum(map(_count, value))
    if not isinstance(value, dict):
        return 0
    return (PROVIDER_KEY in value) + sum(map(_count, value.values()))


def _type(resource: Mapping[str, Any]) -> str:
    return str(resource.get("type") or "")


def _urn(resource: Mapping[str, Any]) -> str:
    return printable(str(resource.get("urn") or "a resource without a URN"))
