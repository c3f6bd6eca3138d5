"""Whether this process runs one program of Pulumi and ends with it."""

from __future__ import annotations

import sys
from pathlib import Path

RUNNER = "pulumi-language-python-exec"
"""The script with which Pulumi's language host runs a program."""


def is_run_by_the_language_host() -> bool:
    """Whether this process has been started for a program alone.

    The command line says so: while a program runs, `__main__` and `sys.argv` are the program's.
    """
    return any(Path(argument).name == RUNNER for argument in sys.orig_argv)
