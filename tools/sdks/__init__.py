"""SDKs of a provider in other languages: generated from its schema, and held against compilers.

Pulumi's own generators write them (`tools/pulumi/codegen`). Nothing runs here: what needs Pulumi's
official language hosts is out of reach, but what a compiler says of a program is not.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Literal

TOOLS = Path(__file__).resolve().parents[1] / "pulumi"

Language = Literal["nodejs", "python", "go", "dotnet"]


class Refused(Exception):
    """A generator or a compiler that finds fault; the text is what it prints."""


def generate(language: Language, schema: Path, folder: Path) -> None:
    """Write the SDK for a language into an empty or missing folder; raises Refused."""
    tool = "codegen-dotnet" if language == "dotnet" else "codegen"
    command = Path(_install(tool), "codegen")
    run([str(command), language, str(schema), str(folder)], folder.parent)


def run(command: list[str], folder: Path, **variables: str) -> None:
    """Run a command to its end; raises Refused where it fails."""
    environment = {**os.environ, **variables}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise Refused(done.stdout.strip())


def _install(tool: str) -> str:
    """The folder of a tool of tools/pulumi, installed where it is missing."""
    command = [str(TOOLS / "install"), tool, "--print-path"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
