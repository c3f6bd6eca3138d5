"""The page of the drivers names each of them, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

DRIVERS = Path(__file__).parents[1] / "drivers"
NAMED = set(re.findall(r"`([a-z_]+)(?:\.(\w+))?`", (DRIVERS / "README.md").read_text("utf-8")))
FILES = {
    **{path.stem: path for path in DRIVERS.glob("*.py") if path.stem != "__init__"},
    **{path.parent.name: path for path in DRIVERS.glob("*/__init__.py")},
}
"""The file that is imported for each driver: a module, or the `__init__` of a folder."""


def test_the_page_names_every_driver() -> None:
    assert {module for module, _ in NAMED} == set(FILES)


def test_what_the_page_names_is_there() -> None:
    assert [(module, name) for module, name in NAMED if name not in defined(module)] == []


def defined(module: str) -> set[str]:
    """The names that a driver defines; a page that names the module alone is right too."""
    tree = ast.parse(FILES[module].read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {"", *(node.name for node in tree.body if isinstance(node, kinds))}
