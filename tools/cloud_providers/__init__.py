"""The PyPI packages of other Pulumi providers that an example uses, kept between clones.

pulumi-aws unpacks to 271 MB, too much for every clone's virtual environment. So the packages lie
in the user's cache under their versions, without what they need themselves: they run and are
checked with the SDK of the project.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .. import cache

REQUIREMENTS = Path(__file__).parent / "requirements.txt"


def folder() -> Path:
    """The folder to put on PYTHONPATH; the packages are installed where they are missing.

    Raises CalledProcessError where they cannot be had; what pip says goes to standard error.
    """
    versions = REQUIREMENTS.read_text(encoding="utf-8").split()
    name = "-".join(["cloud-providers", *(one.split("==")[1] for one in versions)])
    return cache.kept(name, _install)


def _install(target: Path) -> None:
    say = "cloud providers: installing pulumi-aws and pulumi-okta (half a minute, the first time)."
    print(say, file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-compile", "--target", str(target), "-r", str(REQUIREMENTS)]
    subprocess.run([*pip, *options], check=True)
