"""The first way: a Pulumi CLI that is already on PATH."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from installation import EXECUTABLES, VERSION, version_of
from progress import say


def find() -> Path | None:
    """Return the folder of a good enough `pulumi` on PATH that can run Python projects."""
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        return None
    version = version_of(Path(pulumi), "version")
    if not is_good_enough(version):
        say(f"passing over {pulumi}: it is version {version or 'unknown'}, not {VERSION} or newer.")
        return None
    # The engine looks on PATH, then beside the real file of `pulumi`.
    beside = os.path.dirname(os.path.realpath(pulumi))
    places = os.pathsep.join([os.environ.get("PATH", ""), beside])
    missing = [name for name in EXECUTABLES if shutil.which(name, path=places) is None]
    if missing:
        say(f"passing over {pulumi}: {missing[0]} is missing beside it.")
        return None
    return Path(pulumi).parent


def is_good_enough(version: str) -> bool:
    """Say whether a version of the CLI has what the project uses."""
    match = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if match is None:
        return False
    wanted = tuple(map(int, VERSION.split(".")))
    found = tuple(map(int, match.groups()))
    return found[0] == wanted[0] and found >= wanted
