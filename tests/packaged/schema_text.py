"""The schema as the packaged provider serves it."""

from __future__ import annotations

from pulumi_lumos.plugin import new_provider


def text() -> str:
    """The schema as the provider prints it."""
    return str(new_provider().GetSchema(None, None).schema)
