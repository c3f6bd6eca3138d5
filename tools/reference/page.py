"""One resource's declaration as a page of Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from pulumi_lumos.declare.docs import field_doc
from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.spec import (
    FieldSpec,
    Json,
    ListOf,
    ObjectSpec,
    Reference,
    ResourceSpec,
    Scalar,
    ShapeSpec,
    TypeSpec,
)
from pulumi_lumos.export.inputs import SAID_BY_THE_APP
from pulumi_lumos.program.resource import LumosResource
from pulumi_lumos.values.identity import ALIASES

HEADER = "| Field | Type | Meaning | Default | If you remove it |\n|---|---|---|---|---|"


def page(kind: type[LumosResource], example: str, gotchas: str) -> str:
    """The whole page: example, arguments, nested shapes, rules, outputs, adoption, gotchas."""
    spec = kind.spec
    copies = not isinstance(spec, ObjectSpec)
    parts = [
        f"# {spec.name}",
        spec.doc,
        "## Example",
        f"```python\n{example}```",
        "## Arguments",
        "A resource also takes its name and `opts`. A program manages only the fields that it "
        "gives ([what is managed](../concepts.md#fields)). *Default*: what Lumos has in a new "
        "object if you leave the field out. *If you remove it*: what Lumos gets, or what happens, "
        "when the program no longer gives the field.",
        table(spec.shape, copies),
        *rules(spec.shape),
    ]
    for shape in shapes(spec.shape):
        parts += [f"### {shape.name}", shape.doc, table(shape, copies), *rules(shape)]
    parts += [
        "## Outputs",
        "All arguments, and what only Lumos sets:",
        outputs(kind),
        "The state may also hold values that only the provider reads:",
        remembered(kind),
        *adoption(spec),
        "## Good to know",
        gotchas.strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(shape: ShapeSpec, copies: bool) -> str:
    """The fields of one object, a line each; some are copied from another one if left out."""
    lines = [
        f"| `{field.name}`{' (required)' if field.required else ''} | {kind(field.type)} "
        f"| {meaning(field)} | {default(shape, field, copies)} | {removed(shape, field)} |"
        for field in shape.fields.values()
    ]
    return "\n".join([HEADER, *lines])


def kind(spec: TypeSpec) -> str:
    """A type, with a link to the shape it is made of."""
    inner = spec.item if isinstance(spec, ListOf) else spec
    words = describe(spec).replace("|", "\\|")
    if not isinstance(inner, ShapeSpec):
        return words
    return words.replace(inner.name, f"[{inner.name}](#{inner.name.lower()})")


def describe(spec: TypeSpec) -> str:
    """A type in words: `string`, `list of GroupRef`, `"A" or "B"`."""
    if isinstance(spec, ListOf):
        return f"list of {describe(spec.item)}"
    if isinstance(spec, ShapeSpec):
        return spec.name
    if isinstance(spec, Json):
        return "object of JSON"
    if get_origin(spec.annotation) is Literal:
        return " or ".join(f'"{choice}"' for choice in get_args(spec.annotation))
    names: Mapping[Any, str] = {str: "string", bool: "boolean", int: "number", float: "number"}
    if get_origin(spec.annotation) is Union:
        return " or ".join(describe(Scalar(member)) for member in get_args(spec.annotation))
    return names.get(spec.annotation, str(spec.annotation))


def meaning(field: FieldSpec) -> str:
    """What a field means, and what is special about it."""
    notes = [field.doc]
    notes += ["A change replaces the resource."] if field.marks.replaces else []
    notes += ["The order does not matter."] if field.marks.unordered else []
    notes += ["Kept encrypted in the state."] if field.marks.secret else []
    return " ".join(notes).replace("|", "\\|")


def default(shape: ShapeSpec, field: FieldSpec, copies: bool) -> str:
    """What a new object has where the program gives nothing.

    That is the declared default, else what clearing the field brings back.
    """
    if field.required or is_naming(shape, field):
        return ""
    if copies and not is_of_this_provider(field):
        return "as the source has it"
    if field.marks.option:
        return value(default_option(field.type))
    if field.name in SAID_BY_THE_APP:
        return "as the app has it"
    if field.group:
        return "each field's own"
    declared = field.marks.default
    return value(field.clearing if declared in (ABSENT, None) else declared)


def is_of_this_provider(field: FieldSpec) -> bool:
    """Whether a field steers this provider alone, and has a counterpart in no object of Lumos."""
    return bool(field.marks.option) and field.name in ("adopt", "wait_for_sync", "deletion_policy")


def default_option(spec: TypeSpec) -> Any:
    """What this provider does where an option is left out: the first of the choices, or nothing."""
    annotation = getattr(spec, "annotation", None)
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    return False if bool in get_args(annotation) else None


def value(of: Any) -> str:
    """A value as a program writes it; none is what Lumos calls null."""
    return "none" if of is None else f"`{of!r}`" if isinstance(of, bool) else f"`{json.dumps(of)}`"


def is_naming(shape: ShapeSpec, field: FieldSpec) -> bool:
    """Whether a field says which object is meant, and stands for nothing by itself."""
    return isinstance(shape, Reference) and field.name in shape.naming


def removed(shape: ShapeSpec, field: FieldSpec) -> str:
    """What clearing sends, or what happens instead."""
    if field.required:
        return "must be given"
    if is_naming(shape, field):
        return "cleared with the whole reference"
    if field.marks.option:
        return field.marks.option
    if field.marks.write_only:
        return "nothing changes in Lumos"
    if field.marks.replaces:
        return "a new object has none"
    if field.group:
        return "each field that was given"
    return value(field.clearing)


def rules(shape: ShapeSpec) -> list[str]:
    """What is checked over several fields, and what people are warned of."""
    mistakes = list(shape.rules_about("mistake"))
    warnings = list(shape.rules_about("warning", "change", "answer"))
    return [
        f"{title}:\n\n" + "\n".join(f"- {rule.doc}" for rule in found)
        for title, found in (("Checked", mistakes), ("Warned of", warnings))
        if found
    ]


def outputs(kind: type[LumosResource]) -> str:
    """What a program can read beside the arguments, a line each."""
    spec, id = kind.spec, "ID of the object in Lumos."
    if not isinstance(spec, ObjectSpec):
        id = f"ID of the `{spec.key[0]}` that was given."
    elif spec.id:
        id = f"The same as `{spec.id}`."
    lines = [
        f"| `id` | string | {id} |",
        *(f"| `{f.name}` | {describe(f.type)} | {f.doc} |" for f in kind.spec.computed.values()),
        f"| `{ALIASES}` | map of strings | {field_doc(LumosResource, ALIASES)} |",
    ]
    return "\n".join(["| Output | Type | Meaning |\n|---|---|---|", *lines])


def remembered(kind: type[LumosResource]) -> str:
    """What only the kind's own life reads, a line each."""
    return "\n".join(f"- `{name}`: {doc}" for name, doc in kind.lifecycle.remembers.items())


def adoption(spec: ResourceSpec) -> list[str]:
    """How an object that exists is taken over, where that can be."""
    if "adopt" not in spec.fields:
        return []
    doc = spec.fields["adopt"].doc
    key = " and ".join(f"`{name}`" for name in spec.key)
    told = [f"The key is {key}."] if isinstance(spec, ObjectSpec) else []
    more = (
        "Without it, such an object is an error. [Adoption](../concepts.md#adoption) has the rest."
    )
    return ["## Adoption", " ".join([f"`adopt`: {doc[0].lower()}{doc[1:]}", *told, more])]


def shapes(shape: ShapeSpec) -> list[ShapeSpec]:
    """The nested shapes below a shape, each once, in the order of reading."""
    return list({nested.name: nested for nested in _nested(shape)}.values())


def _nested(shape: ShapeSpec) -> Iterator[ShapeSpec]:
    for field in shape.fields.values():
        inner = field.type.item if isinstance(field.type, ListOf) else field.type
        if isinstance(inner, ShapeSpec):
            yield inner
            yield from _nested(inner)
