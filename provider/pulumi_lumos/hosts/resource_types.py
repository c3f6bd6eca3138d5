"""The types under which the engine knows the resources of each host."""

from __future__ import annotations

DYNAMIC = "pulumi-python:dynamic/lumos:"
PACKAGED = "lumos:index:"


def dynamic_type(kind: str) -> str:
    """The type of a kind that the dynamic host serves: a promise for ever."""
    return f"{DYNAMIC}{kind}"


def packaged_type(kind: str) -> str:
    """The type of a kind that the packaged provider serves: a promise for ever."""
    return f"{PACKAGED}{kind}"
