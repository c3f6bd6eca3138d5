"""The schema holds all that is declared, and Pulumi's generators take it."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

import pulumi_lumos as lumos
import pytest
from pulumi_lumos.config import SETTINGS
from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.spec import ListOf, ShapeSpec, TypeSpec, shapes_in
from pulumi_lumos.hosts.names import camel, declared_names
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lookups import kinds as lookups
from pulumi_lumos.lookups.kinds import LookupKind

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
    types, spec = schema()["types"], SPECS[kind]
    for field in (*spec.fields.values(), *spec.computed.values()):
        for shape in shapes_in(field.type):
            declared = {camel(name): _type(one.type) for name, one in shape.fields.items()}
            found = types[f"lumos:index:{shape.name}"]["properties"]
            assert {name: _type_in(one) for name, one in found.items()} == declared


@pytest.mark.parametrize("kind", SPECS)
def test_an_output_has_its_type_and_is_required_where_it_is_always_there(kind: str) -> None:
    spec, resource = SPECS[kind], schema()["resources"][f"lumos:index:{kind}"]
    outputs = {**spec.fields, **spec.computed}
    types = {camel(name): _type(one.type) for name, one in outputs.items()}
    found = resource["properties"]
    assert {name: _type_in(one) for name, one in found.items() if name in types} == types
    always = {camel(name) for name, one in outputs.items() if one.required}
    assert resource["required"] == sorted(always)


@pytest.mark.parametrize("kind", SPECS)
def test_what_is_secret_and_what_lumos_assumes_is_said_of_each_field(kind: str) -> None:
    spec, resource = SPECS[kind], schema()["resources"][f"lumos:index:{kind}"]
    for place in ("inputProperties", "properties"):
        secret = {name for name, one in resource[place].items() if one.get("secret")}
        assert secret == {camel(name) for name, one in spec.fields.items() if one.marks.secret}
    for name, field in spec.fields.items():
        default = field.marks.default
        said = "" if default in (ABSENT, None, "", []) else f"Lumos assumes `{json.dumps(default)}`"
        described = resource["inputProperties"][camel(name)]["description"]
        assert said in described if said else "Lumos assumes" not in described
    assert "default" not in {key for one in resource["inputProperties"].values() for key in one}


def test_the_credentials_of_an_app_are_secret() -> None:
    app = schema()["resources"]["lumos:index:App"]
    assert app["inputProperties"]["auth"]["secret"] is app["properties"]["auth"]["secret"] is True


def test_a_function_gives_the_fields_of_its_result_with_their_types() -> None:
    functions = schema()["functions"]
    results = {
        one.function: one.result for one in vars(lookups).values() if isinstance(one, LookupKind)
    }
    for name, result in results.items():
        outputs = functions[f"lumos:index:{camel(name)}"]["outputs"]
        hints = get_type_hints(result)
        assert outputs["properties"].keys() == {camel(one) for one in hints}
        optional = {one for one, hint in hints.items() if NoneType in get_args(hint)}
        assert outputs["required"] == sorted(camel(one) for one in hints.keys() - optional)
        for one, hint in hints.items():
            text = outputs["properties"][camel(one)].get("type") == "string"
            assert text == (hint in (str, str | None)), (name, one)
    policy = functions["lumos:index:getAccessPolicy"]["outputs"]["properties"]
    assert policy["accessCondition"]["$ref"] == "pulumi.json#/Any"
    assert policy["apps"]["items"]["$ref"] == "#/types/lumos:index:AccessPolicyApp"


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
        assert found["inputs"]["properties"].keys() == {
            camel(one) for one in arguments.keys() - {"opts"}
        }
        assert "id" in found["outputs"]["properties"]


def test_every_setting_is_one_of_the_provider_with_its_variable() -> None:
    variables = schema()["config"]["variables"]
    arguments = schema()["provider"]["inputProperties"]
    token = {name: one for name, one in variables["accessToken"].items() if name != "defaultInfo"}
    assert arguments == {**variables, "accessToken": token}
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


@pytest.mark.parametrize("kind", SPECS)
def test_what_is_checked_stands_apart_from_what_people_are_warned_of(kind: str) -> None:
    spec = SPECS[kind]
    shapes = {one.name: one for field in spec.fields.values() for one in shapes_in(field.type)}
    described: list[tuple[Any, ShapeSpec]] = [
        (schema()["resources"][f"lumos:index:{kind}"], spec.shape),
        *((schema()["types"][f"lumos:index:{name}"], one) for name, one in shapes.items()),
    ]
    for found, shape in described:
        lists = dict(
            re.findall(r"^(Checked|Warned of):\n\n((?:- .*\n?)*)", found["description"], re.M)
        )
        counted = {title: text.count("- ") for title, text in lists.items()}
        about = [rule.about for rule in shape.rules]
        desired = {
            "Checked": about.count("mistake"),
            "Warned of": len(about) - about.count("mistake"),
        }
        assert counted == {title: number for title, number in desired.items() if number}


def test_a_warning_is_no_rule() -> None:
    described = schema()["resources"]["lumos:index:AppStoreApp"]["description"]
    checked, _, warned = described.partition("Warned of:")
    assert "An app that is added without admins." in warned
    assert "has at most 2,048 characters" in checked


def test_a_choice_is_a_text_that_says_what_may_be_chosen() -> None:
    config = schema()["types"]["lumos:index:RequestConfig"]["properties"]["appstoreVisibility"]
    assert config["type"] == "string"
    assert "One of `HIDDEN`, `VISIBLE`." in config["description"]
    assert 'Without it, Lumos assumes `"HIDDEN"`.' in config["description"]
    assert "default" not in config
