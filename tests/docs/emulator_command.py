"""The command of the pages that starts an emulator."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ..repository import ROOT

PAGE = (ROOT / "docs" / "get-started.md").read_text(encoding="utf-8")
PORT = "8080"
SERVING = re.compile(r"pulumi-lumos serve ")


@pytest.fixture
def serving() -> Iterator[tuple[str, str]]:
    """The port of the Lumos that the page starts, on a free port, and what it printed."""
    (command,) = re.findall(r"^\$ (pulumi-lumos serve .+)$", PAGE, re.M)
    words = shlex.split(command.replace(PORT, "0"))
    words[0] = f"{sys.prefix}/bin/{words[0]}"
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        yield ready.strip().rpartition(":")[2], ready
        process.terminate()
