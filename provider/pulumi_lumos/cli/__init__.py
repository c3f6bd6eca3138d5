"""The `pulumi-lumos` command."""

from __future__ import annotations

import importlib.util
import sys

from pulumi_lumos.cli.exit_codes import Exit

NEEDED = ("jinja2", "typer", "rich")


def main() -> None:
    """Run the command, or say in one sentence how to install what it needs."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        advice = "Install it with: pip install 'pulumi-lumos[cli]'"
        sys.stderr.write(f"pulumi-lumos is installed without its command line. {advice}\n")
        sys.exit(Exit.FAILED)
    from pulumi_lumos.cli.commands import command

    command()
