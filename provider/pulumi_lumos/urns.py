"""Reads Pulumi's URNs, by which an engine names the resources of a stack.

One is `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. Only the name may have `::` in it.
"""

from __future__ import annotations

_START = "urn:pulumi:"


def name_of(urn: str) -> str:
    """What the program calls a resource; a text that is no URN is such a name already."""
    return _parts(urn)[3] if urn.startswith(_START) else urn


def type_of(urn: str) -> str:
    """The type of a resource, after those of the components that it is in, each with a `$`."""
    return _parts(urn)[2]


def kind_of(urn: str) -> str:
    """The kind of a resource, such as `AppStoreApp`."""
    return type_of(urn).rpartition("$")[2].rpartition(":")[2]


def stack_of(urn: str) -> str:
    """The stack of a resource, as `project/stack`."""
    stack, project, _, _ = _parts(urn)
    return f"{project}/{stack}"


def _parts(urn: str) -> list[str]:
    """Stack, project, type and name; "" for each that is missing."""
    parts = urn.removeprefix(_START).split("::", 3)
    return [*parts, *[""] * (4 - len(parts))]
