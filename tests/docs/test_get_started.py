"""docs/get-started.md, typed into a terminal from the top to the end."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

from ..drivers.workspace import Workspace
from ..repository import ROOT
from .emulator_command import PORT, serving
from .terminal import Terminal, assert_shown, follow

__all__ = ["serving"]

PAGE = (ROOT / "docs" / "get-started.md").read_text(encoding="utf-8")

DONE = r"python3 -m venv \.venv|\. \.venv/bin/activate|pip install '.+'|pulumi-lumos serve .+"


@pytest.fixture
def terminal(tmp_path: Path, pulumi_folder: str) -> Terminal:
    workspace = Workspace(tmp_path / "appstore", pulumi_folder)
    workspace.start_cold()
    return Terminal(workspace)


@pytest.mark.slow
@pytest.mark.engine
def test_the_page_can_be_followed_to_its_end(terminal: Terminal, serving: tuple[str, str]) -> None:
    port, ready = serving
    page = PAGE.replace(PORT, port)
    (shown,) = re.findall(r"^\$ pulumi-lumos serve .+\n(.+\n)", page, re.M)
    assert_shown(shown, ready)
    assert follow(page, terminal, done=DONE) > 10


def test_what_the_page_installs_is_what_the_package_offers() -> None:
    (extra,) = re.findall(r"pip install 'pulumi-lumos\[(\w+)\]'", PAGE)
    assert extra in (metadata("pulumi-lumos").get_all("Provides-Extra") or [])
