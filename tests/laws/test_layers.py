"""Imports between the layers point one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping

from .law import SPECS
from .source import (
    Module,
    circles,
    distributions_imported,
    graph_of_neighbours,
    import_graph,
    imported,
    modules,
    modules_imported,
    texts,
)
from .vendor import document, nameless

GROUND = {
    "errors",
    "garbage",
    "lengths",
    "plurals",
    "printable",
    "running_program",
    "similar",
    "surface",
    "urns",
    "whole_file",
}
"""The ground floor, on which every layer may stand but the emulator, which shares no code."""

BELOW: dict[str, set[str]] = {
    **{name: set() for name in GROUND},
    "config": set(),
    "declare": set(),
    "values": {"declare"},
    "api": {"config"},
    "access": {"api", "config"},
    "playing": {"access"},
    "reading": {"declare", "api"},
    "lifecycle": {"values", "reading", "declare", "api", "config"},
    "hosts": {"lifecycle", "values", "declare", "api.client", "api.sharing", "config"},
    "program": {"hosts", "lifecycle", "values", "declare", "api.client", "api.sharing", "config"},
    "kinds": {"program.resource", "lifecycle", "values", "declare", "api"},
    "lookups": {
        "report",
        "program.function",
        "program.other_tenant",
        "program.run",
        "hosts.names",
        "hosts.texts",
        "kinds",
        "reading",
        "declare",
        "api",
        "config",
    },
    "export": {
        "lookups",
        "hosts.chosen",
        "hosts.resource_types",
        "kinds",
        "lifecycle",
        "values",
        "declare",
        "api",
    },
    "report": {
        "hosts.names",
        "hosts.resource_types",
        "kinds",
        "lifecycle.adoption",
        "declare",
        "api",
    },
    "policies": {"report", "program.function", "program.run", "hosts.texts", "config"},
    "emulator": set(),
}
"""What each layer may import of the package: whole layers, or one module of a layer.

`kinds` names `program.resource` for type checkers alone, see `kinds/base.py`.
"""
TOP = {"__init__", "__main__", "public", "cli", "plugin", "pytest_plugin"}
"""Whoever stands at the top may import all."""


def test_imports_point_one_way() -> None:
    missing = {module.layer for module in modules().values()} - BELOW.keys() - TOP
    assert not missing, f"say in BELOW what these new layers may import: {missing}"
    astray = {
        (path, name)
        for path, module in modules().items()
        if module.layer not in TOP
        for name in modules_imported(module)
        if not _within(name, _allowed(module.layer))
    }
    assert astray == set()


def _allowed(layer: str) -> set[str]:
    return BELOW[layer] | (set() if layer == "emulator" else GROUND)


def _within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def test_no_layer_may_import_one_that_may_import_it() -> None:
    layers = {layer: {one.split(".")[0] for one in below} for layer, below in BELOW.items()}
    assert circles(layers) == []


def test_no_two_files_import_each_other_by_any_way() -> None:
    """Imports for type checkers count too: a file is read together with what it imports."""
    assert circles(import_graph()) == []


def test_no_two_neighbours_import_each_other() -> None:
    """Neighbours are the files and folders of one folder, wherever it is."""
    assert circles(graph_of_neighbours(import_graph())) == []


def test_the_graph_has_the_tests_the_examples_and_the_programs_without_a_suffix() -> None:
    graph = import_graph()
    assert "tests.patience" in graph["tests.drivers.workspace"]
    assert "examples.portal.portal.app" in graph["examples.portal.demo"]
    assert "examples.portal.portal.app" in graph["tests.portal.conftest"]
    assert "tools.pulumi.progress" in graph["tools.pulumi.installation"]
    assert "tools.emulator.generate_wire" in graph


def test_what_two_test_files_need_is_in_neither() -> None:
    assert _astray(lambda one, other: _file(other).startswith("test_")) == set()


def test_a_conftest_is_for_its_folder_alone() -> None:
    """What another folder needs too is a driver, or a module beside the conftest."""
    astray = _astray(
        lambda one, other: (
            _file(other) == "conftest" and not one.startswith(f"{other.rpartition('.')[0]}.")
        )
    )
    assert astray == set()


def _astray(is_astray: Callable[[str, str], bool]) -> set[tuple[str, str]]:
    """The imports of one module by another that may not be."""
    graph = import_graph()
    return {(one, other) for one in graph for other in graph[one] if is_astray(one, other)}


def _file(module: str) -> str:
    return module.rpartition(".")[2]


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_neighbours_that_import_each_other_would_be_found_at_any_depth() -> None:
    by_files = {"a.b.c": {"a.d"}, "a.d": {"a.b.e"}, "a.b.e": set[str]()}
    assert circles(by_files) == []
    assert circles(graph_of_neighbours(by_files)) == [["a.b", "a.d"]]
    deep = {"a.b.c.d": {"a.b.e.f"}, "a.b.e.g": {"a.b.c.h"}, "a.b.c.h": set(), "a.b.e.f": set()}
    assert circles(graph_of_neighbours(deep)) == [["a.b.c", "a.b.e"]]


def test_no_module_is_imported_by_a_text() -> None:
    """What is imported by `importlib` is seen by no law of imports."""
    astray = {
        path: names & {"importlib.import_module", "import_module", "__import__"}
        for path, names in ((path, _named_in(module)) for path, module in modules().items())
    }
    assert _offenders(astray) == {}


def _offenders(found: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The files in which something was found."""
    return {path: names for path, names in found.items() if names}


def _named_in(module: Module) -> set[str]:
    """Every name, and every attribute of a name, such as `importlib.import_module`."""
    names = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    attributes = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    return names | attributes


HOMES = {
    "httpx": {"api", "emulator", "cli", "pytest_plugin"},
    "pydantic": {"emulator"},
    "pydantic_core": {"values"},
    "fastapi": {"emulator"},
    "uvicorn": {"emulator", "cli"},
    "typer": {"cli"},
    "rich": {"cli"},
    "jinja2": {"report"},
    "markupsafe": {"report"},
    "tenacity": {"api"},
}
"""The layers at home with a library; no other imports it."""


def test_a_library_stays_in_its_layer() -> None:
    astray = {
        path: {
            name
            for name in distributions_imported(module)
            if name in HOMES and module.layer not in HOMES[name]
        }
        for path, module in modules().items()
    }
    assert _offenders(astray) == {}


WITHOUT_PULUMI = BELOW.keys() - {"hosts", "program", "lookups", "policies", "declare"}
"""The layers that know nothing of Pulumi; `declare` names its types for type checkers alone."""


def test_pulumi_stays_outside() -> None:
    astray = {path: _of_pulumi(module) for path, module in modules().items()}
    assert _offenders(astray) == {}


def _of_pulumi(module: Module) -> set[str]:
    """What a file imports of Pulumi, and may not."""
    names = {name for name in imported(module) if name.split(".")[0] == "pulumi"}
    if module.layer == "declare":
        return names - {"pulumi", "pulumi.Input", "pulumi.Output"}
    return names if module.layer in WITHOUT_PULUMI else set()


def test_the_protocol_of_dynamic_providers_is_known_to_the_host_alone() -> None:
    astray = {
        path: {
            name
            for name in {*imported(module), *_named_in(module)}
            if name.startswith("pulumi.dynamic")
        }
        for path, module in modules().items()
        if not path.startswith(("hosts/dynamic/", "program/resource.py"))
    }
    assert _offenders(astray) == {}


FRAMES = {"_getframe", "currentframe", "f_back", "f_locals", "extract_stack"}
READS_FRAMES = {
    "hosts/dynamic/request.py": "Pulumi's host does not pass on which resource a call is for",
    "program/inputs.py": "an error names the line of the program",
    "program/stack_trace.py": "the state keeps the frames of the program alone",
}


def test_stack_frames_are_read_where_nothing_else_says_it() -> None:
    reading = {path for path, module in modules().items() if FRAMES & _named(module)}
    assert reading == READS_FRAMES.keys()


def _named(module: Module) -> set[str]:
    """Every name, attribute and import of a file, without what stands before a dot."""
    attributes = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    names = {*_named_in(module), *imported(module)}
    return attributes | {name.rpartition(".")[2] for name in names}


def test_the_core_names_no_kind() -> None:
    core = {"declare", "values", "reading", "lifecycle", "hosts", "program"}
    files = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower() for kind in SPECS]
    # An app is Lumos's own noun too, and stands in texts of every layer.
    kinds = "|".join([*SPECS, *(name for name in files if name != "app")])
    name_of_a_kind = re.compile(rf"\b_?({kinds})s?\b")
    named = {
        path: {line for line in module.lines if name_of_a_kind.search(line)}
        for path, module in modules().items()
        if module.layer in core
    }
    assert _offenders(named) == {}


def test_every_address_in_the_code_is_one_of_the_vendor() -> None:
    known = {nameless(path) for path in document()["paths"]}
    addresses = {
        text
        for module in modules().values()
        if module.layer not in {"emulator", "cli", "pytest_plugin"}
        for text in texts(module.tree)
        if re.fullmatch(r"/[a-z_/{}]+", text)
    }
    assert addresses, "the code names addresses"
    assert {address for address in addresses if nameless(address) not in known} == set()
