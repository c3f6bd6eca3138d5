"""Whatever is remembered of Lumos belongs to one run: no cache of a function outlives it."""

from __future__ import annotations

import ast

from .source import modules

ASKS_LUMOS = {"Call", "Run", "LumosClient", "Reader", "Lookups"}
"""The types by which a function asks Lumos."""
CACHES = {"cache", "lru_cache", "cached"}
CONTAINERS = {"dict", "list", "set", "defaultdict", "WeakKeyDictionary", "WeakSet"}
KEPT = {
    "api/forks.py _kept": "what begins afresh in a fork, as long as it lives",
    "api/sharing.py _clients": "the connections of each tenant, as long as a run holds them",
    "cli/commands.py command": "the commands",
    "declare/reading.py _collections": "declarations",
    "declare/reading.py _identities": "declarations",
    "declare/reading.py _rules": "declarations",
    "hosts/diagnostics.py _waiting": "what is still to be said",
    "hosts/diagnostics.py _waiting_lock": "a lock",
    "hosts/dynamic/provider.py _providers": "the provider of each kind, by its name alone",
    "hosts/dynamic/runs.py _lock": "a lock",
    "hosts/dynamic/runs.py _runs": "the run of each servicer of the engine",
    "hosts/stack_state.py _states": "the state of each run of a program",
    "hosts/texts.py _hidden": "secrets of programs: no text of the process may show one",
    "kinds/provisioning_group_attachment/succession.py sources": "calls of a kind, no answer",
    "lifecycle/kind.py _kinds": "declarations",
    "program/resource.py _classes": "the class of each kind",
    "program/run.py _lock": "a lock",
    "program/run.py _runs": "the run of each program",
    "program/stack_trace.py _limit": "Python's limit of frames, while a resource is registered",
}
"""What modules keep while a process lives: nothing that Lumos has answered outlives its run."""
CACHED = {
    "api/forks.py _watch": "done once",
    "declare/docs.py _docs": "declarations",
    "declare/reading.py shape_spec": "declarations",
    "hosts/diagnostics.py _engine": "the engine of the process",
    "hosts/diagnostics.py _show_at_exit": "done once",
    "hosts/dynamic/interrupts.py hear_interrupts": "done once",
    "hosts/dynamic/provider.py recorded_provider": "declarations",
    "hosts/dynamic/recorded.py published": "a file of the package",
    "hosts/engine.py _engine": "the engine of the process",
    "hosts/engine.py end_with_engine": "done once",
    "hosts/names.py _declared": "declarations",
    "hosts/names.py _spelled": "declarations",
    "hosts/names.py _to_wire": "how a path is spelled, of a thousand paths at most",
    "hosts/names.py _types": "declarations",
    "hosts/names.py camel": "names of declarations",
    "report/encoding.py _hints": "classes",
    "report/encoding.py _names": "classes",
    "report/html.py _template": "a file of the package",
    "report/html.py _text": "a file of the package",
    "report/lengths.py _durations": "how a label reads, of a thousand labels at most",
    "report/lengths.py hours_of": "how a label reads, of a thousand labels at most",
    "values/type_checks.py _shape_schema": "declarations",
    "values/type_checks.py _validator": "declarations",
}
"""The functions that keep their results while a process lives, and what these are."""


def test_no_function_that_asks_lumos_is_cached() -> None:
    cached = [
        f"{path}:{function.lineno}"
        for path, module in modules().items()
        for function in module.functions
        if _is_cached(function)
        and ASKS_LUMOS & {_name(one.annotation) for one in function.args.args}
    ]
    assert cached == []


def test_what_cached_functions_keep_is_known() -> None:
    cached = {
        f"{path} {function.name}"
        for path, module in modules().items()
        if module.layer != "emulator"
        for function in module.functions
        if _is_cached(function)
    }
    assert cached == CACHED.keys()


def test_what_modules_keep_is_known() -> None:
    kept = {
        f"{path} {target.id}"
        for path, module in modules().items()
        if module.layer != "emulator"
        for node in module.tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and _can_change(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and _is_no_constant(target.id)
    }
    assert kept == KEPT.keys()


def _is_cached(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(CACHES & {_name(decorator) for decorator in function.decorator_list})


def _can_change(value: ast.expr | None) -> bool:
    """Whether an expression makes a container, or an object of a class."""
    if isinstance(value, ast.Dict | ast.List | ast.Set):
        return True
    return isinstance(value, ast.Call) and _is_of_a_class(_name(value))


def _is_no_constant(name: str) -> bool:
    return name == name.lower() and not name.startswith("__")


def _is_of_a_class(name: str) -> bool:
    return name in CONTAINERS or name.lstrip("_")[:1].isupper()


def _name(node: ast.expr | None) -> str:
    """The last name of a decorator or an annotation."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
