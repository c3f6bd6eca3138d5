"""The folder of the preloaded environment, and the server behind it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

COMMAND = Path(__file__).with_name("command.py")
ROOT = Path(__file__).parents[3]


@cache
def preloaded_environment() -> Path:
    """The virtual environment, whose server lives as long as this process."""
    made = tempfile.TemporaryDirectory()
    atexit.register(made.cleanup)
    environment = Path(made.name)
    (environment / "bin").mkdir()
    text = f"#!{os.path.realpath(sys.executable)} -IS\n{COMMAND.read_text(encoding='utf-8')}"
    for name in ("python", "python3", "pulumi-resource-lumos"):
        command = environment / "bin" / name
        command.write_text(text, encoding="utf-8")
        command.chmod(0o755)
    module = f"{__package__}.server"
    server = subprocess.Popen(
        [sys.executable, "-m", module, str(environment / "socket")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    atexit.register(server.wait)
    atexit.register(server.stdin.close)
    assert server.stdout.readline() == "ready\n"
    return environment


def preloaded_python() -> str:
    """The environment's `python`, for a command that a test runs."""
    return str(preloaded_environment() / "bin" / "python")
