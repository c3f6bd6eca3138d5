"""How people hear of the resource whose call is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Diagnostics(NamedTuple):
    """How people hear of one resource.

    `warn` and `info` take three arguments: the text, the text to show once where several resources
    give it ("" for the same text), and a function that says later whether to drop it. They may show
    the text later. `progress` takes a text and shows it at once.
    """

    warn: Callable[..., None]
    info: Callable[..., None]
    progress: Callable[[str], None]


def _ignore(*_said: object) -> None:
    """Show nothing."""


SILENT = Diagnostics(_ignore, _ignore, _ignore)
"""For calls that only read, such as those of an export."""
