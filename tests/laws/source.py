"""The package's own source, parsed: what the laws about code read."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
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


@cache
def import_graph() -> dict[str, set[str]]:
    """The modules that each module imports: of the package, of `tools` and of `benchmarks`."""
    named = {**_named("pulumi_lumos", PACKAGE)}
    for folder in ("tools", "benchmarks"):
        named |= _named(folder, ROOT / folder)
    return {name: {*_imported_of(name, file, named)} - {name} for name, file in named.items()}


def _named(package: str, folder: Path) -> dict[str, Path]:
    """The files of a package by the full names of their modules."""
    parts = {file: file.relative_to(folder).with_suffix("").parts for file in folder.rglob("*.py")}
    return {
        ".".join([package, *(part for part in path if part != "__init__")]): file
        for file, path in parts.items()
    }


def _imported_of(name: str, file: Path, named: Mapping[str, Path]) -> Iterator[str]:
    """The modules that a file imports; `from a import b` is `a.b` where that is a module."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in named)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*parts, node.module or ""]) if node.level else str(node.module)
            for alias in node.names:
                full = f"{base.rstrip('.')}.{alias.name}"
                yield from [one for one in (full, base.rstrip(".")) if one in named][:1]


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of nodes of which each leads to all others of its group."""
    reached = {node: _reached(graph, node) for node in graph}
    groups = {
        tuple(sorted(other for other in reached[node] if node in reached.get(other, ())))
        for node in graph
        if node in reached[node]
    }
    return [list(group) for group in sorted(groups)]


def _reached(graph: Mapping[str, set[str]], node: str) -> set[str]:
    """All that a node leads to; itself only where it is in a circle."""
    reached: set[str] = set()
    open_ones = [node]
    while open_ones:
        new = graph.get(open_ones.pop(), set()) - reached
        reached |= new
        open_ones += new
    return reached


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
