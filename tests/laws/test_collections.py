"""Every collection that the emulator names is one of those that its tenants have."""

from __future__ import annotations

import ast

from pulumi_lumos.emulator.state import COLLECTIONS

from .source import modules

METHODS = {"get", "find", "add", "read", "remove"}


def test_every_collection_of_the_emulator_is_listed() -> None:
    named = {
        (name, path)
        for path, module in modules().items()
        if module.layer == "emulator"
        for node in ast.walk(module.tree)
        for name in _collections(node)
    }
    assert len(named) > len(COLLECTIONS)
    unknown = {one for one in named if one[0] not in COLLECTIONS}
    where = "COLLECTIONS of provider/pulumi_lumos/emulator/state.py"
    assert not unknown, f"{where} has no such collection: {unknown}"


def _collections(node: ast.AST) -> list[str]:
    """The collection that `tenant.get("apps", …)` or `tenant.collections["apps"]` names."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_tenant = ast.unparse(node.func.value) == "tenant" and node.func.attr in METHODS
        first = node.args[0] if node.args and of_tenant else None
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "tenant.collections":
        first = node.slice
    else:
        first = None
    return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
