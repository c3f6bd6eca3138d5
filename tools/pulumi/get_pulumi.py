"""Get a tool of Pulumi's where it is missing, and say which folder to put on PATH.

`cli` is the Pulumi CLI, in this order: the one on PATH, the one in the user's cache, Pulumi's own
installer, a build from Go modules. `yaml` is the language host of Pulumi's YAML; `codegen`, and
`codegen-dotnet` for C#, write the SDK of a provider from its schema. These are built from Go
modules. Standard library only: this runs before any virtual environment exists.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

import on_path
from cli import cli
from codegen_command import codegen, codegen_dotnet
from installation import PulumiUnavailableError, cache_folder, find_or_install
from progress import say
from versions import NEWEST, OLDEST
from yaml_host import yaml_host

VERSIONS = {"newest": NEWEST, "oldest": OLDEST}
BESIDE_THE_CLI = {"yaml": yaml_host, "codegen": codegen, "codegen-dotnet": codegen_dotnet}


def main() -> int:
    """Run the command; return its exit code."""
    chosen = arguments()
    # A termination unwinds like Ctrl-C, so that no half-made folder stays behind.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    try:
        folder = get(chosen.tool, chosen.version)
    except PulumiUnavailableError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("interrupted; nothing was installed.")
        return 128 + signal.SIGINT
    print(folder if chosen.print_path else f"Pulumi is ready; put this folder on PATH: {folder}")
    return 0


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(prog="install", description=__doc__)
    parser.add_argument("tool", nargs="?", default="cli", choices=("cli", *BESIDE_THE_CLI))
    parser.add_argument(
        "--version",
        choices=VERSIONS,
        help=f"exactly this CLI, whatever is on PATH: newest ({NEWEST}) or oldest ({OLDEST})",
    )
    parser.add_argument("--print-path", action="store_true", help="print only the folder for PATH")
    chosen = parser.parse_args()
    if chosen.version and chosen.tool != "cli":
        parser.error(f"--version chooses a CLI; there is one version of {chosen.tool}")
    return chosen


def get(tool: str, version: str | None) -> Path:
    """Return the folder that has a tool's executables, installing it if need be.

    Raises:
        PulumiUnavailableError: no way of getting it is open here; the message says why.
    """
    if tool in BESIDE_THE_CLI:
        return find_or_install(BESIDE_THE_CLI[tool](), cache_folder())
    if version is None and (found := on_path.find_cli()):
        return found
    return find_or_install(cli(VERSIONS[version or "newest"]), cache_folder())


if __name__ == "__main__":
    sys.exit(main())
