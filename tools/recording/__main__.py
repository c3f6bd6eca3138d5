"""`python -m tools.recording` runs `make demo` and draws two of its steps: docs/images/demo.svg."""

from __future__ import annotations

import io
import os
import re
import subprocess
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "demo.svg"
STEPS = ("4", "6")
WIDTH = 118
HEADING = re.compile(r"^(?:\x1b\[[\d;]*m)*(\d)\. .*====", re.M)
FONT_OF_ANOTHER_HOST = re.compile(r"\s*@font-face \{.*?\}", re.S)


def record() -> str:
    """What the demo prints into a terminal with colours."""
    done = subprocess.run(
        ["make", "demo"],
        cwd=ROOT,
        env={**os.environ, "FORCE_COLOR": "1"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def excerpt(printed: str) -> str:
    """The steps that the picture shows."""
    _, *parts = re.split(r"(?m)^(?=(?:\x1b\[[\d;]*m)*(?:\d\. |What ).*====)", printed)
    shown = [part for part in parts if (found := HEADING.match(part)) and found[1] in STEPS]
    return "\n\n".join(part.strip() for part in shown)


def picture(text: str) -> str:
    """A terminal with this text in it, as SVG."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), legacy_windows=False)
    console.print(Text.from_ansi(text), soft_wrap=False)
    svg = console.export_svg(title="make demo", unique_id="demo")
    # A page loads nothing from elsewhere, so a font of the reader has to do.
    return FONT_OF_ANOTHER_HOST.sub("", svg).replace("Fira Code", "ui-monospace")


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(excerpt(record())), encoding="utf-8")
