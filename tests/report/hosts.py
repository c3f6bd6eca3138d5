"""How each host spells what states and plans hold."""

from __future__ import annotations

from typing import Any

from ..drivers.packaged_host import in_camel_case

HOSTS = ["dynamic", "packaged"]


def type_of(host: str, kind: str) -> str:
    return f"{'lumos:index' if host == 'packaged' else 'pulumi-python:dynamic/lumos'}:{kind}"


def spelled(host: str, values: dict[str, Any]) -> dict[str, Any]:
    """Values as a host spells them in states and plans."""
    return in_camel_case(values) if host == "packaged" else values
