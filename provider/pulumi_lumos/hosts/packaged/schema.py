"""The schema of the provider: what Pulumi's generators and the registry read, for every language.

Derived from the declarations alone. Neither choices nor defaults become types: a choice that Lumos
adds must not need a new SDK, and a default that an SDK sends would be managed from then on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from pulumi_lumos.config import SETTINGS, Setting
from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.spec import (
    FieldSpec,
    Json,
    ListOf,
    ResourceSpec,
    Scalar,
    ShapeSpec,
    TypeSpec,
    shapes_in,
)
from pulumi_lumos.hosts.names import PACKAGE, camel, function_token
from pulumi_lumos.hosts.resource_types import PACKAGED_PREFIX, packaged_type
from pulumi_lumos.lifecycle.kind import Kind
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.identity import ALIASES

from .descriptions import refer_to_properties
from .functions import Function

Schema = dict[str, Any]

ANY = "pulumi.json#/Any"
ALIASES_DOC = (
    "Lumos's ids of the groups that the object names, by `<integration_specific_id>@<app_id>`."
)
PRIMITIVES: Mapping[Any, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}
REPOSITORY = "https://github.com/pulumi-lumos/pulumi-lumos"
LOGO = "https://raw.githubusercontent.com/pulumi-lumos/pulumi-lumos/main/docs/images/logo.svg"
ABOUT: Schema = {
    # No `pluginDownloadURL`: there is no plugin to download. `pip install` brings one, and where
    # Pulumi takes the package from its repository, it enters the address itself.
    "name": PACKAGE,
    "displayName": "Lumos",
    "description": "Declare a Lumos AppStore: apps, requestable permissions, provisioning groups.",
    "keywords": ["pulumi", "lumos", "category/infrastructure", "kind/native"],
    "license": "Apache-2.0",
    "publisher": "pulumi-lumos",
    "repository": REPOSITORY,
    "homepage": REPOSITORY,
    "logoUrl": LOGO,
    "namespace": "pulumi-lumos",
    "meta": {"moduleFormat": "(.*)", "supportPack": True},
    "language": {
        "python": {"packageName": "pulumi_lumos", "pyproject": {"enabled": True}},
        "nodejs": {"packageName": "@pulumi-lumos/lumos", "respectSchemaVersion": True},
        "go": {
            "importBasePath": "github.com/pulumi-lumos/pulumi-lumos/sdk/go/lumos",
            "respectSchemaVersion": True,
        },
        "csharp": {"respectSchemaVersion": True},
    },
}


def schema(version: str, kinds: Mapping[str, type[Kind]], functions: Iterable[Function]) -> str:
    """The schema as JSON; the same text for the same declarations."""
    settings = {one.key: _setting(one) for one in SETTINGS}
    lifecycles = [kind.lifecycle for kind in kinds.values()]
    whole = {
        **ABOUT,
        "version": version,
        "config": {"variables": settings},
        "provider": {
            "description": "A tenant of Lumos: one company's apps, people and permissions.",
            "inputProperties": {one.key: _argument(one) for one in SETTINGS},
        },
        "types": _types(lifecycle.spec for lifecycle in lifecycles),
        "resources": {packaged_type(one.spec.name): _resource(one) for one in lifecycles},
        "functions": {function_token(one.name): _function(one) for one in functions},
    }
    refer_to_properties(whole)
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _setting(setting: Setting) -> Schema:
    secret: Schema = {"secret": True} if setting.is_token else {}
    default = {"environment": [setting.variable]}
    described = {"description": setting.doc, "defaultInfo": default}
    return {"type": PRIMITIVES[setting.parse], **described, **secret}


def _argument(setting: Setting) -> Schema:
    """A setting as an argument of a provider that a program makes.

    A generated SDK would give what it reads in the environment as an argument, which the state
    keeps. So it does not read the token: the provider does, and the state has nothing of it.
    """
    whole = _setting(setting)
    return {name: whole[name] for name in whole if name != "defaultInfo" or not setting.is_token}


def _types(specs: Iterable[ResourceSpec]) -> Schema:
    found = {
        shape.name: shape
        for spec in specs
        for field in (*spec.fields.values(), *spec.computed.values())
        for shape in shapes_in(field.type)
    }
    return {f"{PACKAGED_PREFIX}{name}": _object(found[name]) for name in sorted(found)}


def _object(shape: ShapeSpec) -> Schema:
    return {
        "type": "object",
        "description": _with_rules(shape, shape.doc),
        "properties": {camel(name): _property(one) for name, one in shape.fields.items()},
        "required": _required(shape.fields),
    }


def _resource(lifecycle: Lifecycle) -> Schema:
    spec = lifecycle.spec
    given = {camel(name): _property(one) for name, one in spec.fields.items()}
    replacing = {camel(n) for n, one in spec.fields.items() if one.marks.replaces}
    inputs = {
        name: {**one, "willReplaceOnChanges": True} if name in replacing else one
        for name, one in given.items()
    }
    return {
        "description": _with_rules(spec.shape, spec.doc),
        "inputProperties": inputs,
        "requiredInputs": _required(spec.fields),
        "properties": {**_remembered(lifecycle), **_computed(spec), **given},
        "required": _required({**spec.fields, **spec.computed}),
    }


def _computed(spec: ResourceSpec) -> Schema:
    computed = {camel(name): _property(one) for name, one in spec.computed.items()}
    groups = {"type": "object", "additionalProperties": {"type": "string"}}
    return {**computed, camel(ALIASES): {**groups, "description": ALIASES_DOC}}


def _remembered(lifecycle: Lifecycle) -> Schema:
    """The outputs that are for the provider alone."""
    return {
        camel(name): {"$ref": ANY, "description": f"Kept for the provider itself. {doc}"}
        for name, doc in lifecycle.remembers.items()
    }


def _required(fields: Mapping[str, FieldSpec]) -> list[str]:
    return sorted(camel(name) for name, field in fields.items() if field.required)


def _property(field: FieldSpec) -> Schema:
    secret: Schema = {"secret": True} if field.marks.secret else {}
    return {**type_of(field.type), "description": " ".join(_sentences(field)), **secret}


def _sentences(field: FieldSpec) -> Iterator[str]:
    marks = field.marks
    yield field.doc
    if choices := _choices(field.type):
        yield f"One of {', '.join(f'`{choice}`' for choice in choices)}."
    if marks.default is not ABSENT and marks.default not in (None, "", []):
        yield f"Without it, Lumos assumes `{json.dumps(marks.default)}`."
    if marks.removed or marks.option:
        yield f"If you remove it, {marks.removed or marks.option}."


def _choices(type: TypeSpec) -> tuple[Any, ...]:
    inner = type.item if isinstance(type, ListOf) else type
    is_choice = isinstance(inner, Scalar) and get_origin(inner.annotation) is Literal
    return get_args(inner.annotation) if isinstance(inner, Scalar) and is_choice else ()


def type_of(type: TypeSpec) -> Schema:
    """A declared type as the schema has it; raises KeyError for one that it has no word for."""
    if isinstance(type, ListOf):
        return {"type": "array", "items": type_of(type.item)}
    if isinstance(type, ShapeSpec):
        return {"$ref": f"#/types/{PACKAGED_PREFIX}{type.name}"}
    if isinstance(type, Json):
        return {"$ref": ANY}
    return _scalar(type.annotation)


def _scalar(annotation: Any) -> Schema:
    if annotation is Any:
        return {"$ref": ANY}
    if get_origin(annotation) is Literal:
        return {"type": PRIMITIVES[type(get_args(annotation)[0])]}
    if get_origin(annotation) is Union:
        return {"oneOf": [_scalar(one) for one in get_args(annotation)]}
    if get_origin(annotation) is dict:
        return {"type": "object", "additionalProperties": _scalar(get_args(annotation)[1])}
    return {"type": PRIMITIVES[annotation]}


def _with_rules(shape: ShapeSpec, doc: str) -> str:
    """A description, with the rules of the declaration below it, and then what only warns."""
    mistakes = shape.rules_about("mistake")
    warnings = shape.rules_about("warning", "change", "answer")
    lists = [
        f"{title}:\n\n" + "\n".join(f"- {rule.doc}" for rule in found)
        for title, found in (("Checked", [*mistakes]), ("Warned of", [*warnings]))
        if found
    ]
    return "\n\n".join([doc, *lists])


def _function(function: Function) -> Schema:
    arguments = {
        camel(name): {"type": "string", "description": doc}
        for name, doc in function.arguments.items()
    }
    outputs = {camel(name): type_of(type) for name, (type, _) in function.outputs.items()}
    always = sorted(camel(name) for name, (_, there) in function.outputs.items() if there)
    return {
        "description": function.doc,
        "inputs": {"type": "object", "properties": arguments},
        "outputs": {"type": "object", "properties": outputs, "required": always},
    }
