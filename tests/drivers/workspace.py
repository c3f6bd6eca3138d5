"""A folder with a Pulumi program, and the commands that people run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import Self

from ..patience import PATIENCE_SECONDS
from .preloaded_python import preloaded_environment

KEPT_FROM_ENVIRONMENT = ("HOME", "LANG", "PATH", "TMPDIR")


@dataclass(frozen=True)
class Run:
    """How one command ended, and all that it printed."""

    code: int
    text: str


class Workspace:
    """A program in a folder, with state and settings of Pulumi that nothing else uses.

    Commands see the tools of the tests and of Pulumi, and of the environment only `settings`.

    Each `python` that they start, programs and hosts among them, is a fork of one that has imported
    everything, unless the tests run with `--cold-starts`, or a test says `start_cold`.
    """

    starts_cold = False
    """Whether each Python starts anew, as on a user's machine."""

    def __init__(self, program: Path, pulumi_folder: str, **settings: str) -> None:
        self.program = program
        self.around = program.parent
        self._tools = [f"{sys.prefix}/bin", pulumi_folder, os.environ["PATH"]]
        kept = {name: os.environ[name] for name in KEPT_FROM_ENVIRONMENT if name in os.environ}
        self.environment = {
            **kept,
            "PATH": self._path,
            "PULUMI_HOME": str(self.around / "home"),
            "PULUMI_BACKEND_URL": self.around.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "of a test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            # A test rewrites its program within a second, often with as many letters. Python would
            # take what it has compiled of the old text for that of the new one.
            "PYTHONDONTWRITEBYTECODE": "1",
            "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
            **settings,
        }

    @property
    def _path(self) -> str:
        before = [] if self.starts_cold else [f"{preloaded_environment()}/bin"]
        return os.pathsep.join([*before, *self._tools])

    def start_cold(self) -> None:
        """Let each Python start anew from now on."""
        self.starts_cold = True
        self.environment["PATH"] = self._path

    def start_warm(self) -> None:
        """Let each Python be a fork again, unless the tests run with `--cold-starts`."""
        self.starts_cold = Workspace.starts_cold
        self.environment["PATH"] = self._path

    @classmethod
    def copy(cls, example: Path, around: Path, pulumi_folder: str, **settings: str) -> Self:
        """A copy of an example, in a folder `around` it."""
        ignored = shutil.ignore_patterns("__pycache__")
        program = Path(shutil.copytree(example, around / example.name, ignore=ignored))
        return cls(program, pulumi_folder, **settings)

    def end(self, *command: str) -> Run:
        """Run a command to its end, which must come in good time."""
        done = subprocess.run(
            command,
            cwd=self.program,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        return Run(done.returncode, done.stdout)

    def run(self, *command: str, fails: bool = False) -> str:
        """Run a command, which must succeed unless it `fails`; what it printed."""
        run = self.end(*command)
        assert (run.code != 0) == fails, f"{command} ended with {run.code}:\n{run.text}"
        return run.text
