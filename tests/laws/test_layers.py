"""Imports between the layers point one way."""

from __future__ import annotations

import ast
import re

import pytest

from .law import SPECS
from .source import distributions_imported, imported, modules, modules_imported, texts
from .vendor import document, nameless

GROUND = {"errors", "printable", "surface"}
"""The ground floor, on which every layer may stand but the emulator, which shares no code."""

BELOW: dict[str, set[str]] = {
    **{name: set() for name in GROUND},
    "config": set(),
    "declare": set(),
    "api": {"config"},
    "values": {"declare"},
    "reading": {"declare", "api"},
    "lifecycle": {"values", "reading", "declare", "api", "config"},
    "host": {"lifecycle", "values", "declare", "config"},
    "lookups": {
        "host",
        "report",
        "reading",
        "kinds.shapes",
        "declare",
        "api",
        "config",
    },
    "export": {"lookups", "lifecycle", "values", "declare", "api"},
    "kinds": {"host", "lifecycle", "values", "declare", "api"},
    "report": {
        "api",
        "declare",
        "lifecycle.adoption",
        "kinds.provisioning_group_attachment.bound",
        "kinds.requestable_permission.life",
    },
    "policies": {"report", "host.function", "host.texts", "api.sharing", "config"},
    "emulator": set(),
}
"""What each layer may import of the package: whole layers, or one module of a layer."""
TOP = {"__init__", "cli", "pytest_plugin"}
"""Whoever stands at the top may import all."""


@pytest.mark.parametrize("path", modules())
def test_imports_point_one_way(path: str) -> None:
    module = modules()[path]
    if module.layer in TOP:
        return
    assert module.layer in BELOW, f"say in BELOW what the new layer {module.layer} may import"
    wanted = modules_imported(module)
    allowed = BELOW[module.layer] | (set() if module.layer == "emulator" else GROUND)
    assert {name for name in wanted if not _within(name, allowed)} == set()


def _within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


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


@pytest.mark.parametrize("path", modules())
def test_a_library_stays_in_its_layer(path: str) -> None:
    module = modules()[path]
    astray = {
        name
        for name in distributions_imported(module)
        if name in HOMES and module.layer not in HOMES[name]
    }
    assert not astray


WITHOUT_PULUMI = {"api", "config", "export", "values", "reading", "lifecycle", "emulator", "report"}
"""The layers that know nothing of Pulumi; `declare` takes its Input and Output types alone."""


@pytest.mark.parametrize("path", modules())
def test_pulumi_stays_outside(path: str) -> None:
    module = modules()[path]
    names = {name for name in imported(module) if name.split(".")[0] == "pulumi"}
    if module.layer in WITHOUT_PULUMI:
        assert not names
    elif module.layer in {"declare", "kinds"}:
        assert names <= {"pulumi", "pulumi.Input", "pulumi.Output"}


@pytest.mark.parametrize("path", modules())
def test_the_protocol_of_dynamic_providers_is_known_to_the_host_alone(path: str) -> None:
    module = modules()[path]
    spoken = {name for name in imported(module) if name.startswith("pulumi.dynamic")}
    attributes = {
        ast.unparse(node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("pulumi.dynamic")
    }
    assert module.layer == "host" or not spoken | attributes


@pytest.mark.parametrize("path", modules())
def test_the_core_names_no_kind(path: str) -> None:
    module = modules()[path]
    if module.layer not in {"declare", "values", "reading", "lifecycle", "host"}:
        return
    files = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower() for kind in SPECS]
    kinds = "|".join([*SPECS, *files])
    named = [line for line in module.lines if re.search(rf"\b_?({kinds})s?\b", line)]
    assert not named


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
