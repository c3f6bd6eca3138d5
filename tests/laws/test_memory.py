"""Whatever is remembered of Lumos belongs to one run: no cache of a function outlives it."""

from __future__ import annotations

import ast

from .source import modules

ASKS_LUMOS = {"Call", "Run", "LumosClient", "Reader", "Lookups"}
"""The types by which a function asks Lumos."""
CACHES = {"cache", "lru_cache"}
CONTAINERS = {"dict", "list", "set", "defaultdict", "WeakKeyDictionary", "WeakSet"}
KEPT = {
    "api/forks.py _kept": "what begins afresh in a fork, as long as it lives",
    "declare/reading.py _collections": "declarations",
    "declare/reading.py _identities": "declarations",
    "declare/reading.py _rules": "declarations",
    "hosts/dynamic/provider.py _providers": "the provider of each kind, which holds settings alone",
    "hosts/dynamic/runs.py _runs": "the run of each servicer of the engine",
    "hosts/stack_state.py _states": "the state of each run of a program",
    "hosts/texts.py _hidden": "secrets, which no text of the process may show, whoever runs",
    "lifecycle/kind.py _kinds": "declarations",
    "program/resource.py _classes": "the class of each kind",
    "program/run.py _runs": "the run of each program",
}
"""What modules collect while a process lives: nothing that Lumos has answered outlives its run."""


def test_no_function_that_asks_lumos_is_cached() -> None:
    cached = [
        f"{path}:{function.lineno}"
        for path, module in modules().items()
        for function in module.functions
        if CACHES & {_name(decorator) for decorator in function.decorator_list}
        and ASKS_LUMOS & {_name(one.annotation) for one in function.args.args}
    ]
    assert cached == []


def test_what_modules_collect_is_known() -> None:
    collected = {
        f"{path} {target.id}"
        for path, module in modules().items()
        if module.layer != "emulator"
        for node in module.tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and _is_to_be_filled(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.startswith("_")
    }
    assert collected == KEPT.keys()


def _is_to_be_filled(value: ast.expr | None) -> bool:
    """Whether an expression makes a container with nothing in it yet."""
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.List):
        return not value.elts
    return isinstance(value, ast.Call) and not value.args and _name(value) in CONTAINERS


def _name(node: ast.expr | None) -> str:
    """The last name of a decorator or an annotation."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
