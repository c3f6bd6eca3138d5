"""`python -m tools.reference` writes what follows from the declarations.

That is `docs/reference/`, `provider/schema.json`, the table of kinds in the README, the menu of the
site and the names of the package. The example of a page and what is good to know lie beside this
file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_lumos.kinds import kinds
from pulumi_lumos.plugin import new_provider

from . import lists, names
from .lists import file_name
from .page import page

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
SCHEMA = Path(__file__).parents[2] / "provider" / "schema.json"
"""What Pulumi's registry reads of this repository."""
EXAMPLES = Path(__file__).parent / "examples"
GOTCHAS = Path(__file__).parent / "gotchas"


def pages() -> dict[Path, str]:
    """The text of every page by its file."""
    return {FOLDER / f"{file_name(name)}.md": _page(name, kind) for name, kind in kinds().items()}


def _page(name: str, kind: Any) -> str:
    example = (EXAMPLES / f"{file_name(name)}.py").read_text(encoding="utf-8")
    gotchas = (GOTCHAS / f"{file_name(name)}.md").read_text(encoding="utf-8")
    return page(kind, example, gotchas)


def schema_without_version() -> str:
    """The schema of the packaged provider; Pulumi's registry takes the version from the tag.

    Pulumi packs SDKs of a version only, so it refuses a schema that has none and asks for packs.
    """
    whole = json.loads(new_provider().GetSchema(None, None).schema)
    del whole["version"], whole["meta"]["supportPack"]
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_without_version(), encoding="utf-8")
    for path, text in {**pages(), **lists.texts(), **names.texts()}.items():
        path.write_text(text, encoding="utf-8")
