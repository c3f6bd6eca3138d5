"""The `pulumi-lumos` command."""

from __future__ import annotations

import importlib.util
import os
import sys
import threading

from pulumi_lumos.cli.exit_codes import Exit

NEEDED = ("jinja2", "typer", "rich")


def main() -> None:
    """Run the command, or say in one sentence how to install what it needs."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        advice = "Install it with: pip install 'pulumi-lumos[cli]'"
        sys.stderr.write(f"pulumi-lumos is installed without its command line. {advice}\n")
        sys.exit(Exit.FAILED)
    from pulumi_lumos.cli.commands import command

    try:
        command()
    except SystemExit as ended:
        others = {*threading.enumerate()} - {threading.main_thread()}
        if any(not one.daemon for one in others):
            _leave_threads(ended)
        raise


def _leave_threads(ended: SystemExit) -> None:
    """End now: after an interrupt, Python would wait for the calls that threads still make."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ended.code if isinstance(ended.code, int) else Exit.FAILED)
