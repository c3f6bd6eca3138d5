"""Laws that hold the declarations against the vendor's OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi_lumos.declare.endpoints import Operation
from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.declare.spec import ListOf, ObjectSpec, Reference, ShapeSpec
from pulumi_lumos.values.validation import problems

from .law import object_law
from .vendor import (
    Schema,
    accepts,
    always_answered,
    answered,
    answers,
    compatible,
    created,
    nested,
    operation,
    request,
    updated,
)


def _calls(spec: ObjectSpec) -> dict[str, Operation]:
    names = ("create", "read", "update", "delete", "list")
    return {name: getattr(spec.endpoints, name) for name in names}


@object_law()
def endpoints_exist_with_their_method(spec: ObjectSpec) -> Iterator[str]:
    """Each of the five calls of a kind is in the vendor's document, and its family is one of those
    that the emulator serves: provider/pulumi_lumos/emulator/routes/__init__.py lists them."""
    for name, call in _calls(spec).items():
        if operation(call) is None:
            yield f"{spec.name}.{name}"


@object_law()
def query_parameters_exist(spec: ObjectSpec) -> Iterator[str]:
    """What goes into a query is a parameter that the vendor declares for that call."""
    search = {spec.endpoints.search, spec.endpoints.exact} if spec.endpoints.search else set()
    listed = {spec.listed_by, *search, *spec.endpoints.list_query} - {""}
    for name, call in _calls(spec).items():
        found = {one["name"] for one in (operation(call) or {}).get("parameters", ())}
        desired = set() if name == "delete" else set(spec.endpoints.query)
        for missing in (desired | (listed if name == "list" else set())) - found:
            yield f"{spec.name}.{name}.{missing}"


@object_law()
def fields_are_in_the_schema_of_creation(spec: ObjectSpec) -> Iterator[str]:
    """Every declared field that is sent is in the input schema, with the same type and enum."""
    for pair in created(spec):
        there = pair.property and compatible(pair.field.type, pair.property)
        if not there and not pair.field.marks.option:
            yield pair.token


@object_law()
def fields_of_a_patch_have_the_type_of_the_schema(spec: ObjectSpec) -> Iterator[str]:
    """Every declared field that PATCH knows has the same type and enum there."""
    for pair in updated(spec):
        if pair.property and not compatible(pair.field.type, pair.property):
            yield pair.token


@object_law()
def fields_that_patch_lacks_replace(spec: ObjectSpec) -> Iterator[str]:
    """A field missing from the PATCH schema is marked `replaces`."""
    for pair in updated(spec):
        marks = pair.field.marks
        if pair.property is None and not marks.replaces and not marks.option:
            yield pair.token


@object_law(
    {
        "App.app_class_id": "PUT takes the one that the app has, and refuses any other",
        "RequestablePermission.app_id": "PATCH takes it, but grants and history would move along",
    }
)
def only_fields_that_patch_lacks_replace(spec: ObjectSpec) -> Iterator[str]:
    """Nothing is made anew for a change that Lumos can make in place."""
    for pair in updated(spec):
        if pair.property is not None and pair.field.marks.replaces:
            yield pair.token


@object_law()
def what_every_patch_needs_is_marked(spec: ObjectSpec) -> Iterator[str]:
    """A field that the PATCH schema requires goes along with every change, and no other does.

    A PUT sends all fields anyway.
    """
    for pair in updated(spec) if spec.endpoints.update.method == "PATCH" else ():
        at_the_top = len(pair.path) == 1
        if at_the_top and pair.field.marks.required_by_patch != pair.required:
            yield pair.token


def _default(found: Schema | None) -> Any:
    return None if found is None else found.node.get("default")


@object_law()
def defaults_of_a_patch_are_marked(spec: ObjectSpec) -> Iterator[str]:
    """A field whose PATCH schema declares a default carries the very same one."""
    for pair in updated(spec):
        declared = _default(pair.property)
        if declared is not None and pair.field.marks.default != declared:
            yield pair.token


@object_law()
def marked_defaults_are_those_of_lumos(spec: ObjectSpec) -> Iterator[str]:
    """A field that carries a default has it from a schema of requests or of answers."""
    known: dict[str, list[Any]] = {}
    for pair in [*created(spec), *updated(spec), *answered(spec)]:
        known.setdefault(pair.token, []).append(_default(pair.property))
    for pair in created(spec):
        marked = pair.field.marks.default
        if marked is not ABSENT and marked is not None and marked not in known[pair.token]:
            yield pair.token


@object_law()
def what_clears_a_field_is_accepted(spec: ObjectSpec) -> Iterator[str]:
    """The value that clears a field is one that the PATCH schema takes."""
    within_an_identity = {name for pair in updated(spec) for name in _names_within(pair.field.type)}
    for pair in updated(spec):
        if pair.property is None or pair.field.required or pair.token in within_an_identity:
            continue
        if not pair.field.group and not accepts(pair.property, pair.field.clearing):
            yield pair.token


def _names_within(spec: Any) -> list[str]:
    """The fields of an object that is replaced as a whole, so never cleared one by one."""
    inner = spec.item if isinstance(spec, ListOf) else spec
    if isinstance(inner, Reference):
        return [f"{inner.name}.{name}" for name in inner.fields]
    return []


NOT_COVERED = {
    "RequestApprovalConfig.request_approval_stages": "deprecated by the vendor",
}


@object_law(NOT_COVERED)
def what_lumos_takes_is_declared(spec: ObjectSpec) -> Iterator[str]:
    """Every property of the input schemas is a declared field."""
    for call in (spec.endpoints.create, spec.endpoints.update):
        body = request(call)
        yield from _undeclared(spec.shape, body.properties)


def _undeclared(shape: ShapeSpec, at: dict[str, Schema]) -> Iterator[str]:
    for name in at:
        if name not in shape.fields:
            yield f"{shape.name}.{name}"
    for name, one in shape.fields.items():
        inner = nested(one.type, at.get(name))
        if inner:
            yield from _undeclared(inner[0], inner[1])


@object_law(
    {
        "GroupRef.app_id": "Lumos finds a group by either id only within the app that owns it",
        "PermissionRef.id": "the only property, so nothing else could name a permission",
    }
)
def required_fields_are_required_by_lumos(spec: ObjectSpec) -> Iterator[str]:
    """A program must give what Lumos requires at creation, and nothing else."""
    for pair in created(spec):
        if pair.field.required != pair.required and not pair.field.marks.option:
            yield pair.token


@object_law()
def lengths_are_checked(spec: ObjectSpec) -> Iterator[str]:
    """A text longer than the schema allows is a problem before Lumos is asked."""
    for pair in created(spec):
        limit = pair.property.node.get("maxLength") if pair.property else None
        if limit is not None:
            *above, name = pair.path
            value: Any = {name: "https://" + "x" * limit}
            for step in reversed(above):
                value = {step: value}
            if ".".join(pair.path) not in dict(problems(spec.shape, value)):
                yield pair.token


@object_law()
def given_fields_are_answered(spec: ObjectSpec) -> Iterator[str]:
    """Every field that is sent comes back, or drift could not be seen."""
    for pair in answered(spec):
        there = pair.property and compatible(pair.field.type, pair.property)
        by_the_address = pair.path == (spec.id,)
        marks = pair.field.marks
        if not there and not by_the_address and not marks.option and not marks.write_only:
            yield pair.token


@object_law()
def what_is_write_only_is_never_answered(spec: ObjectSpec) -> Iterator[str]:
    """A field that only the state knows is in no answer, or its drift could be seen."""
    for pair in answered(spec):
        if pair.field.marks.write_only and pair.property:
            yield pair.token


@object_law()
def what_connects_goes_by_the_call_for_it(spec: ObjectSpec) -> Iterator[str]:
    """A field that connects is in the schema of `connect`, which such a kind has."""
    connect = spec.endpoints.connect
    known = request(connect).properties if connect else {}
    for name, one in spec.fields.items():
        if one.marks.connects and name not in known:
            yield f"{spec.name}.{name}"


@object_law()
def computed_fields_are_answered(spec: ObjectSpec) -> Iterator[str]:
    """Every computed field is in an output schema, where its mark says, with the same type."""
    for name, one in spec.computed.items():
        found: Schema | None = Schema({"properties": _nodes(answers(spec))}, False)
        for step in (one.marks.at or name).split("."):
            found = found.properties.get(step) if found else None
        if found is None or not compatible(one.type, found, open_enum=True):
            yield f"{spec.name}.{name}"


@object_law()
def outputs_that_are_always_there_are_those_that_lumos_always_answers(
    spec: ObjectSpec,
) -> Iterator[str]:
    """A computed field may be None exactly where an answer may leave it out or null."""
    for name, one in spec.computed.items():
        node = {"properties": _nodes(answers(spec)), "required": [*always_answered(spec)]}
        found, always = Schema(node, False), True
        for step in (one.marks.at or name).split("."):
            always = always and step in found.required and not found.properties[step].nullable
            found = found.properties[step]
        if always != one.required:
            yield f"{spec.name}.{name}"


def _nodes(properties: dict[str, Schema]) -> dict[str, Any]:
    return {name: found.node for name, found in properties.items()}


@object_law(
    {
        "AppStoreApp.sync_status": "changes by itself with every sync, which is no drift",
        "AppStoreApp.custom_attributes": "answered only on demand, and belongs to the app itself",
        "AppStoreApp.allow_multiple_permission_selection": "the vendor will remove it here",
        "App.sync_status": "changes by itself with every sync, which is no drift",
        "App.custom_attributes": "answered only on demand",
        "App.allow_multiple_permission_selection": "the vendor will remove it here",
    }
)
def what_lumos_answers_is_an_output(spec: ObjectSpec) -> Iterator[str]:
    """Every property of an answer is a field, given or computed, in whole or in part.

    The id is that of the resource.
    """
    shown = {(one.marks.at or name).split(".")[0] for name, one in spec.computed.items()}
    for name in answers(spec).keys() - {"id"}:
        if name not in shown and name not in spec.fields:
            yield f"{spec.name}.{name}"
