"""Laws that a declaration can be held to by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pulumi
from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.spec import ListOf, ObjectSpec, Reference, ResourceSpec, shapes_in
from pulumi_lumos.export.references import LOOKUPS
from pulumi_lumos.export.tenant import exported_kinds
from pulumi_lumos.values.identity import ALIASES

from .law import declared, law, object_law

SENTENCE = re.compile(r"^[A-Z`\"].*\.$", re.DOTALL)
PULUMI_OWN = {
    *dir(pulumi.dynamic.Resource),
    "id",
    "urn",
    "resource_name",
    "opts",
    "props",
    "__provider",
}


@law()
def descriptions_are_sentences(spec: ResourceSpec) -> Iterator[str]:
    """A description begins with a capital letter and ends with a full stop."""
    if not SENTENCE.match(spec.doc):
        yield spec.name
    for shape in shapes_in(spec.shape):
        if not SENTENCE.match(shape.doc):
            yield shape.name
    for token, field in declared(spec):
        if not SENTENCE.match(field.doc):
            yield token


@law()
def no_field_shadows_an_attribute_of_pulumi(spec: ResourceSpec) -> Iterator[str]:
    """What Pulumi calls by a name is not called by it again."""
    for name in (*spec.fields, *spec.computed):
        if name in PULUMI_OWN or name == ALIASES:
            yield f"{spec.name}.{name}"


@law()
def outputs_have_names_that_no_input_has(spec: ResourceSpec) -> Iterator[str]:
    """Diff gets the previous outputs, so an input must not be found among the computed ones."""
    for name in set(spec.fields) & set(spec.computed):
        yield f"{spec.name}.{name}"


@law()
def rules_have_docs_and_read_declared_fields(spec: ResourceSpec) -> Iterator[str]:
    """A rule is a sentence on the reference page about fields that are there."""
    for shape in shapes_in(spec.shape):
        for rule in shape.rules:
            fits = set(rule.reads) <= set(shape.fields) and rule.reads
            if not fits or not SENTENCE.match(rule.doc):
                yield f"{shape.name}: {rule.doc}"


@law(
    {
        "AccessPolicy: Give exactly one of `access_condition` and `is_everyone_condition=True`.": (
            "Lumos demands one of the two"
        ),
        "App: A custom app, which has no `app_class_id`, needs a `name`, a `category` and a "
        "`description`.": "Lumos demands all three",
    }
)
def rules_are_content_with_nothing(spec: ResourceSpec) -> Iterator[str]:
    """What a program leaves out is never wrong by a rule, except where an object is named."""
    for shape in shapes_in(spec.shape):
        for rule in shape.rules_about("mistake"):
            if not isinstance(shape, Reference) and list(rule.check(*[None for _ in rule.reads])):
                yield f"{shape.name}: {rule.doc}"


@law()
def the_key_and_the_id_are_required_fields(spec: ResourceSpec) -> Iterator[str]:
    """What names an object is given by every program, or else other fields name it."""
    id = spec.id if isinstance(spec, ObjectSpec) else ""
    for name in filter(None, (*spec.key, *spec.else_key, id)):
        is_given = name in spec.fields and (spec.fields[name].required or bool(spec.else_key))
        if not is_given:
            yield f"{spec.name}.{name}"


@law()
def identities_name_fields(spec: ResourceSpec) -> Iterator[str]:
    """An object is told by fields that it has."""
    for shape in shapes_in(spec.shape):
        naming = shape.naming if isinstance(shape, Reference) else ()
        yield from (f"{shape.name}.{name}" for name in naming if name not in shape.fields)


@law()
def only_lists_are_unordered(spec: ResourceSpec) -> Iterator[str]:
    """The mark `unordered` stands at lists."""
    for token, field in declared(spec):
        if field.marks.unordered and not isinstance(field.type, ListOf):
            yield token


@law()
def required_fields_have_no_default(spec: ResourceSpec) -> Iterator[str]:
    """A default that no program can reach is a mistake."""
    for token, field in declared(spec):
        if field.required and field.marks.default is not ABSENT:
            yield token


@object_law()
def every_kind_is_exported(spec: ObjectSpec) -> Iterator[str]:
    """An export finds the objects of a kind by their app and can adopt them."""
    exported = {lifecycle.spec.name for lifecycle in exported_kinds()}
    if spec.name not in exported or spec.listed_by not in ("app_id", ""):
        yield spec.name


@law()
def everything_that_is_pointed_at_can_be_looked_up(spec: ResourceSpec) -> Iterator[str]:
    """An export writes a lookup in place of every id."""
    for token, field in declared(spec):
        if field.marks.refers_to and field.marks.refers_to.path not in LOOKUPS:
            yield token
    for shape in shapes_in(spec.shape):
        refers_to = shape.refers_to if isinstance(shape, Reference) else None
        if refers_to and refers_to.path not in LOOKUPS:
            yield shape.name
