"""What is already on PATH."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from cli import EXECUTABLES
from from_go_modules import version_numbers
from installation import version_of
from progress import say
from versions import OLDEST


def find_cli() -> Path | None:
    """Return the folder of a good enough `pulumi` on PATH that can run Python projects."""
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        return None
    version = version_of(Path(pulumi), "version")
    if not is_good_enough(version):
        say(f"passing over {pulumi}: it is version {version or 'unknown'}, not {OLDEST} or newer.")
        return None
    # The engine looks on PATH, then beside the real file of `pulumi`.
    beside = os.path.dirname(os.path.realpath(pulumi))
    places = os.pathsep.join([os.environ.get("PATH", ""), beside])
    missing = [name for name in EXECUTABLES if shutil.which(name, path=places) is None]
    if missing:
        say(f"passing over {pulumi}: {missing[0]} is missing beside it.")
        return None
    say(f"using the Pulumi CLI on PATH, in {Path(pulumi).parent}.")
    return Path(pulumi).parent


def is_good_enough(version: str) -> bool:
    """Say whether a version of the CLI has what the project uses."""
    release = version.partition("-")[0]
    try:
        found = version_numbers(release)
    except ValueError:
        return False
    oldest = version_numbers(OLDEST)
    return found[0] == oldest[0] and found >= oldest
