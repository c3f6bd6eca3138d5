"""The names of the kinds in the package's `__init__.py`: their classes and shapes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pulumi_lumos
from pulumi_lumos.kinds import kinds
from typing_extensions import is_typeddict

PACKAGE = Path(pulumi_lumos.__file__)


def texts() -> dict[Path, str]:
    """The text of `__init__.py` with the names of all kinds."""
    text = PACKAGE.read_text(encoding="utf-8")
    block = next(node for node in ast.parse(text).body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    others = [node for node in imports if not _is_of_a_kind(node)]
    theirs = {alias.name for node in others if node.module for alias in node.names}
    names = sorted({*theirs, *(name for found in _names().values() for name in found)})
    lines = text.splitlines()
    written = [
        *lines[: block.lineno],
        *(f"    from .{module} import {', '.join(found)}" for module, found in _names().items()),
        *(f"    {ast.unparse(node)}" for node in others),
        "",
        f"__all__ = {names!r}",
        *lines[_end_of_names(text) :],
    ]
    return {PACKAGE: _formatted("\n".join(written) + "\n")}


def _names() -> dict[str, list[str]]:
    """The public names of each module with a kind."""
    found = {}
    for name, kind in kinds().items():
        module = sys.modules[kind.__module__]
        shapes = [
            shape
            for shape, value in vars(module).items()
            if is_typeddict(value) and value.__module__ == module.__name__ and shape[0] != "_"
        ]
        found[module.__name__.partition(".")[2]] = [name, *shapes]
    return found


def _is_of_a_kind(node: ast.ImportFrom) -> bool:
    module = node.module or ""
    return module.startswith("kinds.") and module != "kinds.shapes"


def _end_of_names(text: str) -> int:
    """The last line of `__all__`, counted from 1."""
    nodes = (node for node in ast.parse(text).body if isinstance(node, ast.Assign))
    return next(node.end_lineno or 0 for node in nodes if ast.unparse(node.targets[0]) == "__all__")


def _formatted(text: str) -> str:
    """The text as `make lint` wants it."""
    for command in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        run = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(PACKAGE), "-"]
        text = subprocess.run(run, input=text, capture_output=True, text=True, check=True).stdout
    return text
