"""An import shows whether it stays in its folder: `.near` does, `pulumi_lumos.far` does not."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .source import Module, modules


def test_a_neighbour_is_named_by_a_dot_and_anything_else_of_the_package_in_full() -> None:
    assert [one for module in modules().values() for one in _otherwise(module)] == []


def _otherwise(module: Module) -> Iterator[str]:
    folder = ".".join(["pulumi_lumos", *module.path.split("/")[:-1]])
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            in_full = node.level == 0 and f"{node.module}.".startswith(f"{folder}.")
            if in_full or node.level > 1:
                yield f"{module.path}:{node.lineno}"
