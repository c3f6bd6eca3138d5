"""Every text of this package that Pulumi shows: one place, where each line is made printable.

The engine writes what it gets to the terminal as it is. So names from Lumos, and whatever a
program took from elsewhere, are cleaned here, on their way out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import pulumi

from pulumi_lumos.printable import printable

HIDDEN = "[secret]"
SHORTEST_SECRET = 3
"""A shorter text is no secret, and stands in many words by chance."""


_hidden: set[str] = set()
"""The secrets of this process's resources, whichever run they are of: no text shows them."""


def hide(secrets: Iterable[str]) -> None:
    """Show these secrets in no text from now on."""
    _hidden.update(secrets)


def text(first: str, *more: str, secrets: Iterable[str] = ()) -> str:
    """A text for people: its first line, and further ones below it, without some secrets."""
    hidden = [*secrets, *_hidden]
    return "\n  ".join(printable(_without(line, hidden)) for line in (first, *more))


def _without(line: str, secrets: Iterable[str]) -> str:
    """The line without secrets, as they are and as a literal spells them."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            for spelled in {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]}:
                line = line.replace(spelled, HIDDEN)
    return line


def warn(first: str, *more: str) -> None:
    """Show a warning of the program."""
    pulumi.log.warn(text(first, *more))
