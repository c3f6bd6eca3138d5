"""The command line, run in this process in the environment of a user."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import typer.testing
from pulumi_lumos.cli.commands import command
from typer.testing import CliRunner

from .tenant import Tenant

# Otherwise typer reads the signatures of all commands again, for every command that a test runs.
typer.testing._get_command = functools.cache(typer.testing._get_command)  # type: ignore[attr-defined]

TERMINAL = {"FORCE_COLOR": "1", "COLUMNS": "200"}
"""Makes rich print as into a terminal."""


@dataclass(frozen=True)
class Run:
    """How a command ended and what it printed."""

    code: int
    out: str
    errors: str

    @property
    def json(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the lines it printed."""
        return [line.split("\t") for line in self.out.splitlines()]


RunCommand = Callable[..., Run]


@pytest.fixture
def run(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> RunCommand:
    """Runs a command, which may print no token and no traceback."""
    for name in ("LUMOS_ACCESS_TOKEN", "LUMOS_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)
    settings = {"LUMOS_ACCESS_TOKEN": tenant.token, "LUMOS_SERVER_URL": tenant.url}

    def run(*arguments: str, stdin: str = "", **environment: str | None) -> Run:
        kept = {**settings, **environment}
        given = {name: value for name, value in kept.items() if value is not None}
        done = CliRunner().invoke(command, arguments, input=stdin, env=given)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        printed = Run(done.exit_code, done.stdout, done.stderr)
        for secret in filter(str.strip, {tenant.token, given.get("LUMOS_ACCESS_TOKEN", "")}):
            assert secret not in printed.out + printed.errors
        assert "Traceback" not in printed.errors
        return printed

    return run
