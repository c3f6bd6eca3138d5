"""Get the Pulumi CLI where it is missing, and say which folder to put on PATH.

In this order: the `pulumi` on PATH, the one in the user's cache, Pulumi's own installer, a build
from Go modules. Standard library only: this runs before any virtual environment exists.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

import from_go_modules
import from_official_installer
import on_path
from installation import VERSION, Installation, PulumiUnavailableError, cache_folder
from progress import say

WAYS = (from_official_installer, from_go_modules)


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="install", description=__doc__)
    parser.add_argument("--print-path", action="store_true", help="print only the folder for PATH")
    print_path = parser.parse_args().print_path
    # A termination unwinds like Ctrl-C, so that no half-made folder stays behind.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    try:
        folder = find_or_install(cache_folder())
    except PulumiUnavailableError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("interrupted; nothing was installed.")
        return 128 + signal.SIGINT
    print(folder if print_path else f"Pulumi is ready; put this folder on PATH: {folder}")
    return 0


def find_or_install(cache: Path) -> Path:
    """Return the folder that has Pulumi's executables, installing them into the cache if need be.

    Raises:
        PulumiUnavailableError: no way of getting Pulumi is open here; the message says why.
    """
    if found := on_path.find():
        say(f"using the Pulumi CLI on PATH, in {found}.")
        return found
    installation = Installation(cache / f"pulumi-{VERSION}")
    if installation.is_complete():
        say(f"using Pulumi {VERSION} from {installation.root}.")
        return installation.bin
    with installation.locked():
        # Another install may have finished while this one waited for the lock.
        if not installation.is_complete():
            install(installation)
    return installation.bin


def install(installation: Installation) -> None:
    """Fill the installation's folder by the first way that is open."""
    reasons = []
    for way in WAYS:
        try:
            with installation.being_made() as folder:
                way.fill(folder)
        except PulumiUnavailableError as problem:
            reasons.append(str(problem))
        else:
            say(f"installed Pulumi {VERSION} in {installation.root}.")
            return
    raise PulumiUnavailableError(f"Pulumi {VERSION} could not be installed: {'; '.join(reasons)}.")


if __name__ == "__main__":
    sys.exit(main())
