"""Every text for people leaves the package through a place that makes it printable."""

from __future__ import annotations

import ast

from .source import Module, modules

PLACES = {
    "typer.echo": {"cli/output.py", "cli/report_output.py", "cli/table.py"},
    "console.print": {"cli/table.py"},
    "print": {"emulator/data_file.py", "emulator/server.py"},
    "sys.stdout.write": set(),
    "sys.stderr.write": {"hosts/diagnostics.py", "cli/__init__.py"},
    "warnings.warn": set(),
    "dynamic.CheckFailure": {"hosts/dynamic/refusals.py"},
    "CheckFailure": set(),
    "provider_pb2.CheckFailure": {"hosts/packaged/refusals.py"},
    "context.abort": {"hosts/packaged/refusals.py"},
    "pulumi.log.warn": {"hosts/texts.py"},
    "pulumi.log.info": set(),
    "pulumi.log.error": set(),
    "pulumi.info": set(),
    "pulumi.warn": set(),
    "engine_pb2.LogRequest": {"hosts/diagnostics.py"},
    "provider_pb2.ErrorResourceInitFailed": {"hosts/init_failed.py"},
    "pulumi.RunError": {"program/host.py", "program/inputs.py", "program/whole_results.py"},
    "FunctionFailed": {"program/function.py", "lookups/policy.py", "policies/in_programs.py"},
}
"""What shows a text to people, and the files that may call it: they clean what they show."""


def test_only_these_files_show_a_text_to_people() -> None:
    found = {
        (name, path)
        for path, module in modules().items()
        for name in _called(module)
        if path not in PLACES.get(name, {path})
    }
    assert found == set()


def test_each_of_these_files_does_show_one() -> None:
    unused = {
        (name, path)
        for name, paths in PLACES.items()
        for path in paths
        if name not in _called(modules()[path])
    }
    assert unused == set()


def _called(module: Module) -> set[str]:
    """The functions and classes that a file calls, as it writes them."""
    calls = [node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    return {ast.unparse(function) for function in calls}
