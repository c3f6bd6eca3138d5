"""The package's own source, parsed: what the laws about code read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pulumi_lumos

PACKAGE = Path(pulumi_lumos.__file__).parent
ROOT = PACKAGE.parents[1]


class Module(NamedTuple):
    """One source file: its path below the package and its text, parsed."""

    path: str
    lines: list[str]
    tree: ast.Module

    @property
    def layer(self) -> str:
        """The folder of the package it is in, or its own name at the top."""
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions and methods of the file."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


@cache
def modules() -> dict[str, Module]:
    """Every source file of the package by its path below it."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        path = file.relative_to(PACKAGE).as_posix()
        text = file.read_text(encoding="utf-8")
        found[path] = Module(path, text.splitlines(), ast.parse(text))
    return found


def imported(module: Module) -> Iterator[str]:
    """Everything a file imports, in full: `pulumi_lumos.api.errors`, `pulumi.dynamic`.

    `from a import b` counts as both `a` and `a.b`, for b may be a module.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = ["pulumi_lumos", *module.path.split("/")[:-1]]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, node.module] if node.module else package)


def modules_imported(module: Module) -> set[str]:
    """The modules of other layers of the package that a file imports, without their names in it."""
    names = {name.split(".", 1)[1] for name in imported(module) if name.startswith("pulumi_lumos.")}
    known = {path.removesuffix(".py").replace("/", ".") for path in modules()}
    known |= {name.removesuffix(".__init__") for name in known}
    return {name for name in names & known if name.split(".")[0] != module.layer}


def texts(tree: ast.AST) -> Iterator[str]:
    """The string literals of a file, except the parts of formatted ones."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.JoinedStr):
            yield from texts(node)


def distributions_imported(module: Module) -> set[str]:
    """The first names of all other packages that a file imports."""
    return {name.split(".")[0] for name in imported(module)} - {"pulumi_lumos"}
