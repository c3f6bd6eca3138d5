"""An installed Pulumi CLI in the user's cache, and how it comes there whole or not at all.

A folder is filled under another name and renamed when it is complete, so whatever has the final
name is whole. One install at a time holds a lock; others wait for it and find its work done.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from progress import say

# The newest version whose Go module is served by module proxies.
VERSION = "3.259.0"

EXECUTABLES = (
    "pulumi",
    "pulumi-language-python",
    "pulumi-language-python-exec",
    "pulumi-resource-pulumi-python",
)

LANGUAGE_HOST = Path(__file__).resolve().parent / "language_host"


class PulumiUnavailableError(Exception):
    """Pulumi cannot be had in this way on this machine; the message is a clause that says why."""


def cache_folder() -> Path:
    """Return the folder for what this project keeps between clones (XDG base directories)."""
    configured = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # "If an implementation encounters a relative path in any of these variables it should consider
    # the path invalid and ignore it" (XDG Base Directory Specification).
    base = configured if configured.is_absolute() else Path.home() / ".cache"
    return base / "pulumi-lumos"


class Installation:
    """One version of Pulumi in the cache."""

    def __init__(self, root: Path) -> None:
        """Name the installation's folder, whether it exists or not."""
        self.root = root

    @property
    def bin(self) -> Path:
        """The folder to put on PATH."""
        return self.root / "bin"

    def is_complete(self) -> bool:
        """Say whether Pulumi is installed here, and its language host is not older than ours."""
        return has_executables(self.bin) and has_current_language_host(self.root)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the right to install here, waiting for another install to end."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        with self.root.with_name(f"{self.root.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("another install is at work; waiting for it to end ...")
                fcntl.flock(lock, fcntl.LOCK_EX)
            self._remove_leftovers()
            yield

    @contextmanager
    def being_made(self) -> Iterator[Path]:
        """Give a new folder to fill; take it as the installation when it is filled and works.

        Raises:
            PulumiUnavailableError: what was filled in does not run as Pulumi of the right version.
        """
        prefix = f"{self.root.name}.partial-"
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=self.root.parent))
        try:
            yield folder
            check_executables(folder / "bin")
            if self.root.exists():
                self.root.rename(folder.with_name(f"{folder.name}-replaced"))
            folder.chmod(0o755)  # mkdtemp keeps it private.
            folder.rename(self.root)
        finally:
            self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        """Remove what is half-made or replaced; only whoever holds the lock may."""
        for leftover in self.root.parent.glob(f"{self.root.name}.partial-*"):
            shutil.rmtree(leftover, ignore_errors=True)


def has_executables(folder: Path) -> bool:
    """Say whether a folder has all that running a Python project takes."""
    return all(os.access(folder / name, os.X_OK) for name in EXECUTABLES)


def check_executables(folder: Path) -> None:
    """Run the CLI and its language host, and refuse what does not answer with its version."""
    for name, flag in (("pulumi", "version"), ("pulumi-language-python", "-version")):
        answer = version_of(folder / name, flag)
        if answer != VERSION:
            raise PulumiUnavailableError(
                f"the new {name} answers {answer or 'nothing'} instead of {VERSION}"
            )


def version_of(executable: Path, flag: str) -> str:
    """Return the version that an executable prints, without a leading v; empty when it fails."""
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(
            [executable, flag],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip().removeprefix("v") if answer.returncode == 0 else ""


def has_current_language_host(root: Path) -> bool:
    """Say whether the stand-in language host, if the installation has one, is this checkout's."""
    recorded = root / "language-host"
    # The official installation brings its own.
    return not recorded.exists() or recorded.read_text() == language_host_fingerprint()


def language_host_fingerprint() -> str:
    """Return a hash over the sources of the stand-in language host."""
    digest = hashlib.sha256()
    for source in sorted(LANGUAGE_HOST.iterdir()):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()
