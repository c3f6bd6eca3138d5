"""A name says what a function gives, and one name stands for one class."""

from __future__ import annotations

import ast
from collections import defaultdict

from .source import modules

FIND_WITHOUT_NONE = {
    "cli/find.py: find": "the name of the command, which prints",
}
"""Functions called `find…` that cannot give None, with the reason."""

SEVERAL_CLASSES = {
    "Admins": "Lumos's word: what a program gives, and what a report has read",
    "App": "Lumos's word: the kind, and the app that a portal shows",
    "AppAdmins": "Both are public: a check of programs, and an answer to a portal",
    "Group": "Lumos's word: the group that a portal shows, and that of a report",
    "Provider": "Pulumi's word: the class of each host, and the one that programs make",
    "Rule": "Lumos's word for pre-approval in a report; a declaration has rules too",
}
"""Names that several public classes have, with the reason."""


def test_find_may_give_none_and_get_raises() -> None:
    returns = {
        f"{path}: {function.name}": ast.unparse(function.returns) if function.returns else ""
        for path, module in modules().items()
        for function in module.functions
    }
    found = {name for name in returns if _verb(name) == "find" and "| None" not in returns[name]}
    assert found == {*FIND_WITHOUT_NONE}
    assert {name for name in returns if _verb(name) == "get" and "| None" in returns[name]} == set()


def test_no_two_public_classes_have_the_same_name() -> None:
    """The emulator shares no code with the rest, so it has words of its own."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, module in modules().items():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and module.layer != "emulator":
                places[node.name].append(path)
    several = {name: places[name] for name in places if len(places[name]) > 1}
    assert {name for name in several if not name.startswith("_")} == {*SEVERAL_CLASSES}, several


def _verb(name: str) -> str:
    """The first word of the function's name."""
    return name.rpartition(" ")[2].strip("_").split("_")[0]
