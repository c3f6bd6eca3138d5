"""Whatever is remembered of Lumos belongs to one run: no cache of a function outlives it."""

from __future__ import annotations

import ast

from .source import modules

ASKS_LUMOS = {"Call", "Run", "LumosClient", "Reader", "Lookups"}
"""The types by which a function asks Lumos."""
CACHES = {"cache", "lru_cache"}


def test_no_function_that_asks_lumos_is_cached() -> None:
    cached = [
        f"{path}:{function.lineno}"
        for path, module in modules().items()
        for function in module.functions
        if CACHES & {_name(decorator) for decorator in function.decorator_list}
        and ASKS_LUMOS & {_name(one.annotation) for one in function.args.args}
    ]
    assert cached == []


def _name(node: ast.expr | None) -> str:
    """The last name of a decorator or an annotation."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
