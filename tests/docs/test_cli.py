"""docs/cli.md: its reference is that of the commands, and its examples print what they show."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pulumi_lumos.cli.commands import command
from pulumi_lumos.cli.exit_codes import Exit

from ..cli.recorded_states import resource, state
from ..drivers.command import RunCommand, run
from ..repository import ROOT

__all__ = ["run"]

PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
TABLE = re.compile(r"<!-- options: ([\w-]+) -->\n(.*?)<!-- end -->", re.S)
CONSOLE = re.compile(r"```console\n(.*?)```", re.S)
COMMANDS: dict[str, Any] = typer.main.get_command(command).commands  # type: ignore[attr-defined]


def row(parameter: Any) -> str:
    """The line that the page has for an argument or option."""
    takes = "" if getattr(parameter, "is_flag", False) else parameter.metavar.replace("|", "\\|")
    named = "" if parameter.param_type_name == "argument" else parameter.opts[0]
    default = parameter.default
    shown = f" Default: {default}." if default and takes else ""
    return f"| `{' '.join(filter(None, [named, takes]))}` | {parameter.help}{shown} |"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_as_it_is_declared(name: str) -> None:
    tables = dict(TABLE.findall(PAGE))
    assert list(tables) == list(COMMANDS)
    assert f"## pulumi-lumos {name}\n" in PAGE
    rows = [row(one) for one in COMMANDS[name].params if not getattr(one, "hidden", False)]
    table = ["| Option | Meaning |", "|---|---|", *rows]
    assert tables[name].splitlines() == table


def test_every_exit_code_is_documented() -> None:
    assert re.findall(r"^\| (\d) \|", PAGE, re.M) == [str(int(code)) for code in Exit]


@pytest.mark.parametrize("block", CONSOLE.findall(PAGE))
def test_what_a_command_prints_is_what_the_page_shows(
    block: str, run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    exported = state(resource("AppStoreApp"), resource("RequestablePermission"))
    (tmp_path / "state.json").write_text(exported)
    for line, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.M):
        program, *arguments = shlex.split(line)
        if program == "pulumi-lumos":
            assert run(*arguments).out == shown
        elif program == "cat":
            assert Path(*arguments).read_text(encoding="utf-8") == shown


def test_the_workflow_runs_a_command_that_annotates(run: RunCommand) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    commands = [shlex.split(line) for line in re.findall(r"- run: (.+)", text)]
    (arguments,) = (rest for name, *rest in commands if name == "pulumi-lumos")
    assert run(*arguments).out.startswith("::error title=Too few admins of Slack::")


def test_the_readme_lists_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Command line")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", section, re.M) == list(COMMANDS)
