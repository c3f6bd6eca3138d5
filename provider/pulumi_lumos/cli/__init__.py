"""The `pulumi-lumos` command."""

from __future__ import annotations

import importlib.util
import sys

NEEDED = ("typer", "fastapi", "uvicorn")


def main() -> None:
    """Run the command, or say in one sentence how to install what it needs (exit 1)."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        advice = "Install the emulator with: pip install 'pulumi-lumos[emulator]'"
        sys.exit(f"pulumi-lumos is installed without its emulator. {advice}")
    from pulumi_lumos.cli.commands import command

    command()
