"""The command as it is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from pulumi_lumos.cli import EXTRAS

from ..patience import PATIENCE_SECONDS

HIDE = "import sys\nsys.modules[{name!r}] = None\n"
"""A `sitecustomize` that hides a package, as in an installation without an extra."""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pulumi_lumos.cli", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("name", "command", "what", "extra"),
    [
        ("typer", "find", "command line", "cli"),
        ("rich", "find", "command line", "cli"),
        ("uvicorn", "serve", "emulator", "emulator"),
        ("fastapi", "serve", "emulator", "emulator"),
    ],
)
def test_without_its_extra_the_command_says_how_to_install_it(
    tmp_path: Path, name: str, command: str, what: str, extra: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDE.format(name=name))
    options = {"find": ["apps"], "serve": ["--port", "0"]}
    done = run(command, *options[command], PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert done.stderr == (
        f"pulumi-lumos is installed without its {what}. "
        f"Install it with: pip install 'pulumi-lumos[{extra}]'\n"
    )


def test_the_installed_command_lists_all_commands_and_refuses_others() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    for name in ("doctor", "find", "check-admins", "export", "serve"):
        assert f"\n  {name} " in shown.stdout
    assert run("no-such-command").returncode == 2


def test_the_version_is_that_of_the_installed_package() -> None:
    shown = run("--version")
    assert (shown.returncode, shown.stdout) == (0, f"pulumi-lumos {version('pulumi-lumos')}\n")


def distributions(extra: str) -> set[str]:
    """What an extra of the package needs; "" is the package alone."""
    desired = f'extra == "{extra}"' if extra else ""
    found = (one.replace("'", '"') for one in requires("pulumi-lumos") or ())
    chosen = (one for one in found if (desired in one if extra else "extra ==" not in one))
    return {re.split(r"[^\w-]", one)[0] for one in chosen}


def test_the_command_line_is_an_extra_and_the_emulator_has_it() -> None:
    of_the_command_line = {name for name, (_, extra) in EXTRAS.items() if extra == "cli"}
    assert distributions("cli") == of_the_command_line == {"jinja2", "rich", "typer"}
    assert distributions("emulator") >= EXTRAS.keys()
    assert not distributions("") & distributions("emulator")
