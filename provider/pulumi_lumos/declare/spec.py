"""What a declaration says, as plain data: every layer below the resources works on these."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from .docs import field_doc
from .endpoints import Endpoints
from .fields import ABSENT, Collection, Marks
from .flow import Answer, Inputs, State

Values = dict[str, Any]
"""The fields of one object by name, in Lumos's own spelling."""

Problem = tuple[str, str]
"""A property path and the sentence that says what is wrong there."""


@dataclass(frozen=True)
class Scalar:
    """A string, boolean or number; `annotation` is the Python type that pydantic checks."""

    annotation: Any


@dataclass(frozen=True)
class Json:
    """A free object of JSON, such as a condition. The order of its keys has no meaning.

    Stands in an annotation: `Annotated[Mapping[str, Any], Json(...)]`.

    sets: the keys whose lists are sets, so that their order has no meaning either.
    """

    sets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ListOf:
    """A list of one kind of item."""

    item: TypeSpec


RuleAbout = Literal["mistake", "warning", "change", "answer"]


@dataclass(frozen=True)
class Rule:
    """A rule over several fields of one shape, with the sentence the reference page prints.

    `check` takes the named fields (None where absent) and yields problems, with paths relative
    to the shape. It is not asked while one of the fields is unknown.

    about: what breaking the rule means. "mistake": the program is refused. "warning": people are
        told when they begin to say it. "change": the same, of an object that is there already.
        "answer": the host warns when Lumos answers so.
    """

    doc: str
    reads: tuple[str, ...]
    check: Callable[..., Iterator[Problem]]
    about: RuleAbout = "mistake"


@dataclass(frozen=True)
class ShapeSpec:
    """An object with named fields: a `FieldGroup`, a `Reference` or an `Item`."""

    name: str
    doc: str
    fields: Mapping[str, FieldSpec]
    rules: Sequence[Rule] = ()

    def rules_about(self, *about: RuleAbout) -> Iterator[Rule]:
        """The rules of some sorts, see `Rule`."""
        return (rule for rule in self.rules if rule.about in about)


@dataclass(frozen=True)
class FieldGroup(ShapeSpec):
    """A group of fields that is no value as a whole: each field is compared and sent by itself."""


@dataclass(frozen=True)
class Reference(ShapeSpec):
    """Another object of Lumos, which its identity alone tells from others.

    identity: the ways to tell that two objects are the same one, each a set of field names of
        which all must be equal; the first is the identity that Lumos itself uses.
    refers_to: where the objects are that this one points at.
    """

    identity: tuple[tuple[str, ...], ...] = ()
    refers_to: Collection | None = None

    @cached_property
    def naming(self) -> frozenset[str]:
        """The fields that say which object is meant."""
        return frozenset(name for way in self.identity for name in way)


@dataclass(frozen=True)
class Item(Reference):
    """A reference with fields of its own: it names an object, and says something of it here.

    In a list, an item is found by its identity, and its own fields are compared and sent.
    """

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The fields that do not say which object is meant."""
        return tuple(name for name in self.fields if name not in self.naming)

    @cached_property
    def own_fields(self) -> Mapping[str, FieldSpec]:
        """The declarations of those fields."""
        return {name: self.fields[name] for name in self.own}


TypeSpec = Scalar | Json | ListOf | ShapeSpec


def shapes_in(type: TypeSpec) -> Iterator[ShapeSpec]:
    """A shape and all shapes within it; of a list, those of its items."""
    if isinstance(type, ListOf):
        yield from shapes_in(type.item)
    elif isinstance(type, ShapeSpec):
        yield type
        for field in type.fields.values():
            yield from shapes_in(field.type)


@dataclass(frozen=True)
class FieldSpec:
    """One field: its name, type and marks, and the kind or shape that declares it.

    required: whether it must be given; of a computed field, whether it is always there.
    """

    name: str
    type: TypeSpec
    marks: Marks
    required: bool
    owner: builtins.type

    @property
    def doc(self) -> str:
        """The sentence that says what it means."""
        return field_doc(self.owner, self.name)

    @property
    def group(self) -> FieldGroup | None:
        """The fields behind this one, where it is a mere group of them and no value as a whole."""
        return self.type if isinstance(self.type, FieldGroup) else None

    @property
    def clearing(self) -> Any:
        """The value that clears the field; a list is cleared by an empty list."""
        if isinstance(self.type, ListOf) and self.marks.reset is ABSENT:
            return []
        return self.marks.cleared


@dataclass(frozen=True)
class ResourceSpec:
    """One kind of resource.

    shape: what the program gives. computed: what only Lumos sets.
    key: the fields that together name a resource for people (its natural key).
    else_key: the fields that name one where the program does not give all of `key`; empty where it
        always does.
    """

    name: str
    doc: str
    shape: FieldGroup
    computed: Mapping[str, FieldSpec]
    key: tuple[str, ...]
    else_key: tuple[str, ...]

    def key_of(self, values: Mapping[str, Any]) -> Values:
        """The fields that name the object of these inputs, with their values; None if not given."""
        has_key = all(values.get(name) is not None for name in self.key)
        names = self.key if has_key or not self.else_key else self.else_key
        return {name: values.get(name) for name in names}

    @property
    def fields(self) -> Mapping[str, FieldSpec]:
        """The fields the program gives."""
        return self.shape.fields

    def sent(self, inputs: Inputs) -> Inputs:
        """The inputs that are sent to Lumos."""
        fields = self.fields
        return Inputs(
            {
                name: value
                for name, value in inputs.items()
                if name in fields and not fields[name].marks.option
            }
        )

    def inputs(self, state: State) -> Inputs:
        """The outputs that the program gave as inputs."""
        return Inputs({name: value for name, value in state.items() if name in self.fields})


@dataclass(frozen=True)
class ObjectSpec(ResourceSpec):
    """One kind of resource that is one object of Lumos each.

    listed_by: the field by which objects are listed together, which is also the name of the list's
        filter; "" where one list has them all.
    id: the field that is the object's id, where the program gives it; else Lumos gives an id.
    gone: the property of an answer that is true of an object that Lumos keeps and that counts as
        gone, such as an app that was disconnected.
    """

    endpoints: Endpoints
    listed_by: str
    id: str = ""
    gone: str = ""

    def is_gone(self, answer: Answer) -> bool:
        """Whether an object that Lumos answers counts as gone."""
        return bool(self.gone) and bool(answer.get(self.gone))

    def in_own_names(self, answer: Values) -> Answer:
        """An answer that has each field under its own name too."""
        names = {
            name: field.marks.answered_as
            for name, field in self.fields.items()
            if field.marks.answered_as in answer
        }
        return Answer({**answer, **{name: answer[names[name]] for name in names}})

    def list_query(self, values: Values) -> dict[str, str]:
        """The query of the list that has an object of these values."""
        scope = {self.listed_by: str(values[self.listed_by])} if self.listed_by else {}
        return {**scope, **self.endpoints.list_query}
