"""The objects that a program names by a literal id: whether Lumos has them, and their names.

Only what a program begins to name is looked up, so that a preview without changes asks nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pulumi_lumos.api.errors import Forbidden
from pulumi_lumos.declare.fields import Collection, Marks
from pulumi_lumos.declare.spec import (
    FieldGroup,
    Item,
    ListOf,
    Problem,
    Reference,
    ShapeSpec,
    TypeSpec,
    Values,
)
from pulumi_lumos.declare.unknown import contains_unknown
from pulumi_lumos.printable import printable_name
from pulumi_lumos.reading.directory import Directory
from pulumi_lumos.values.identity import identity


@dataclass(frozen=True)
class Mention:
    """One place of a program that names an object.

    item: the object of the item in which it stands, if it stands in one. named: the property that
    names it ("id"), and its value. within: the value of the collection's `filter`, or "" where any
    will do. hook_type: what a webhook has to be here. waits_with: the option of the resource that
    makes it wait for the object; "" where nothing does. other: another property that names
    such objects, which people take for this one; "" where there is none.
    """

    path: str
    item: Hashable
    collection: Collection
    key: Hashable
    named: tuple[str, str]
    within: str
    hook_type: str = ""
    waits_with: str = ""
    other: str = ""

    @property
    def place(self) -> str:
        """The path of the field or list that holds it, without places of items."""
        return re.sub(r"\[\d+\]", "", re.sub(r"(\[\d+\])?\.\w+$", "", self.path))

    @property
    def declared(self) -> tuple[str, Hashable, Hashable]:
        """What the program says by it: this object in this field or list, of this item."""
        return self.place, self.item, self.key

    @property
    def depends_on(self) -> str:
        """The path of the field that says where the object is looked for."""
        return re.sub(r"\w+$", self.collection.filter, self.path) if self.collection.filter else ""


class References:
    """What one resource begins to point at, and what it no longer points at."""

    def __init__(self, shape: ShapeSpec, old: Values, new: Values, directory: Directory) -> None:
        before = list(_mentions(shape, old, _Holder(old), ""))
        after = list(_mentions(shape, new, _Holder(new), ""))
        known, named = {one.declared for one in before}, {one.declared for one in after}
        self._directory = directory
        self._is_new = not old
        self._new = new
        self._owners = {
            one.collection.scopes: one.collection for one in after if one.collection.scopes
        }
        self._added = [one for one in after if one.declared not in known]
        self._removed = [one for one in before if one.declared not in named]

    def problems(self) -> list[Problem]:
        """Find each object that is missing or of the wrong kind, with its property path."""
        # The apps first: a sentence about a group names its app by what is known of that.
        in_turn = sorted(self._added, key=lambda one: bool(one.within))
        found = {one.path: why for one in in_turn if (why := self._wrong(one))}
        # Where there is no such app, there is no such group in it either.
        wrong = [one for one in self._added if one.path in found and one.depends_on not in found]
        return [(one.path, found[one.path]) for one in wrong]

    def inactive(self) -> Iterator[Problem]:
        """Find the people who are named and cannot act in Lumos."""
        for one in self._added:
            status = one.collection.active and (self._live(one) or {}).get("status")
            if status and status != one.collection.active:
                yield one.path, f"{self._name(one)} is {status} in Lumos"

    def names(self) -> str:
        """Say which people and objects a change of an existing object adds and removes, by name."""
        if self._is_new:
            return ""
        return "; ".join(f"{place} {', '.join(said)}" for place, said in self.by_place().items())

    def by_place(self) -> dict[str, list[str]]:
        """What a change adds and removes at each field or list, as "adds Ada"."""
        words: dict[str, list[str]] = defaultdict(list)
        added, removed = self._told(self._added), self._told(self._removed)
        for sign, told, others in (("adds", added, removed), ("removes", removed, added)):
            for one in told:
                if told[one] not in others.values():
                    words[one.place].append(f"{sign} {self._name(one)}")
        return words

    def _told(self, mentions: list[Mention]) -> dict[Mention, tuple[str, str]]:
        """List the mentions to name in a text, each with its place and the object's id.

        Two sorts are left out: the app in which a group is named, and objects at a place that has
        an unknown value, which may name them again.
        """
        inner = {one.depends_on for one in mentions}
        return {
            one: (one.place, str((self._live(one) or {}).get("id") or one.named))
            for one in mentions
            if one.path not in inner and not self._is_open(one.place)
        }

    def _is_open(self, place: str) -> bool:
        value: Any = self._new
        for step in place.split("."):
            value = value.get(step) if isinstance(value, dict) else value
        return contains_unknown(value)

    def _wrong(self, one: Mention) -> str | None:
        try:
            live = self._directory.find(one.collection, one.named, one.within)
        except Forbidden:
            return None  # The token may not look: Lumos will say whether it is there.
        noun, within = one.collection.noun, one.collection.filter
        if live is None:
            return None if self._new.get(one.waits_with) else self._missing(one)
        if one.within and live.get(within) not in (None, one.within):
            return f"the {noun} {self._name(one)} belongs to {self._owner(one, live[within])}"
        if one.hook_type and live.get("hook_type") != one.hook_type:
            return f"needs a {one.hook_type} webhook; {self._name(one)} is of {live['hook_type']}"
        return None

    def _missing(self, one: Mention) -> str:
        """The sentence about an object that Lumos does not have, or has by another property."""
        if one.other and (meant := self._live(replace(one, named=(one.other, one.named[1])))):
            return (
                f"Lumos has no {one.collection.noun} with the id {one.named[1]!r}; that is the "
                f"{one.other} of the {one.collection.noun} "
                f"{printable_name(str(meant.get(one.collection.called)))}: give it under that name"
            )
        return self._missing_at_all(one)

    def _missing_at_all(self, one: Mention) -> str:
        """The sentence about an object that Lumos does not have."""
        noun = one.collection.noun
        where = f" in {self._owner(one, one.within)}" if one.within else ""
        hint = f"; {one.collection.hint}" if one.collection.hint else ""
        advice = advise_lookup(noun)
        if one.waits_with:
            advice += f"; if it has only just been made there, give {one.waits_with}=<seconds>"
        return (
            f"Lumos has no {noun} with the {one.named[0]} {one.named[1]!r}{where}{hint}; {advice}"
        )

    def _owner(self, one: Mention, id: str) -> str:
        """The app that an object belongs to, or is looked for in."""
        owners = self._owners.get(one.collection.filter)
        return f"the app {self._directory.known_name(owners, id) if owners else id}"

    def _live(self, one: Mention) -> Values | None:
        try:
            return self._directory.find(one.collection, one.named, one.within)
        except Forbidden:
            return None

    def _name(self, one: Mention) -> str:
        live = self._live(one) or {}
        return printable_name(str(live.get(one.collection.called) or one.named[1]))


def advise_lookup(noun: str) -> str:
    """Advise what to do about an id that no object has."""
    return f"correct it, or find it by name with lumos.get_{noun.replace(' ', '_')}"


@dataclass(frozen=True)
class _Holder:
    """What holds some fields: the resource, or an item of it, with the values that scope lists."""

    values: Values
    item: Hashable = None


def _mentions(shape: ShapeSpec, values: Values, holder: _Holder, at: str) -> Iterator[Mention]:
    for name, field in shape.fields.items():
        path = f"{at}.{name}" if at else name
        yield from _within(field.type, values.get(name), field.marks, holder, path)


def _within(
    spec: TypeSpec, value: Any, marks: Marks, holder: _Holder, path: str
) -> Iterator[Mention]:
    if isinstance(spec, ListOf) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _within(spec.item, item, marks, holder, f"{path}[{index}]")
    elif isinstance(spec, FieldGroup) and isinstance(value, dict):
        yield from _mentions(spec, value, holder, path)
    elif isinstance(spec, Reference) and isinstance(value, dict):
        if spec.refers_to and not contains_unknown(_naming(spec, value)):
            yield _of_object(spec, spec.refers_to, value, marks, holder, path)
        inner = _holder_within(spec, value) if isinstance(spec, Item) else holder
        yield from _mentions(spec, value, inner, path)
    elif marks.refers_to and isinstance(value, str):
        key = (marks.refers_to.path, value)
        yield Mention(path, holder.item, marks.refers_to, key, ("id", value), "")


def _naming(spec: Reference, value: Values) -> Values:
    """The fields that say which object is meant."""
    return {name: value[name] for name in value if name in spec.naming}


def _holder_within(spec: Item, value: Values) -> _Holder:
    """The scope of an item's fields: the objects that they name belong to the item's object."""
    scopes = spec.refers_to.scopes if spec.refers_to else ""
    return _Holder({scopes: value.get("id")} if scopes else {}, repr(_naming(spec, value)))


def _of_object(
    spec: Reference,
    collection: Collection,
    value: Values,
    marks: Marks,
    holder: _Holder,
    path: str,
) -> Mention:
    way = next(way for way in spec.identity if all(value.get(name) for name in way))
    within = value.get(collection.filter) or holder.values.get(collection.filter)
    key = (collection.path, identity(spec, value, {}), marks.hook_type)
    owner = within if isinstance(within, str) else ""
    named = (way[0], str(value[way[0]]))
    waits_with = "" if way is spec.identity[0] else marks.waits_with
    return Mention(
        f"{path}.{way[0]}",
        holder.item,
        collection,
        key,
        named,
        owner,
        marks.hook_type,
        waits_with,
        spec.identity[1][0] if way is spec.identity[0] and len(spec.identity) > 1 else "",
    )
