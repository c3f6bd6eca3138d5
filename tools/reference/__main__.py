"""`python -m tools.reference` writes `docs/reference/`.

The tables come from the declarations; the example and what is good to know lie beside this file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pulumi_lumos.kinds import kinds

from .page import page

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
EXAMPLES = Path(__file__).parent / "examples"
GOTCHAS = Path(__file__).parent / "gotchas"


def pages() -> dict[Path, str]:
    """The text of every page by its file."""
    return {FOLDER / f"{file_name(name)}.md": _page(name, kind) for name, kind in kinds().items()}


def file_name(kind: str) -> str:
    """What the files about a kind are called."""
    return re.sub("(?<!^)(?=[A-Z])", "_", kind).lower()


def _page(name: str, kind: Any) -> str:
    example = (EXAMPLES / f"{file_name(name)}.py").read_text(encoding="utf-8")
    gotchas = (GOTCHAS / f"{file_name(name)}.md").read_text(encoding="utf-8")
    return page(kind, example, gotchas)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
