"""Writes in place of ids: a resource of the program, or a lookup by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_lumos.declare.fields import Collection
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.errors import LookupFailed
from pulumi_lumos.lookups.kinds import LookupKind
from pulumi_lumos.lookups.reading import Lookups

from .code import Expression, call, comment
from .names import variable

LOOKUPS: Mapping[str, LookupKind[Any]] = {
    kind.collection.path: kind
    for kind in (kinds.APP, kinds.GROUP, kinds.USER, kinds.INLINE_WEBHOOK, kinds.PERMISSION)
}
"""The lookup for each collection, in the order in which a module lists them."""


class ModuleNames:
    """The names that one module has for objects of Lumos."""

    def __init__(self, lookups: Lookups, app_id: str, declared: Mapping[str, str]) -> None:
        """`declared` are the labels of the module's own permissions, by id."""
        self._lookups = lookups
        self._app = (kinds.APP.collection.path, app_id)
        self._declared = declared
        self._variables: dict[tuple[str, str], str] = {}
        self._statements: dict[tuple[str, str], str] = {}
        self.resources: dict[str, str] = {}

    def to(self, collection: Collection, id: str) -> Any:
        """The expression for an object, or its id where nothing looks it up."""
        kind = LOOKUPS[collection.path]
        if id in self._declared:
            return Expression(f"{self._resource(id)}.id")
        key = (collection.path, id)
        if key not in self._variables and not self._look_up(kind, key):
            return id
        return Expression(f"{self._variables[key]}.id")

    @property
    def statements(self) -> list[str]:
        """The lookups in the order of LOOKUPS, each after the app it needs; the own app first."""
        order = list(LOOKUPS)

        def place(key: tuple[str, str]) -> tuple[int, bool, str]:
            return order.index(key[0]), key != self._app, self._variables[key]

        return [self._statements[key] for key in sorted(self._statements, key=place)]

    def _resource(self, id: str) -> str:
        if id not in self.resources:
            self.resources[id] = self._new(self._declared[id], "permission")
        return self.resources[id]

    def _look_up(self, kind: LookupKind[Any], key: tuple[str, str]) -> bool:
        """Add a lookup that gives exactly this object, by name where that is unique."""
        try:
            item = self._lookups.get_answer(kind, {"id": key[1]})
        except LookupFailed:
            return False
        arguments = self._unique_name(kind, item)
        called = str(item.get(kind.collection.called) or kind.noun)
        within = item.get(kind.collection.filter) if "id" not in arguments else None
        written: Values = {}
        if within and kind.collection.filter in arguments:
            written[kind.collection.filter] = self.to(kinds.APP.collection, str(within))
        written |= {name: arguments[name] for name in arguments if name in kind.keys}
        name = self._new(called.split("@")[0], kind.noun.replace(" ", "_"))
        self._variables[key] = name
        statement = call(f"lumos.{kind.function}", written, assigned=name)
        note = f"  {comment(_told_apart(kind, item))}" if "id" in arguments else ""
        self._statements[key] = statement + note
        return True

    def _unique_name(self, kind: LookupKind[Any], item: Values) -> dict[str, str]:
        """The arguments by which a program finds this object and no other."""
        for argument, key in kind.keys.items():
            name = item.get(key.field)
            if argument == "id" or not isinstance(name, str):
                continue
            given = {argument: name, **_within(kind, item)}
            try:
                if self._lookups.get_answer(kind, given)["id"] == item["id"]:
                    return given
            except LookupFailed:
                continue
        return {"id": str(item["id"])}

    def _new(self, text: str, noun: str) -> str:
        taken = {*self._variables.values(), *self.resources.values()}
        return variable(text, taken, noun=noun)


def _told_apart(kind: LookupKind[Any], item: Values) -> str:
    """The name of an object, and what tells it from others of the same name."""
    fields = dict(zip(kind.shown, kind.texts(item), strict=True))
    name, *more = (text for path, text in fields.items() if path != kind.collection.filter)
    return f"{name} ({', '.join(told)})" if (told := [*filter(None, more)]) else name


def _within(kind: LookupKind[Any], item: Values) -> dict[str, str]:
    filter = kind.collection.filter
    return {filter: str(item[filter])} if filter and item.get(filter) else {}
