"""The types under which the engine knows the resources of each host."""

from __future__ import annotations

DYNAMIC_PREFIX = "pulumi-python:dynamic/lumos:"
PACKAGED_PREFIX = "lumos:index:"
"""What the types of each host begin with; the name of the kind follows."""


def kind_of_type(type: str) -> str:
    """The kind of a resource of this type, also of one that a later release knows; "" if none."""
    return type.rpartition(":")[2] if type.startswith((DYNAMIC_PREFIX, PACKAGED_PREFIX)) else ""


def dynamic_type(kind: str) -> str:
    """The type of a kind that the dynamic host serves: a promise for ever."""
    return f"{DYNAMIC_PREFIX}{kind}"


def packaged_type(kind: str) -> str:
    """The type of a kind that the packaged provider serves: a promise for ever."""
    return f"{PACKAGED_PREFIX}{kind}"
