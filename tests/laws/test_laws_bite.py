"""Every law finds a declaration that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal, TypeVar

import pytest
from pulumi_lumos.declare.endpoints import Operation
from pulumi_lumos.declare.fields import Collection
from pulumi_lumos.declare.reading import shape_spec
from pulumi_lumos.declare.spec import (
    FieldSpec,
    ListOf,
    ObjectSpec,
    Problem,
    Reference,
    Rule,
    Scalar,
    ShapeSpec,
)
from pulumi_lumos.kinds.shapes import GroupRef

from . import against_lumos, declarations
from .law import LAWS, OBJECTS

assert against_lumos and declarations, "imported for the laws that they enter"

S = TypeVar("S", bound=ShapeSpec)

PERMISSION = OBJECTS["RequestablePermission"]
APP = OBJECTS["AppStoreApp"]


def _in_shape(shape: S, path: list[str], change: Any) -> S:
    """A shape with one field exchanged by `change`; a field changed to None is taken out."""
    name, *below = path
    one = shape.fields[name]
    if below:
        assert isinstance(one.type, ShapeSpec)
        changed = replace(one, type=_in_shape(one.type, below, change))
    else:
        changed = change(one)
    fields = {**shape.fields, name: changed}
    return replace(shape, fields={key: value for key, value in fields.items() if value})


def given(
    path: str, change: Callable[[FieldSpec], FieldSpec | None], spec: ObjectSpec = PERMISSION
) -> ObjectSpec:
    """A kind that declares one field in another way."""
    return replace(spec, shape=_in_shape(spec.shape, path.split("."), change))


def marked(path: str, spec: ObjectSpec = PERMISSION, **marks: Any) -> ObjectSpec:
    """A kind with other marks at one field."""
    return given(path, lambda one: replace(one, marks=replace(one.marks, **marks)), spec)


def typed(path: str, type: Any, spec: ObjectSpec = PERMISSION) -> ObjectSpec:
    """A kind with another type of one field."""
    return given(path, lambda one: replace(one, type=type), spec)


def renamed(old: str, new: str) -> ObjectSpec:
    """A kind with another name of one field."""
    fields = {new if name == old else name: one for name, one in PERMISSION.fields.items()}
    return replace(PERMISSION, shape=replace(PERMISSION.shape, fields=fields))


def ruled(rule: Rule) -> ObjectSpec:
    return replace(PERMISSION, shape=replace(PERMISSION.shape, rules=[rule]))


def changed_by(call: Operation) -> ObjectSpec:
    """A kind with another address of its changes."""
    return replace(PERMISSION, endpoints=replace(PERMISSION.endpoints, update=call))


def _complain(label: Any) -> Iterator[Problem]:
    yield "label", "is never right"


class Undescribed:
    """A shape whose field has no sentence below it."""

    manual_instructions: str
    """what the admin has to do"""


VISIBILITY = "request_config.appstore_visibility"
GROUP = "request_config.request_fulfillment_config.provisioning_group"
INSTRUCTIONS = "request_config.request_fulfillment_config.manual_instructions"
GROUP_REF = shape_spec(GroupRef)
COMPUTED = PERMISSION.computed["type"]

WRONG: dict[str, ObjectSpec] = {
    "endpoints_exist_with_their_method": changed_by(
        Operation("PUT", "/appstore/requestable_permissions/{id}")
    ),
    "query_parameters_exist": replace(
        PERMISSION, endpoints=replace(PERMISSION.endpoints, query={"inherited": "false"})
    ),
    "fields_are_in_the_schema_of_creation": typed(VISIBILITY, Scalar(Literal["HIDDEN", "SHOWN"])),
    "fields_of_a_patch_have_the_type_of_the_schema": typed("label", Scalar(bool)),
    "fields_that_patch_lacks_replace": marked(GROUP, replaces=False),
    "only_fields_that_patch_lacks_replace": marked("label", replaces=True),
    "what_every_patch_needs_is_marked": marked("label", required_by_patch=True),
    "defaults_of_a_patch_are_marked": marked(VISIBILITY, default=None),
    "marked_defaults_are_those_of_lumos": marked(VISIBILITY, default="VISIBLE"),
    "what_clears_a_field_is_accepted": marked(INSTRUCTIONS, reset=False),
    "what_lumos_takes_is_declared": given(INSTRUCTIONS, lambda one: None),
    "required_fields_are_required_by_lumos": given(
        "label", lambda one: replace(one, required=False)
    ),
    "lengths_are_checked": replace(APP, shape=replace(APP.shape, rules=[])),
    "given_fields_are_answered": renamed("label", "name"),
    "what_is_write_only_is_never_answered": marked("label", write_only=True),
    "what_connects_goes_by_the_call_for_it": marked("label", connects=True),
    "computed_fields_are_answered": replace(PERMISSION, computed={"kind": COMPUTED}),
    "outputs_that_are_always_there_are_those_that_lumos_always_answers": replace(
        PERMISSION, computed={"type": replace(COMPUTED, required=True)}
    ),
    "what_lumos_answers_is_an_output": replace(PERMISSION, computed={}),
    "descriptions_are_sentences": given(INSTRUCTIONS, lambda one: replace(one, owner=Undescribed)),
    "no_field_shadows_an_attribute_of_pulumi": renamed("label", "urn"),
    "outputs_have_names_that_no_input_has": replace(PERMISSION, computed={"label": COMPUTED}),
    "rules_have_docs_and_read_declared_fields": ruled(Rule("Names.", ("name",), _complain)),
    "rules_are_content_with_nothing": ruled(Rule("Labels.", ("label",), _complain)),
    "the_key_and_the_id_are_required_fields": replace(PERMISSION, key=("app_class_id",)),
    "identities_name_fields": typed(
        GROUP, Reference("GroupRef", "", GROUP_REF.fields, identity=(("name",),))
    ),
    "only_lists_are_unordered": marked("label", unordered=True),
    "required_fields_have_no_default": marked("label", default="None"),
    "every_kind_is_exported": replace(PERMISSION, listed_by="label"),
    "everything_that_is_pointed_at_can_be_looked_up": marked(
        "app_id", refers_to=Collection("robot", "/robots")
    ),
}


@pytest.mark.parametrize("name", LAWS)
def test_a_law_finds_what_breaks_it(name: str) -> None:
    law = LAWS[name]
    assert set(law.broken(WRONG[name])) - set(law.waivers)


def test_a_list_of_another_type_is_no_list_of_the_vendor() -> None:
    broken = LAWS["fields_are_in_the_schema_of_creation"].broken
    path = "request_config.request_fulfillment_config.time_based_access"
    assert set(broken(typed(path, ListOf(Scalar(bool))))) == {
        "RequestFulfillmentConfig.time_based_access"
    }
