"""What a declaration says, as plain data: every layer below the resources works on these."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any, Literal

from .docs import field_doc
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
    """An object with named fields: a `Group`, a `Reference` or an `Item`."""

    name: str
    doc: str
    fields: Mapping[str, FieldSpec]
    rules: Sequence[Rule] = ()

    def rules_about(self, *about: RuleAbout) -> Iterator[Rule]:
        """The rules of some sorts, see `Rule`."""
        return (rule for rule in self.rules if rule.about in about)


@dataclass(frozen=True)
class Group(ShapeSpec):
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
    """One field: its name, type and marks, and the kind or shape that declares it."""

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
    def group(self) -> Group | None:
        """The fields behind this one, where it is a mere group of them and no value as a whole."""
        return self.type if isinstance(self.type, Group) else None

    @property
    def clearing(self) -> Any:
        """The value that clears the field; a list is cleared by an empty list."""
        if isinstance(self.type, ListOf) and self.marks.reset is ABSENT:
            return []
        return self.marks.cleared


METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
"""The methods that the client can send."""


@dataclass(frozen=True)
class Operation:
    """One call to Lumos: method and path, with `{id}` for the object's id.

    Raises TypeError for a method that the client cannot send, so when a kind is declared.
    """

    method: str
    path: str

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            wanted = ", ".join(METHODS)
            raise TypeError(f"{self.method} {self.path}: the client sends only {wanted}")


@dataclass(frozen=True)
class Endpoints:
    """Where an object is made, read, changed, deleted and listed.

    An update by PUT sends the whole object: beside what the program manages, what Lumos has.

    query: goes with each of these calls but the delete.
    list_query: goes with the list alone.
    search: the list's query parameter that finds objects by name.
    exact: the list's query parameter that makes a search exact; "" where there is none.
    connect: changes the fields that are marked so, with any other, and brings an object back that
        counts as gone, see `ResourceSpec.gone`.
    export_query: finds in the list what a program could have made.
    """

    create: Operation
    read: Operation
    update: Operation
    delete: Operation
    list: Operation
    query: Mapping[str, str] = dataclass_field(default_factory=dict)
    list_query: Mapping[str, str] = dataclass_field(default_factory=dict)
    search: str = ""
    exact: str = ""
    connect: Operation | None = None
    export_query: Mapping[str, str] = dataclass_field(default_factory=dict)

    @classmethod
    def at(
        cls,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        list_query: Mapping[str, str] | None = None,
        search: str = "",
        exact: str = "exact_match",
        export_query: Mapping[str, str] | None = None,
        **given: str,
    ) -> Endpoints:
        """The usual five below one path; `given` names the ones that differ ("PATCH /a/{id}")."""
        one = f"{path}/{{id}}"
        calls = {
            "create": f"POST {path}",
            "read": f"GET {one}",
            "update": f"PATCH {one}",
            "delete": f"DELETE {one}",
            "list": f"GET {path}",
            **given,
        }
        operations = {name: Operation(*call.split(" ", 1)) for name, call in calls.items()}
        return cls(
            **operations,
            query=query or {},
            list_query={**(query or {}), **(list_query or {})},
            search=search,
            exact=exact,
            export_query=export_query or {},
        )


@dataclass(frozen=True)
class ResourceSpec:
    """One kind of resource.

    shape: what the program gives. computed: what only Lumos sets.
    key: the fields that together name an object for people (its natural key).
    listed_by: the field by which objects are listed together, which is also the name of the list's
        filter; "" where one list has them all.
    id: the field that is the object's id, where the program gives it; else Lumos gives an id.
    gone: the property of an answer that is true of an object that Lumos keeps and that counts as
        gone, such as an app that was disconnected.
    """

    name: str
    doc: str
    shape: Group
    computed: Mapping[str, FieldSpec]
    endpoints: Endpoints
    key: tuple[str, ...]
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

    @property
    def fields(self) -> Mapping[str, FieldSpec]:
        """The fields the program gives."""
        return self.shape.fields

    def sent(self, inputs: Inputs) -> Inputs:
        """Of the inputs, those that Lumos knows."""
        fields = self.fields
        return Inputs(
            {
                name: value
                for name, value in inputs.items()
                if name in fields and not fields[name].marks.option
            }
        )

    def inputs(self, state: State) -> Inputs:
        """Of a resource's outputs, those that the program had given."""
        return Inputs({name: value for name, value in state.items() if name in self.fields})
