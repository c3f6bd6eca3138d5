"""A stack that moves from one backend to another: its state goes along, and its objects stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..drivers.stack import STACK, Stack
from ..drivers.tenant import Tenant
from .renamed import program

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def move(stack: Stack, folder: Path, *, by_login: bool) -> None:
    """Move the stack to a backend in a folder, as Pulumi's documentation says."""
    folder.mkdir()
    exported = str(stack.folder / "exported.json")
    stack.pulumi("stack", "export", "--show-secrets", "--file", exported)
    stack.pulumi("stack", "rm", "--force", "--yes", "--preserve-config")
    if by_login:
        del stack.environment["PULUMI_BACKEND_URL"]
        stack.pulumi("login", folder.as_uri())
    else:
        stack.environment["PULUMI_BACKEND_URL"] = folder.as_uri()
    stack.pulumi("stack", "init", STACK)
    stack.pulumi("stack", "import", "--file", exported)


def test_a_stack_moves_between_backends_with_all_it_has_made(
    tenant: Tenant, stack: Stack, tmp_path: Path
) -> None:
    before = tenant.state()["permissions"]
    given = tenant.environment["LUMOS_ACCESS_TOKEN"]
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.pulumi("config", "set", "--secret", "lumos:accessToken", given)
    stack.program(program(""))
    stack.up()
    made = tenant.state()
    tenant.forget_requests()
    for number, by_login in enumerate((False, True)):
        move(stack, tmp_path / f"backend-{number}", by_login=by_login)
        stack.preview("--expect-no-changes")
        assert tenant.requests() == []
    stack.preview("--refresh", "--expect-no-changes")
    assert tenant.state() == made
    stack.program(program("", text="Write."))
    assert "~ 2 updated" in stack.up()
    stack.destroy()
    assert tenant.state()["permissions"] == before
