"""A name says what a function gives, and one name stands for one class."""

from __future__ import annotations

import ast

from .source import modules

FIND_WITHOUT_NONE = {
    "cli/find.py: find": "the name of the command, which prints",
}
"""Functions called `find…` that cannot give None, with the reason."""


def test_find_may_give_none_and_get_raises() -> None:
    returns = {
        f"{path}: {function.name}": ast.unparse(function.returns) if function.returns else ""
        for path, module in modules().items()
        for function in module.functions
    }
    found = {name for name in returns if _verb(name) == "find" and "| None" not in returns[name]}
    assert found == {*FIND_WITHOUT_NONE}
    assert {name for name in returns if _verb(name) == "get" and "| None" in returns[name]} == set()


def _verb(name: str) -> str:
    """The first word of the function's name."""
    return name.rpartition(" ")[2].strip("_").split("_")[0]
