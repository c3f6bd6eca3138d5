"""A Pulumi stack of its own, run by the real command line."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .packaged_host import in_declared_names, to_camel
from .preloaded_python import preloaded_environment
from .tenant import Tenant
from .workspace import Run, Workspace

Values = dict[str, Any]

PROGRAM = "program"
STACK = "dev"
STATE = f".pulumi/stacks/appstore/{STACK}.json"
"""Where the file backend keeps what `pulumi stack export` prints."""
PROJECT = """\
name: appstore
runtime:
  name: python
  options:
    virtualenv: {virtualenv}
"""
PLUGINS = """\
plugins:
  providers:
    - name: lumos
      path: {virtualenv}/bin
"""
IMPORTS = """\
import pulumi
import pulumi_lumos as lumos
from pulumi_lumos.emulator import seed_ids

"""


@cache
def _empty_stack(pulumi_folder: str) -> Path:
    """A folder with a project and its stack as `pulumi stack init` makes it, to be copied."""
    made = tempfile.TemporaryDirectory()
    atexit.register(made.cleanup)
    program = Path(made.name, PROGRAM)
    program.mkdir()
    (program / "Pulumi.yaml").write_text(PROJECT.format(virtualenv=""))
    Workspace(program, pulumi_folder).run("pulumi", "stack", "init", STACK, "--non-interactive")
    return program.parent


class Stack:
    """One program with one stack, whose state lies in a folder of its own.

    Every command is held to this: no token and no traceback in what it prints.
    """

    def __init__(self, folder: Path, pulumi_folder: str, tenant: Tenant) -> None:
        self.folder = folder
        self.tenant = tenant
        self.program_folder = folder / PROGRAM
        shutil.copytree(_empty_stack(pulumi_folder), folder, dirs_exist_ok=True)
        self.workspace = Workspace(
            self.program_folder, pulumi_folder, PULUMI_STACK=STACK, **tenant.environment
        )
        self.environment = self.workspace.environment
        self._write_project()

    def start_cold(self) -> None:
        """Let each Python start anew from now on."""
        self.workspace.start_cold()
        self._write_project()

    def start_warm(self) -> None:
        """Let each Python be a fork again, unless the tests run with `--cold-starts`."""
        self.workspace.start_warm()
        self._write_project()

    def use_packaged_host(self) -> None:
        """Let the packaged provider serve the resources from now on."""
        self.environment["LUMOS_HOST"] = "packaged"
        self._write_project()

    def _write_project(self) -> None:
        packaged = self.environment.get("LUMOS_HOST") == "packaged"
        text = PROJECT + PLUGINS if packaged else PROJECT
        virtualenv = sys.prefix if self.workspace.starts_cold else preloaded_environment()
        (self.program_folder / "Pulumi.yaml").write_text(text.format(virtualenv=virtualenv))

    def type_of(self, kind: str) -> str:
        """The type of a kind on the host of this stack."""
        packaged = self.environment.get("LUMOS_HOST") == "packaged"
        return f"lumos:index:{kind}" if packaged else f"pulumi-python:dynamic/lumos:{kind}"

    def spelled(self, text: str) -> str:
        """A line of a preview as the host of this stack spells its properties."""
        packaged = self.environment.get("LUMOS_HOST") == "packaged"
        return re.sub(r"\w+", lambda word: to_camel(word[0]), text) if packaged else text

    def use_dynamic_host(self) -> None:
        """Let the dynamic host serve the resources again, as for somebody who goes back."""
        self.environment["LUMOS_HOST"] = "dynamic"

    def program(self, text: str) -> None:
        """Write the program, below its imports."""
        self.program_file(IMPORTS + text)

    def program_file(self, text: str) -> None:
        (self.program_folder / "__main__.py").write_text(text)

    @property
    def declared_at(self) -> int:
        """The line of the program below the imports."""
        return IMPORTS.count("\n") + 1

    def declare(self, kind: str, given: Values, *options: str) -> None:
        """Write a program with one resource `it`."""
        opts = f", opts=pulumi.ResourceOptions({', '.join(options)})" if options else ""
        self.program(f'it = lumos.{kind}("it", **{given!r}{opts})\n')

    def up(self, *arguments: str, fails: bool = False) -> str:
        """`pulumi up` without its preview."""
        return self.pulumi("up", "--yes", "--skip-preview", *arguments, fails=fails)

    def up_stopped_by_its_preview(self) -> str:
        """`pulumi up` that changes nothing, because its own preview fails."""
        printed = self.pulumi("up", "--yes", fails=True)
        assert "Previewing update" in printed
        assert "Updating" not in printed
        return printed

    def preview(self, *arguments: str, fails: bool = False) -> str:
        return self.pulumi("preview", *arguments, fails=fails)

    def refresh(self, *arguments: str) -> str:
        """`pulumi refresh` without its preview."""
        return self.pulumi("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self) -> str:
        """`pulumi destroy` without its preview."""
        return self.pulumi("destroy", "--yes", "--skip-preview")

    def pulumi(self, *arguments: str, fails: bool = False) -> str:
        """Run a command, which must succeed unless it `fails`; what it printed."""
        run = self._run(*arguments)
        assert self.tenant.token not in run.text
        assert "Traceback" not in run.text, run.text
        assert (run.code != 0) == fails, f"pulumi {arguments} ended with {run.code}:\n{run.text}"
        return run.text

    def trace(self, *arguments: str) -> str:
        """Run a command that prints Pulumi's own traces, which may show secrets."""
        run = self._run(*arguments)
        assert run.code == 0, run.text
        return run.text

    def _run(self, *arguments: str) -> Run:
        return self.workspace.end("pulumi", *arguments, "--non-interactive", "--color", "never")

    def export(self) -> str:
        """The state as `pulumi stack export` prints it."""
        return self.pulumi("stack", "export")

    def resources(self) -> list[dict[str, Any]]:
        """The resources of Lumos in the state, by the declared names on either host."""
        state = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
        everything = (state["checkpoint"]["latest"] or {}).get("resources", [])
        ours = [item for item in everything if "lumos:" in item["type"]]
        return [in_declared_names(item) for item in ours]

    def resource(self, name: str = "it") -> dict[str, Any]:
        """One resource of the state."""
        (found,) = (item for item in self.resources() if item["urn"].endswith(f"::{name}"))
        return dict(found)


@pytest.fixture
def host() -> str:
    """The host that serves the resources."""
    return "dynamic"


@pytest.fixture
def stack(tmp_path: Path, pulumi_folder: str, tenant: Tenant, host: str) -> Stack:
    made = Stack(tmp_path, pulumi_folder, tenant)
    if host == "packaged":
        made.use_packaged_host()
    return made
