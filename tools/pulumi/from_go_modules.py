"""Builds of commands from Go modules, where only package registries are reached."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from installation import PulumiUnavailableError
from progress import run, say

SDK = "github.com/pulumi/pulumi/sdk/v3"
HERE = Path(__file__).resolve().parent

MINIMUM_GO = (1, 21)
"""From this version on, Go brings the newer Go that a module asks for (go.dev/doc/toolchain)."""


class GoModules:
    """Modules and their versions: a go.mod, or a file like it, with its checksums beside it."""

    def __init__(self, file: Path) -> None:
        """Find a Go that can build them; raises PulumiUnavailableError."""
        self.file = file
        self.go, found = find_go()
        # A go.work of the user's above this folder has no say here.
        self.environment = {"GOWORK": "off"}
        asked = go_that_is_asked_for(self.file)
        if found < version_numbers(asked):
            say(f"{self.go} is older than Go {asked}, which Go now brings as a module.")
            # Go's images for containers forbid it: GOTOOLCHAIN=local.
            self.environment["GOTOOLCHAIN"] = "auto"

    def build(
        self, package: str, target: Path, variables: Mapping[str, str], tags: Sequence[str] = ()
    ) -> None:
        """Build a command; the first time all its modules are downloaded and compiled.

        `variables` are set in the program by the linker; `tags` choose among its files.

        Raises:
            PulumiUnavailableError: the build failed.
        """
        flags = " ".join(["-s -w", *(f"-X {name}={value}" for name, value in variables.items())])
        chosen = ["-tags", ",".join(tags)] if tags else []
        options = [*self._options, *chosen, "-ldflags", flags]
        command = [self.go, "build", *options, "-o", str(target), package]
        doing = f"building {target.name} from Go modules"
        if run(command, doing=doing, folder=self.file.parent, variables=self.environment) != 0:
            raise PulumiUnavailableError("the build from Go modules failed (see above)")

    def folder_of(self, module: str) -> Path:
        """Return where Go keeps the files of a module that it has downloaded."""
        listing = ("list", *self._options, "-m", "-f", "{{.Dir}}", module)
        return Path(ask_go(self.go, *listing, folder=self.file.parent, variables=self.environment))

    @property
    def _options(self) -> tuple[str, str]:
        return "-mod=readonly", f"-modfile={self.file}"


def find_go() -> tuple[str, tuple[int, ...]]:
    """Return the path and the version of a Go that is new enough."""
    minimum = ".".join(map(str, MINIMUM_GO))
    go = shutil.which("go")
    if go is None:
        raise PulumiUnavailableError(
            f"building it needs Go {minimum} or newer, and there is no go on PATH"
        )
    match = re.search(r"\bgo(\d+(?:\.\d+)*)", ask_go(go, "version", folder=Path("/")))
    found = match[1] if match else "of an unknown version"
    if match is None or version_numbers(found) < MINIMUM_GO:
        raise PulumiUnavailableError(
            f"building it needs Go {minimum} or newer, and {go} is Go {found}"
        )
    return go, version_numbers(found)


def go_that_is_asked_for(module_file: Path) -> str:
    """Return the version of Go in a go.mod."""
    match = re.search(r"^go (\S+)$", module_file.read_text(), re.MULTILINE)
    assert match, f"{module_file} names no version of Go"
    return match[1]


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to be compared."""
    return tuple(map(int, version.split(".")))


def ask_go(
    go: str, *arguments: str, folder: Path, variables: Mapping[str, str] | None = None
) -> str:
    """Return what a Go command prints, run in a folder."""
    answer = subprocess.run(
        [go, *arguments],
        check=False,
        cwd=folder,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
    )
    if answer.returncode != 0:
        raise PulumiUnavailableError(f"`go {' '.join(arguments)}` failed: {answer.stderr.strip()}")
    return answer.stdout.strip()
