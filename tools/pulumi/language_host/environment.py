"""Which Python a project runs with.

The rules are the official host's: the `virtualenv` of `runtime.options`, relative to the folder of
Pulumi.yaml; without one, `PULUMI_PYTHON_CMD`, or python3 or python on PATH (which is the activated
virtual environment's, if there is one). The dynamic provider's launcher follows the same rules, and
both must end with the same Python.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2

KNOWN_OPTIONS = frozenset({"virtualenv", "toolchain"})


class ProjectPythonError(Exception):
    """The project asks for a Python that is not there, or in a way this host does not know."""


@dataclass(frozen=True)
class PythonEnvironment:
    """A Python interpreter, with the virtual environment it belongs to if the project names one."""

    python: str
    virtualenv: Path | None = None

    def variables(self) -> dict[str, str]:
        """Return the variables for a process of this Python, as `activate` sets them."""
        variables = dict(os.environ)
        if self.virtualenv is not None:
            variables.pop("PYTHONHOME", None)
            variables["VIRTUAL_ENV"] = str(self.virtualenv)
            path = [str(self.virtualenv / "bin"), variables.get("PATH", "")]
            variables["PATH"] = os.pathsep.join(filter(None, path))
        return variables

    def evaluate(self, script: str, arguments: Sequence[str] = ()) -> Any:
        """Run a script that prints one JSON value, and return the value.

        Raises:
            ProjectPythonError: the script failed; the message has what Python said.
        """
        answer = subprocess.run(
            [self.python, "-c", script, *arguments],
            check=False,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if answer.returncode != 0:
            raise ProjectPythonError(f"{self.python} failed: {answer.stderr.strip()}")
        return json.loads(answer.stdout)


def environment_of(program: language_pb2.ProgramInfo) -> PythonEnvironment:
    """Return the Python that a project asks for.

    Raises:
        ProjectPythonError: there is no such Python.
    """
    virtualenv = virtualenv_of(program)
    if virtualenv is None:
        return PythonEnvironment(ambient_python())
    python = virtualenv / "bin" / "python"
    if not python.is_file():
        state = (
            "doesn't appear to be a virtual environment" if virtualenv.exists() else "doesn't exist"
        )
        raise ProjectPythonError(
            f"The 'virtualenv' option in Pulumi.yaml is set to '{virtualenv}', which {state}; "
            "run `pulumi install` in the project's folder to create it."
        )
    return PythonEnvironment(str(python), virtualenv)


def virtualenv_of(program: language_pb2.ProgramInfo) -> Path | None:
    """Return the absolute path of the project's `virtualenv` option, whether it exists or not."""
    options = runtime_options(program)
    virtualenv = options.get("virtualenv", "")
    if not isinstance(virtualenv, str):
        raise ProjectPythonError("The 'virtualenv' option in Pulumi.yaml must be a string.")
    if not virtualenv:
        return None
    # Not resolved: a symbolic link to a virtual environment stays the path that the user wrote.
    return Path(os.path.normpath(Path(program.root_directory, virtualenv)))


def runtime_options(program: language_pb2.ProgramInfo) -> dict[str, Any]:
    """Return `runtime.options` of Pulumi.yaml, refusing what only the official host can do."""
    options: dict[str, Any] = MessageToDict(program.options)
    unknown = sorted(options.keys() - KNOWN_OPTIONS)
    if unknown:
        raise ProjectPythonError(
            f"The runtime option '{unknown[0]}' in Pulumi.yaml needs Pulumi's official Python "
            "language host; install Pulumi from https://www.pulumi.com/docs/install/."
        )
    if options.get("toolchain", "pip") != "pip":
        raise ProjectPythonError(
            f"The toolchain '{options['toolchain']}' in Pulumi.yaml needs Pulumi's official Python "
            "language host; install Pulumi from https://www.pulumi.com/docs/install/, or use pip."
        )
    return options


def ambient_python() -> str:
    """Return the path of the Python outside any project."""
    named = os.environ.get("PULUMI_PYTHON_CMD")
    names = [named] if named else ["python3", "python"]
    for name in names:
        if path := shutil.which(name):
            return path
    raise ProjectPythonError(
        f"There is no {' or '.join(names)} on PATH; install Python 3.10 or newer."
    )
