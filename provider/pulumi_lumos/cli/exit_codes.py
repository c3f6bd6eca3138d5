"""How a command ends, the same for all commands.

This module needs no extra, unlike those that print: a missing `[cli]` has an exit code too.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes; docs/cli.md says what each means.

    FOUND is an answer, if not the one that people hope for. After FAILED there is none.
    """

    WELL = 0
    FOUND = 1
    MISUSE = 2
    FAILED = 3
