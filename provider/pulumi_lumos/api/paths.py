"""Paths of the Lumos API document with ids put in."""

from __future__ import annotations

from urllib.parse import quote

from pulumi_lumos.api.errors import InvalidId


def path(template: str, /, **ids: str) -> str:
    """A path with ids put in: `path("/appstore/apps/{app_id}", app_id=...)`.

    Raises InvalidId for an empty id and for one that would name another path.
    """
    for name, value in ids.items():
        if not value.strip() or value in (".", ".."):
            raise InvalidId(f"The path {template} needs an id for {name}, but got {value!r}.")
    return template.format_map({name: quote(value, safe="") for name, value in ids.items()})
