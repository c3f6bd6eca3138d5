"""Validation of types, by pydantic's core.

The program and each host process build this anew in every run, so it takes pydantic's core by
itself: models of pydantic take some 70 ms more, of which they give nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from pulumi_lumos.declare.spec import (
    FieldSpec,
    Json,
    ListOf,
    Problem,
    Reference,
    Scalar,
    ShapeSpec,
    TypeSpec,
    Values,
)
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.similar import did_you_mean

from .paths import joined


def type_problems(shape: ShapeSpec, values: Values) -> Iterator[Problem]:
    """Every value of a wrong type, field that is missing and name that is no field's."""
    try:
        _validator(_Key(shape)).validate_python(values, strict=True)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_input=False):
            path = _path(item["loc"])
            of_whole = _advice_for_whole(shape, values, item["loc"])
            yield path, of_whole or _sentence(shape, item["type"], item["loc"], item["msg"])


class _Key:
    """Lets a shape, which holds dicts, be the key of a cache: each shape exists once."""

    def __init__(self, shape: ShapeSpec) -> None:
        self.shape = shape

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.shape is self.shape

    def __hash__(self) -> int:
        return id(self.shape)


@cache
def _validator(key: _Key) -> SchemaValidator:
    return SchemaValidator(_shape_schema(key))


@cache
def _shape_schema(key: _Key) -> CoreSchema:
    fields = {
        name: core_schema.typed_dict_field(_field_schema(field, key.shape), required=field.required)
        for name, field in key.shape.fields.items()
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


def _field_schema(field: FieldSpec, shape: ShapeSpec) -> CoreSchema:
    schema = _known_or(_schema(field.type))
    if not field.required:
        return core_schema.nullable_schema(schema)
    if field.marks.refers_to or (isinstance(shape, Reference) and shape.refers_to):
        return _known_or(core_schema.str_schema(min_length=1))
    return schema


def _schema(spec: TypeSpec) -> CoreSchema:
    if isinstance(spec, ListOf):
        return core_schema.list_schema(_known_or(_schema(spec.item)))
    if isinstance(spec, ShapeSpec):
        return _shape_schema(_Key(spec))
    if isinstance(spec, Json):
        return core_schema.custom_error_schema(
            core_schema.dict_schema(),
            "json_object",
            custom_error_message="Input should be an object, not a text of JSON or a list",
        )
    return _scalar_schema(spec.annotation)


def _scalar_schema(annotation: Any) -> CoreSchema:
    if get_origin(annotation) is Literal:
        return core_schema.literal_schema(list(get_args(annotation)))
    if get_origin(annotation) is Union:
        # Without an error of its own, each member would complain, at a path that names it.
        members = get_args(annotation)
        # A text with half of a character is a text all the same; `text_problems` names it.
        texts = {str: core_schema.str_schema()}
        return core_schema.union_schema(
            [texts.get(one) or _scalar_schema(one) for one in members],
            custom_error_type="no_member",
            custom_error_message=f"Input should be {', or '.join(map(words_of, members))}",
        )
    return _SCALARS[annotation]()


def words_of(member: Any) -> str:
    """Say what a value of a type is; raises TypeError for a type that no union has so far."""
    if member not in WORDS:
        raise TypeError(f"a union of {member!r} has no words for people yet: add them to WORDS")
    return WORDS[member]


WORDS: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}
"""What a value of a type is, in words of every language."""
_SHOULD_BE = {
    "string_type": WORDS[str],
    "bool_type": WORDS[bool],
    "int_type": WORDS[int],
    "float_type": WORDS[float],
    "list_type": "a list",
    "dict_type": "an object",
}
"""What a value should be, by what pydantic calls the mistake."""
_SCALARS: dict[type, Callable[[], CoreSchema]] = {
    # With a bound, pydantic looks at the characters, and finds half ones, which no request holds.
    str: lambda: core_schema.str_schema(min_length=0),
    bool: core_schema.bool_schema,
    int: core_schema.int_schema,
    float: core_schema.float_schema,
}


def _known_or(schema: CoreSchema) -> CoreSchema:
    return core_schema.no_info_wrap_validator_function(_pass_unknown, schema)


def _pass_unknown(value: Any, validate: Callable[[Any], Any]) -> Any:
    return value if value is UNKNOWN else validate(value)


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path = f"{path}[{step}]" if isinstance(step, int) else joined(path, step)
    return path


def _sentence(shape: ShapeSpec, kind: str, location: tuple[int | str, ...], message: str) -> str:
    name = str(location[-1])
    if kind == "extra_forbidden":
        fields = _names_at(shape, location[:-1])
        advice = did_you_mean(name, fields, "see the resource's page for its fields")
        return f"there is no field {name} here; {advice}"
    if kind == "missing":
        return "is required"
    if kind == "string_unicode":
        return "holds half of a character (a lone surrogate)"
    if kind == "string_too_short":
        return "must not be empty"
    if kind in _SHOULD_BE:
        return f"should be {_SHOULD_BE[kind]}"
    return message.replace("Input should", "should")


def _advice_for_whole(
    shape: ShapeSpec, values: Values, location: tuple[int | str, ...]
) -> str | None:
    """What to give where a program gives a whole object for its id, or the result of a lookup."""
    value: Any = values
    for step in location:
        found = isinstance(value, list) or (isinstance(value, dict) and step in value)
        value = value[step] if found else None
    spec = _spec_at(shape, location)
    if isinstance(value, dict) and "id" in value and _takes_a_text(spec):
        return "should be a text, and this is a whole object; give its .id, or another text of it"
    return advice_for_result(value, spec)


def advice_for_result(value: Any, spec: TypeSpec | None) -> str | None:
    """What to give in place of the whole result of a lookup; None for any other value."""
    if not is_dataclass(value):
        return None
    names = {field.name for field in fields(value)}
    first = f"this is a {type(value).__name__}; give "
    if isinstance(spec, Reference):
        needed = [name for name, field in spec.fields.items() if field.required]
        wanted = dict.fromkeys([*needed, *spec.identity[0]])
        if wanted.keys() <= names:
            return first + "{" + ", ".join(f'"{name}": it.{name}' for name in wanted) + "}"
    return f"{first}its .id" if isinstance(spec, Scalar) and "id" in names else None


def _takes_a_text(spec: TypeSpec) -> bool:
    """Whether a text may stand there, as an id does."""
    return isinstance(spec, Scalar) and str in (spec.annotation, *get_args(spec.annotation))


def _names_at(shape: ShapeSpec, location: tuple[int | str, ...]) -> list[str]:
    spec = _spec_at(shape, location)
    return list(spec.fields) if isinstance(spec, ShapeSpec) else []


def _spec_at(shape: ShapeSpec, location: tuple[int | str, ...]) -> TypeSpec:
    spec: TypeSpec = shape
    for step in location:
        if isinstance(spec, ListOf):
            spec = spec.item
        elif isinstance(spec, ShapeSpec) and step in spec.fields:
            spec = spec.fields[str(step)].type
    return spec
