"""What a page shows of a terminal, typed into one: the commands run, and print what is shown."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

RUN_WITHIN_SECONDS = 120
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.M)
LEFT_OUT = "…"
SECONDS = re.compile(r"\b\d+(\.\d+)?m?s\b")


def blocks(page: str) -> list[tuple[str, str]]:
    """The language and the text of every block of code."""
    return BLOCK.findall(page)


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a block with what the page shows of its output."""
    return COMMAND.findall(console)


class Terminal:
    """A shell in which one command follows another, with folder and variables kept."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self._kept = folder / ".variables"
        self._kept.write_text("")
        self._environment = dict(environment)

    def run(self, command: str) -> str:
        """Type a command, which must succeed; what it printed."""
        script = f". {self._kept}\n{command}\ncode=$?\nexport -p > {self._kept}\nexit $code\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=RUN_WITHIN_SECONDS,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        return done.stdout


def apply(diff: str, text: str) -> str:
    """A text with the change that a page shows as a diff of a few lines."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    assert old in text
    return text.replace(old, new)


def assert_shown(shown: str, printed: str) -> None:
    """The lines that are shown are printed in this order; "…" stands for what is left out.

    A command that is shown without any output may print what it likes.
    """
    pattern = "".join(
        r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line).replace(LEFT_OUT, ".+") + r"\n"
        for line in _lines(shown)
    )
    printed_lines = "".join(f"{line}\n" for line in _lines(printed))
    assert not pattern or re.fullmatch(pattern, printed_lines), (
        f"The page shows\n{shown}\nand this was printed:\n{printed}"
    )


def _lines(text: str) -> list[str]:
    plain = (SECONDS.sub("0s", " ".join(line.split())) for line in text.splitlines())
    return [line for line in plain if line]
