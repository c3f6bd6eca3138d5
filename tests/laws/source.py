"""The package's own source, parsed: what the laws about code read."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pulumi_lumos

from ..repository import ROOT

PACKAGE = Path(pulumi_lumos.__file__).resolve().parent


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
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


@cache
def modules() -> dict[str, Module]:
    """Every source file of the package by its path below it."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        found[file.relative_to(PACKAGE).as_posix()] = _parsed(file, PACKAGE)
    return found


@cache
def all_files() -> dict[str, Module]:
    """Every file of Python of this repository by its path in it."""
    found = [_parsed(file, ROOT) for file in sorted(_python_files().values())]
    return {module.path: module for module in found}


@cache
def _parsed(file: Path, below: Path) -> Module:
    text = file.read_text(encoding="utf-8")
    return Module(file.relative_to(below).as_posix(), text.splitlines(), ast.parse(text))


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
    """The modules that each module of this repository imports of it."""
    files = _python_files()
    return {name: {*_imported_of(name, file, files)} - {name} for name, file in files.items()}


@cache
def _python_files() -> dict[str, Path]:
    """Every file of Python by the full name of its module; some programs have no suffix."""
    found = _named("pulumi_lumos", PACKAGE)
    for folder in ("tools", "benchmarks", "examples", "tests"):
        found |= _named(folder, ROOT / folder)
    return found


def _named(package: str, folder: Path) -> dict[str, Path]:
    """The files of a package by the full names of their modules."""
    files = [file for file in folder.rglob("*") if file.suffix == ".py" or _is_program(file)]
    parts = {file: file.relative_to(folder).with_suffix("").parts for file in files}
    return {
        ".".join([package, *(part for part in path if part != "__init__")]): file
        for file, path in parts.items()
    }


def _is_program(file: Path) -> bool:
    if file.suffix or not file.is_file():
        return False
    with file.open("rb") as opened:
        first = opened.readline()
    return first.startswith(b"#!") and b"python" in first


def _imported_of(name: str, file: Path, files: Mapping[str, Path]) -> Iterator[str]:
    """The modules that a file imports; `from a import b` is `a.b` where that is a module."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    folders = [*SEARCHED] if (file.parent / "__init__.py").exists() else [f"{package}.", *SEARCHED]
    for node in ast.walk(_parsed(file, ROOT).tree):
        for names in _names_in(node, package):
            known = [where + one for one in names for where in folders if where + one in files]
            yield from known[:1]


SEARCHED = ("", "examples.portal.")
"""Where Python looks for a module: `pythonpath` in pyproject.toml names the example.

A file of a folder that is no package is a program, and finds the files beside it by their names.
"""


def _names_in(node: ast.AST, package: str) -> Iterator[tuple[str, ...]]:
    """What one import may stand for, the more exact name first."""
    if isinstance(node, ast.Import):
        yield from ((alias.name,) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        parts = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*parts, node.module or ""]) if node.level else str(node.module)
        base = base.rstrip(".")
        yield from ((f"{base}.{alias.name}", base) for alias in node.names)


def graph_of_neighbours(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What imports what of one folder, at every depth: its files, and the folders in it as one.

    Of `a.b.c`, which imports `a.d`, it is `a.b` that imports `a.d`.
    """
    found: dict[str, set[str]] = {}
    for one, below in graph.items():
        for other in below:
            above, under = _path(one, graph), _path(other, graph)
            pairs = enumerate(zip(above, under, strict=False))
            depth = next(depth for depth, (here, there) in pairs if here != there)
            first, second = (".".join(path[: depth + 1]) for path in (above, under))
            found.setdefault(first, set()).add(second)
            found.setdefault(second, set())
    return found


def _path(module: str, graph: Mapping[str, set[str]]) -> list[str]:
    """The folders of a module and its file, which a package has within itself."""
    is_package = any(name.startswith(f"{module}.") for name in graph)
    return [*module.split("."), *(["__init__"] if is_package else [])]


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
