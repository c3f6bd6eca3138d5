"""What the tests know of one kind is in its facts, and in tests that are about that kind."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from pulumi_lumos.kinds import kinds

from ..repository import ROOT

TESTS = ROOT / "tests"
KINDS = frozenset(kinds())
NAMED = {
    "convergence/test_convergence.py": "only permissions are hidden instead of deleted",
    "laws/promises.py": "a released state has exactly this of each kind, whatever is added",
}
"""The files that tell kinds apart by their names, each with the reason."""


def test_a_test_tells_no_kind_from_others_by_its_name() -> None:
    """A fact of `tests/kinds` says what is special about a kind, and a new kind has its own."""
    told_apart = {
        path.relative_to(TESTS).as_posix(): [*where_kinds_are_told_apart(path.read_text("utf-8"))]
        for path in sorted(TESTS.rglob("*.py"))
        if path.parent.name != "kinds"
    }
    assert {path: lines for path, lines in told_apart.items() if lines}.keys() == NAMED.keys(), {
        path: lines for path, lines in told_apart.items() if lines and path not in NAMED
    }


def where_kinds_are_told_apart(source: str) -> Iterator[int]:
    """The lines that compare a variable with the name of a kind, or map kinds to something."""
    tree = ast.parse(source)
    named = _constants(tree)
    for node in ast.walk(tree):
        if _compares(node, named) or _maps(node):
            yield getattr(node, "lineno", 0)


def _compares(node: ast.AST, constants: set[str]) -> bool:
    """Whether this is `kind == "App"` or the like."""
    if not isinstance(node, ast.Compare) or not _is_about_a_kind(node.left):
        return False
    return any(_is_name(side, constants) for side in node.comparators)


def _maps(node: ast.AST) -> bool:
    """Whether this is a dictionary of which every key is the name of a kind."""
    if not isinstance(node, ast.Dict) or not node.keys:
        return False
    return all(isinstance(key, ast.Constant) and key.value in KINDS for key in node.keys)


def _constants(tree: ast.Module) -> set[str]:
    """The constants of a file that are names of kinds, such as `APP = "AppStoreApp"`."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = [*zip(target.elts, node.value.elts, strict=True)]
                found |= {
                    name.id
                    for name, value in pairs
                    if isinstance(name, ast.Name) and _is_name(value, set())
                }
    return found


def _is_about_a_kind(node: ast.expr) -> bool:
    """Whether a value is a variable `kind`, `spec.name` or the like."""
    if isinstance(node, ast.Name):
        return node.id == "kind"
    return isinstance(node, ast.Attribute) and node.attr in {"kind", "name"}


def _is_name(node: ast.expr, constants: set[str]) -> bool:
    """Whether an expression is the name of a kind, or some of them."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(_is_name(one, constants) for one in node.elts)
    if isinstance(node, ast.Name):
        return node.id in constants
    return isinstance(node, ast.Constant) and node.value in KINDS


def test_telling_kinds_apart_would_be_found() -> None:
    assert [*where_kinds_are_told_apart('if kind == "App":\n    pass')] == [1]
    assert [*where_kinds_are_told_apart('A, B = "App", 1\n[k for kind in x if kind != A]')] == [2]
    assert [*where_kinds_are_told_apart('if spec.name in ("App", "Wiki"):\n    pass')] == [1]
    assert [*where_kinds_are_told_apart('HELD = {"App": 1, "AccessPolicy": 2}')] == [1]
    assert [*where_kinds_are_told_apart('state["outputs"]["App"]; run.read("App", id)')] == []
