"""Paths of the Lumos API document with ids put in."""

from __future__ import annotations

from urllib.parse import quote

from .errors import InvalidId

LONGEST_ID = 1000
"""Characters. Lumos's ids have some 40, and what stands before it refuses longer addresses."""
LONGEST_TEXT = 5000
"""Characters of a text that is looked for; of each, an address needs up to twelve."""


def path(template: str, /, **ids: str) -> str:
    """A path with ids put in: `path("/appstore/apps/{app_id}", app_id=...)`.

    Raises InvalidId for an empty id, one that would name another path and one that no path holds.
    """
    for name, id in ids.items():
        flaw = flaw_in_text(id, LONGEST_ID)
        if flaw or not id.strip() or id in (".", ".."):
            got = f"one that {flaw}" if flaw else repr(id)
            raise InvalidId(f"The path {template} needs an id for {name}, but got {got}.")
    return template.format_map({name: quote(id, safe="") for name, id in ids.items()})


def flaw_in_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """Why no address can hold a text; "" where one can."""
    if len(text) > longest:
        return f"has {len(text):,} characters, more than an address can hold"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "holds half of a character (a lone surrogate)"
    return ""
