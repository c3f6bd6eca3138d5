"""How people hear of the resource whose call is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Diagnostics(NamedTuple):
    """How people hear of one resource.

    `warn` and `info` may be shown later, equal texts of several resources once. Both take the
    text, how it is put where several resources say it ("" for the same words), and what decides
    then whether it is not to be shown after all. `progress` is shown at once.
    """

    warn: Callable[..., None]
    info: Callable[..., None]
    progress: Callable[[str], None]


def _ignore(*_said: object) -> None:
    """Show nothing."""


SILENT = Diagnostics(_ignore, _ignore, _ignore)
"""For calls that only read, such as those of an export."""
