"""A tool in the user's cache, and how it comes there whole or not at all.

A folder is filled under another name and renamed when it is complete, so whatever has the final
name is whole. One install at a time holds a lock; others wait for it and find its work done.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from progress import say


class PulumiUnavailableError(Exception):
    """A tool cannot be had in this way on this machine; the message is a clause that says why."""


@dataclass(frozen=True)
class Tool:
    """What can be installed.

    `name` is what messages call it, `folder` its place in the cache. Each of the `ways` fills a
    new folder, or raises PulumiUnavailableError; so does `check`, for a filled one that is no good.
    `is_current` says whether an earlier installation still fits this checkout.
    """

    name: str
    folder: str
    executables: tuple[str, ...]
    ways: tuple[Callable[[Path], None], ...]
    check: Callable[[Path], None] = lambda _root: None
    is_current: Callable[[Path], bool] = lambda _root: True


def cache_folder() -> Path:
    """Return the folder for what this project keeps between clones (XDG base directories)."""
    configured = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # "If an implementation encounters a relative path in any of these variables it should consider
    # the path invalid and ignore it" (XDG Base Directory Specification).
    base = configured if configured.is_absolute() else Path.home() / ".cache"
    return base / "pulumi-lumos"


def find_or_install(tool: Tool, cache: Path) -> Path:
    """Return the folder with the tool's executables, installing them into the cache if need be.

    Raises:
        PulumiUnavailableError: no way of getting the tool is open here; the message says why.
    """
    installation = Installation(tool, cache)
    if installation.is_complete():
        say(f"using {tool.name} from {installation.root}.")
        return installation.bin
    with installation.locked():
        # Another install may have finished while this one waited for the lock.
        if not installation.is_complete():
            installation.fill()
    return installation.bin


class Installation:
    """A tool's folder in the cache, whether it exists or not."""

    def __init__(self, tool: Tool, cache: Path) -> None:
        self.tool = tool
        self.root = cache / tool.folder

    @property
    def bin(self) -> Path:
        """The folder to put on PATH."""
        return self.root / "bin"

    def is_complete(self) -> bool:
        """Say whether the tool is installed here, and still fits this checkout."""
        executables = (self.bin / name for name in self.tool.executables)
        there = all(os.access(path, os.X_OK) for path in executables)
        return there and self.tool.is_current(self.root)

    def fill(self) -> None:
        """Fill the folder by the first way that is open."""
        reasons = []
        for way in self.tool.ways:
            try:
                with self._being_made() as folder:
                    way(folder)
            except PulumiUnavailableError as problem:
                reasons.append(str(problem))
            else:
                say(f"installed {self.tool.name} in {self.root}.")
                return
        raise PulumiUnavailableError(
            f"{self.tool.name} could not be installed: {'; '.join(reasons)}."
        )

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
    def _being_made(self) -> Iterator[Path]:
        """Give a new folder to fill; take it as the installation when it is filled and good."""
        prefix = f"{self.root.name}.partial-"
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=self.root.parent))
        try:
            yield folder
            self.tool.check(folder)
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
