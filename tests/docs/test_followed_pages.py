"""Pages that tell a story on the local Lumos, typed into a terminal from the top to the end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..repository import ROOT
from .terminal import Terminal, assert_shown, follow

INSTALL = r"pip (?:un)?install .*"
PROJECT = "name: appstore\nruntime: python\n"


@pytest.fixture
def terminal(tmp_path: Path, pulumi_folder: str, tenant: Tenant) -> Terminal:
    """That of somebody who has followed the first half of docs/get-started.md."""
    settings = {"LUMOS_ACCESS_TOKEN": tenant.token, "LUMOS_SERVER_URL": tenant.url}
    return Terminal(Workspace(tmp_path / "appstore", pulumi_folder, **settings))


def page(name: str, tenant: Tenant) -> str:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return text.replace("lsk_demo", tenant.token)


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize(
    "name",
    [
        "concepts.md",
        "index.md",
        "large-tenants.md",
        "off-boarding.md",
        "renaming.md",
        "secrets.md",
        "tenants.md",
    ],
)
def test_a_page_about_a_stack_can_be_followed(
    name: str, terminal: Terminal, tenant: Tenant
) -> None:
    (terminal.folder / "Pulumi.yaml").write_text(PROJECT)
    (terminal.folder / "__main__.py").write_text(SLACK)
    terminal.run("pulumi stack init dev")
    text = page(name, tenant)
    installed = text.count("\n$ pip ")
    assert follow(text, terminal, done=INSTALL) == text.count("\n$ ") - installed


@pytest.mark.slow
@pytest.mark.engine
def test_an_uninstalled_package_leaves_lumos_as_it_is(terminal: Terminal, tenant: Tenant) -> None:
    (terminal.folder / "Pulumi.yaml").write_text(PROJECT)
    (terminal.folder / "__main__.py").write_text(SLACK)
    terminal.run("pulumi stack init dev")
    terminal.run("pulumi up --yes --skip-preview")
    before = tenant.state()
    text = page("upgrade.md", tenant)
    assert follow(text, terminal, done=INSTALL) == 2
    assert tenant.state() == before
    assert "dev" not in terminal.run("pulumi stack ls")


@pytest.mark.slow
@pytest.mark.engine
def test_what_was_clicked_together_can_be_taken_over_as_the_page_says(
    terminal: Terminal, tenant: Tenant
) -> None:
    found = tenant.state()
    text = page("click-ops.md", tenant)
    assert follow(text, terminal) == text.count("\n$ ")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    assert tenant.state() == found


SLACK = """
import pulumi_lumos as lumos

lumos.AppStoreApp("slack", app_id=lumos.get_app(name="Slack").id, adopt=True)
"""


@pytest.mark.parametrize(
    "printed", ["a\nc\n", "a\nb\n", "b\na\nc\n", "a\nx\nb\nc\n"], ids=lambda text: repr(text)
)
def test_a_page_that_shows_something_else_than_is_printed_is_wrong(printed: str) -> None:
    assert_shown("a\n…\nb\nc\n", "a\nleft out\nb\nc\n")
    assert_shown("took 3s, id …\n", "took   1.5s, id 7\n")
    with pytest.raises(AssertionError, match=re.escape("The page shows")):
        assert_shown("a\nb\nc\n", printed)
