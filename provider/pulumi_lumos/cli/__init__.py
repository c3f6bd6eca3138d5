"""The `pulumi-lumos` command."""

from __future__ import annotations

import os
import sys
import threading

from .exit_codes import Exit

EXTRAS = {
    "fastapi": ("emulator", "emulator"),
    "jinja2": ("command line", "cli"),
    "rich": ("command line", "cli"),
    "typer": ("command line", "cli"),
    "uvicorn": ("emulator", "emulator"),
}
"""What needs a package that an installation without extras lacks, and the extra that has it."""


def main() -> None:
    """Run the command, or say in one sentence how to install what it needs."""
    try:
        _run()
    except ModuleNotFoundError as missing:
        package = str(missing.name).partition(".")[0]
        if package not in EXTRAS:
            raise
        what, extra = EXTRAS[package]
        advice = f"Install it with: pip install 'pulumi-lumos[{extra}]'"
        sys.stderr.write(f"pulumi-lumos is installed without its {what}. {advice}\n")
        sys.exit(Exit.FAILED)


def _run() -> None:
    from .commands import command

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
