"""A machine for the installer of Pulumi, with the programs that it may find."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path

import pytest

from ..patience import PATIENCE_SECONDS
from ..repository import ROOT

INSTALL = ROOT / "tools" / "pulumi" / "install"
VERSIONS = run_path(str(INSTALL.with_name("versions.py")))
NEWEST, OLDEST = str(VERSIONS["NEWEST"]), str(VERSIONS["OLDEST"])
EXECUTABLES = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
)

NEW_GO = 'if [ "$1" = version ]; then echo "go version go1.99.0 linux/amd64"; exit; fi\n'


@dataclass(frozen=True)
class Machine:
    """A machine with nothing on PATH but what a test puts there."""

    path: Path
    cache: Path

    def has(self, name: str, script: str, folder: Path | None = None) -> None:
        """Put an executable shell script on PATH, or into a folder."""
        executable = (folder or self.path) / name
        executable.parent.mkdir(parents=True, exist_ok=True)
        executable.write_text(f"#!/bin/sh\n{script}\n")
        executable.chmod(0o755)

    @property
    def root(self) -> Path:
        return self.cache / "pulumi-lumos" / f"pulumi-{NEWEST}"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [INSTALL, *arguments],
            env={"PATH": str(self.path), "XDG_CACHE_HOME": str(self.cache), "HOME": "/nonexistent"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def install(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command; return its exit code, stdout and stderr."""
        process = self.start(*arguments)
        stdout, stderr = process.communicate(timeout=PATIENCE_SECONDS)
        return process.returncode, stdout, stderr

    def in_cache(self) -> list[str]:
        """Name what the cache holds, without the lock files."""
        found = (self.cache / "pulumi-lumos").glob("*")
        return sorted(path.name for path in found if path.suffix != ".lock")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine that has Python and a closed network, and nothing else."""
    machine = Machine(path=tmp_path / "path", cache=tmp_path / "cache")
    machine.has("python3", f'exec "{os.path.realpath(sys.executable)}" "$@"')
    machine.has("curl", "exit 7")
    for tool in ("dirname", "mkdir", "cat", "chmod", "sleep", "sh"):
        (machine.path / tool).symlink_to(str(shutil.which(tool)))
    return machine


def fill_with_pulumi(machine: Machine, folder: Path, version: str = NEWEST) -> None:
    for name in EXECUTABLES:
        machine.has(name, f"echo v{version}", folder)


def offer_official_installer(machine: Machine, *, version: str = NEWEST, before: str = "") -> None:
    """Let curl bring an installer that fills `--install-root` with a Pulumi of some version."""
    fills = "\n".join(
        f'echo "#!/bin/sh\necho v{version}" >"$3/bin/{name}"; chmod 755 "$3/bin/{name}"'
        for name in EXECUTABLES
    )
    installer = machine.path / "installer.sh"
    # Called as: install.sh --no-edit-path --install-root FOLDER --version VERSION
    installer.write_text(f'{before}\n[ "$5" = {NEWEST} ] || exit 1\nmkdir "$3/bin"\n{fills}\n')
    machine.has("curl", f'while [ "$1" != -o ]; do shift; done\ncat "{installer}" >"$2"')
