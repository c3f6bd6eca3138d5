"""The virtual environment of the measured programs: what somebody who deploys installs."""

from __future__ import annotations

import atexit
import subprocess
import tempfile
import venv
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def virtual_environment() -> Path:
    """The package as of this clone without extras, and Pulumi of the version that tests use.

    Made once a run: the packages that only develop and test this one would slow a program's start.
    """
    folder = tempfile.TemporaryDirectory(prefix="pulumi-lumos-benchmarks-")
    atexit.register(folder.cleanup)
    environment = Path(folder.name)
    venv.create(environment, with_pip=True)
    pip: list[str | Path] = [environment / "bin" / "python", "-m", "pip"]
    pulumi = f"pulumi=={version('pulumi')}"
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", *quiet, ROOT, pulumi], check=True)
    return environment
