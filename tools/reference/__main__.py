"""`python -m tools.reference` writes `docs/reference/`."""

from __future__ import annotations

import re
from pathlib import Path

from pulumi_lumos.declare.registry import kinds

from .page import page

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def pages() -> dict[Path, str]:
    """The text of every page by its file."""
    return {
        FOLDER / f"{re.sub('(?<!^)(?=[A-Z])', '_', name).lower()}.md": page(kind.spec)  # type: ignore[attr-defined]
        for name, kind in kinds().items()
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
