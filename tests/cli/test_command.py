"""The command as it is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path

import pytest

from ..patience import PATIENCE_SECONDS

HIDE = """\
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == {name!r} else find(name, *rest)
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pulumi_lumos.cli", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("name", ["typer", "rich"])
def test_without_its_extra_the_command_says_how_to_install_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDE.format(name=name))
    done = run("find", "apps", PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert done.stderr == (
        "pulumi-lumos is installed without its command line. "
        "Install it with: pip install 'pulumi-lumos[cli]'\n"
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
    wanted = f'extra == "{extra}"' if extra else ""
    found = (one.replace("'", '"') for one in requires("pulumi-lumos") or ())
    chosen = (one for one in found if (wanted in one if extra else "extra ==" not in one))
    return {re.split(r"[^\w-]", one)[0] for one in chosen}


def test_the_command_line_is_an_extra_and_the_emulator_has_it() -> None:
    assert distributions("cli") == {"jinja2", "rich", "typer"}
    assert distributions("emulator") >= {"fastapi", "jinja2", "rich", "typer", "uvicorn"}
    assert not distributions("") & distributions("emulator")
