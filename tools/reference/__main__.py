"""`python -m tools.reference` writes `docs/reference/` and `provider/schema.json`.

The tables and the schema come from the declarations; the example and what is good to know lie
beside this file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pulumi_lumos.kinds import kinds
from pulumi_lumos.plugin import new_provider

from .page import page

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
SCHEMA = Path(__file__).parents[2] / "provider" / "schema.json"
"""What Pulumi's registry reads of this repository."""
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


def schema_without_version() -> str:
    """The schema of the packaged provider; Pulumi's registry takes the version from the tag."""
    whole = json.loads(new_provider().GetSchema(None, None).schema)
    del whole["version"]
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_without_version(), encoding="utf-8")
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
