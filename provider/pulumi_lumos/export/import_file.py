"""The file for `pulumi import`, which takes over what a program declares without `adopt`.

Only the packaged provider can import, so the types are its types.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.hosts.resource_types import packaged_type

from .folder import modules_of, write_file
from .tenant import Ref

IMPORT_FILE = "import.json"
"""The file, beside the program."""

Declared = tuple[str, str]
"""A resource of a program by its kind and name."""


def write_import_file(folder: Path, names: Mapping[Ref, str]) -> None:
    """Write which object of Lumos each resource of the program stands for.

    `names` are the resources of the modules of this run. Entries that an earlier run has written
    for other modules stay, as long as a module declares their resource.
    """
    path = folder / IMPORT_FILE
    declared = {*_declared_in_all(modules_of(folder).glob("*.py"))}
    entries = {(one["type"], one["name"]): one for one in _entries_of(path)}
    for (kind, id), name in names.items():
        type = packaged_type(kind)
        entries[type, name] = {"type": type, "name": name, "id": id}
    known = {(packaged_type(kind), name) for kind, name in declared}
    resources = [entries[key] for key in sorted(entries) if key in known]
    write_file(path, json.dumps({"resources": resources}, indent=2) + "\n")


def declared_in(module: Path) -> set[Declared]:
    """The resources that a module declares with a literal name; none if the module is broken."""
    try:
        nodes = [*ast.walk(ast.parse(module.read_text(encoding="utf-8", errors="replace")))]
    except (SyntaxError, ValueError):
        return set()
    return {*_calls(nodes)}


def _declared_in_all(modules: Iterable[Path]) -> Iterator[Declared]:
    for module in modules:
        yield from declared_in(module)


def _calls(nodes: Sequence[ast.AST]) -> Iterator[Declared]:
    """Calls such as `lumos.AppStoreApp("slack", …)`."""
    for node in nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.args[0]
        if (
            isinstance(node.func, ast.Attribute)
            and isinstance(name, ast.Constant)
            and isinstance(name.value, str)
        ):
            yield node.func.attr, name.value


def _entries_of(path: Path) -> list[Values]:
    """The entries of an earlier run; none where the file is missing or broken."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["resources"]
        return [one for one in entries if {"type", "name", "id"} <= one.keys()]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
