"""docs/get-started.md, typed into a terminal from the top to the end."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

import pytest

from ..drivers.workspace import Workspace
from .terminal import Terminal, assert_shown, follow
from .test_pages import ROOT

PAGE = (ROOT / "docs" / "get-started.md").read_text(encoding="utf-8")
BIN = f"{sys.prefix}/bin"
DONE = r"python3 -m venv venv|\. venv/bin/activate|pip install '.+'|pulumi-lumos serve .+"
PORT = "8080"
SERVING = re.compile(r"pulumi-lumos serve ")


@pytest.fixture
def serving() -> Iterator[tuple[str, str]]:
    """The port of the Lumos that the page starts, on a free port, and what it printed."""
    (command,) = re.findall(r"^\$ (pulumi-lumos serve .+)$", PAGE, re.M)
    words = shlex.split(command.replace(PORT, "0"))
    words[0] = f"{BIN}/{words[0]}"
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        yield ready.strip().rpartition(":")[2], ready
        process.terminate()


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
