"""The schema holds all that is declared, and Pulumi's generators take it."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pulumi_lumos as lumos
import pytest
from pulumi_lumos.config import SETTINGS
from pulumi_lumos.declare.spec import ListOf, ShapeSpec, TypeSpec, shapes_in
from pulumi_lumos.hosts.names import camel, declared_names
from pulumi_lumos.kinds import kinds

from tools.reference.__main__ import SCHEMA, schema_without_version

from ..laws.law import SPECS
from .schema_text import text

SENTENCE = re.compile(r"^([A-Z`]|\{\{% ref ).*\.$", re.DOTALL)
REFERENCE = re.compile(r"\{\{% ref #/(\S+) %\}\}")


@cache
def schema() -> dict[str, Any]:
    return dict(json.loads(text()))


def test_the_schema_is_the_same_text_every_time() -> None:
    assert text() == text()


def test_the_file_for_the_registry_is_the_schema_of_the_declarations() -> None:
    written = SCHEMA.read_text(encoding="utf-8")
    assert written == schema_without_version(), "run python -m tools.reference"


@pytest.mark.parametrize("kind", SPECS)
def test_every_field_and_every_output_of_a_kind_is_in_the_schema(kind: str) -> None:
    spec, resource = SPECS[kind], schema()["resources"][f"lumos:index:{kind}"]
    given = {camel(name) for name in spec.fields}
    assert resource["inputProperties"].keys() == given
    assert resource["requiredInputs"] == sorted(
        camel(name) for name, field in spec.fields.items() if field.required
    )
    kept = {camel(name) for name in (*spec.computed, *kinds()[kind].lifecycle.remembers)}
    assert resource["properties"].keys() == given | kept | {"groupIds"}
    replacing = {camel(name) for name, field in spec.fields.items() if field.marks.replaces}
    inputs = resource["inputProperties"].items()
    assert {name for name, one in inputs if one.get("willReplaceOnChanges")} == replacing


@pytest.mark.parametrize("kind", SPECS)
def test_every_shape_is_a_type_with_all_its_fields(kind: str) -> None:
    types = schema()["types"]
    for field in SPECS[kind].fields.values():
        for shape in shapes_in(field.type):
            declared = {camel(name): _type(one.type) for name, one in shape.fields.items()}
            found = types[f"lumos:index:{shape.name}"]["properties"]
            assert {name: _type_in(one) for name, one in found.items()} == declared


def _type(spec: TypeSpec) -> str:
    if isinstance(spec, ListOf):
        return f"list of {_type(spec.item)}"
    return spec.name if isinstance(spec, ShapeSpec) else "scalar"


def _type_in(found: dict[str, Any]) -> str:
    if found.get("type") == "array":
        return f"list of {_type_in(found['items'])}"
    reference = found.get("$ref", "")
    return reference.rpartition(":")[2] if reference.startswith("#/types") else "scalar"


def test_no_two_names_are_one_in_camel_case() -> None:
    for spec in SPECS.values():
        named = [[*spec.fields, *spec.computed], *([*one.fields] for one in shapes_in(spec.shape))]
        for names in named:
            assert len({camel(name) for name in names}) == len(names)


def test_every_function_of_the_package_is_in_the_schema_with_its_arguments() -> None:
    functions = schema()["functions"]
    named = {n for n in lumos.__all__ if n.startswith("get_") and not n.endswith("_output")}
    assert functions.keys() == {f"lumos:index:{camel(name)}" for name in named}
    for name in named:
        arguments = inspect.signature(getattr(lumos, name)).parameters
        found = functions[f"lumos:index:{camel(name)}"]
        assert found["inputs"]["properties"].keys() == {camel(one) for one in arguments}
        assert "id" in found["outputs"]["properties"]


def test_every_setting_is_one_of_the_provider_with_its_variable() -> None:
    variables = schema()["config"]["variables"]
    assert schema()["provider"]["inputProperties"] == variables
    read = {name: one["defaultInfo"]["environment"] for name, one in variables.items()}
    assert read == {one.key: [one.variable] for one in SETTINGS}
    assert [name for name, one in variables.items() if one.get("secret")] == ["accessToken"]


def test_every_description_is_a_sentence() -> None:
    found = {where: one for where, one in _descriptions(schema(), "") if not SENTENCE.match(one)}
    assert found == {}


def test_descriptions_name_properties_by_references_which_every_language_spells_itself() -> None:
    """What is left in the declared spelling is no property of any object."""
    declared = {name for spec in SPECS.values() for name in declared_names([spec.shape])}
    texts = dict(_descriptions(schema(), ""))
    referred = [path for text in texts.values() for path in REFERENCE.findall(text)]
    assert len(referred) > 20
    for path in referred:
        found = schema()
        for step in path.split("/"):
            found = found[step]
    for where, told in texts.items():
        words = set(re.findall(r"`(\w+)(?:=\w+)?`", told))
        assert {word for word in words & declared if "_" in word} == set(), where
        assert not re.search(r"\b(True|False)\b", told), where


def _descriptions(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if "type" in value or "$ref" in value or "oneOf" in value:
            yield at, value.get("description", "A type of its own." if at else "")
        for name, one in value.items():
            if name not in {"items", "additionalProperties", "oneOf", "outputs", "inputs"}:
                yield from _descriptions(one, f"{at}/{name}")


def test_a_choice_is_a_text_that_says_what_may_be_chosen() -> None:
    config = schema()["types"]["lumos:index:RequestConfig"]["properties"]["appstoreVisibility"]
    assert config["type"] == "string"
    assert "One of `HIDDEN`, `VISIBLE`." in config["description"]
    assert 'Without it, Lumos assumes `"HIDDEN"`.' in config["description"]
    assert "default" not in config
