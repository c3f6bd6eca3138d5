"""Finds objects of Lumos by what people call them.

A list is read page by page only as far as that is cheaper than asking for single objects, so a
hundred lookups of a small company cost one page and one lookup of a huge one costs two calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_lumos.api.paging import identified
from pulumi_lumos.api.paths import flaw_in_text
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.declare.unknown import UNKNOWN, holds_output
from pulumi_lumos.reading.directory import Directory
from pulumi_lumos.reading.listing import Listings

from .errors import NotOne, WrongArguments, close_to, named
from .kinds import APP, LookupKey, LookupKind
from .results import GetAppResult, result

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

R = TypeVar("R")

_Query = dict[str, str]

NO_TEXTS: Mapping[Any, str] = {
    bool: "true or false",
    (int, float): "a number",
    (list, tuple): "a list",
    Mapping: "an object",
    type(UNKNOWN): "not known yet",
}
"""What to call a value of JSON that is no text."""


class Lookups:
    """What has been looked up in one Lumos so far; safe for many threads."""

    def __init__(self, client: LumosClient) -> None:
        self._client = client
        self._directory = Directory(lambda: client, Listings(lambda: client))

    def get(self, kind: LookupKind[R], given: Mapping[str, str], *, anew: bool = False) -> R:
        """Return the one object that the arguments name; raise LookupFailed and ApiError.

        `anew` asks Lumos this very moment. What was not there when it was last read is asked for
        anew in any case: the same run may have made it since.
        """
        return result(kind.result, self.get_answer(kind, given, anew=anew))

    def get_answer(
        self, kind: LookupKind[Any], given: Mapping[str, str], *, anew: bool = False
    ) -> Values:
        """Do as `get` does, but return the object as Lumos answers it."""
        check(kind, given)
        (argument,) = (name for name in given if name in kind.keys)
        key, value = kind.keys[argument], given[argument]
        within = _within(kind, given)
        desired = {**within, key.field: value}
        found = [] if anew else self._matching(kind, key, value, within)
        found = [item for item in found if _has(item, desired)]
        if not found:
            asked = self._asked(kind, key, value, within)
            found = [item for item in asked if _has(item, desired)]
        if not found and kind.called_before and key.field == kind.collection.called:
            found = self._renamed(kind, kind.called_before, value, within)
        found = kind.meant(found)
        if len(found) > 1:
            raise NotOne.several(kind, named(given), found)
        if not found:
            raise NotOne.none(kind, named(given), self._similar(kind, key, value, within))
        return found[0]

    def app_called(self, text: str) -> GetAppResult:
        """The app of a name or an id, as people write it on a command line."""
        if not text.strip():
            raise WrongArguments("--app needs the name or the id of an app.")
        _refuse_flaws("What --app gives", text)
        try:
            return self.get(APP, {"name": text})
        except NotOne as no_name:
            try:
                return self.get(APP, {"id": text})
            except NotOne:
                raise no_name from None

    def search(self, kind: LookupKind[Any], words: str = "", within: str = "") -> list[Values]:
        """List the objects that Lumos finds by some words, or all; `within` one app if it can.

        Where Lumos cannot search, those are taken whose shown fields contain the words. Raises
        UnexpectedAnswer where one has no id.
        """
        _refuse_flaws("What to find", words)
        query = {**dict(kind.collection.query)}
        query |= {kind.collection.filter: within} if within else {}
        query |= {kind.words: words} if words and kind.words else {}
        address = kind.collection.path
        items = identified(address, self._client.list(address, query))
        if kind.words:
            return items
        return [item for item in items if words.casefold() in kind.described(item).casefold()]

    def _matching(
        self, kind: LookupKind[Any], key: LookupKey, value: str, within: _Query
    ) -> list[Values]:
        """List all objects of a value, perhaps of several apps."""
        if kind.within and not within:
            return self._directory.one(kind.collection, value)
        app_id = within.get(kind.collection.filter, "")
        return self._directory.matching(kind.collection, (key.field, value), key.search, app_id)

    def _asked(
        self, kind: LookupKind[Any], key: LookupKey, value: str, within: _Query
    ) -> list[Values]:
        """Ask Lumos this very moment for what `_matching` lists."""
        app_id = within.get(kind.collection.filter, "")
        return self._directory.ask(kind.collection, (key.field, value), key.search, app_id)

    def _renamed(
        self,
        kind: LookupKind[Any],
        called_before: Callable[[Values], str],
        value: str,
        within: _Query,
    ) -> list[Values]:
        """Find what this package has renamed: the source of an attachment keeps its name here.

        Otherwise the program that attaches would not find it from its second run on.
        """
        query = {**dict(kind.collection.query), **within, kind.words: value}
        items = identified(kind.collection.path, self._client.list(kind.collection.path, query))
        return [item for item in items if called_before(item) == value]

    def _similar(
        self, kind: LookupKind[Any], key: LookupKey, value: str, within: _Query
    ) -> list[Mapping[str, Any]]:
        """Find objects that people may mean by a name that no object has."""
        if key.field != kind.collection.called:
            return []
        app_id = within.get(kind.collection.filter, "")
        items = self._directory.listing(kind.collection, app_id).find_matching({})
        if items is None and kind.words:
            query = {**dict(kind.collection.query), **within, kind.words: value}
            items = self._client.page(kind.collection.path, query).items
        return close_to(kind, value, items or [])


def check(kind: LookupKind[Any], given: Mapping[str, Any]) -> None:
    """Raise WrongArguments unless exactly one argument names the object, each with a text."""
    function, filter = kind.function, kind.collection.filter
    keys = [name for name in kind.keys if name in given]
    if len(keys) != 1:
        got = " and ".join(keys) or "none of them"
        desired = f"exactly one of {', '.join(kind.keys)}"
        raise WrongArguments(f"{function} takes {desired}, but got {got}.")
    if kind.within and keys != ["id"] and filter not in given:
        raise WrongArguments(f"{function} takes {filter} beside {keys[0]}.")
    for name, value in given.items():
        if not isinstance(value, str):
            raise WrongArguments(_no_text(name, function, value))
        if not value.strip():
            raise WrongArguments(f"{name} of {function} must not be empty.")
        _refuse_flaws(f"{name} of {function}", value)
        if holds_output(value):
            raise WrongArguments(
                f"{name} of {function} is a text into which an Output was formatted before its "
                f"value was known; give the Output to {function}_output."
            )


def _no_text(name: str, function: str, value: object) -> str:
    """Why a value is no text, in words of every language where it can come from any."""
    for types, words in NO_TEXTS.items():
        if isinstance(value, types):
            return f"{name} of {function} must be a text, but is {words}."
    return (
        f"{name} of {function} must be a text, but is {type(value).__name__}; "
        f"for what another resource gives there is {function}_output."
    )


def _refuse_flaws(what: str, text: str) -> None:
    if flaw := flaw_in_text(text):
        raise WrongArguments(f"{what} {flaw}.")


def _within(kind: LookupKind[Any], given: Mapping[str, str]) -> _Query:
    filter = kind.collection.filter
    return {filter: given[filter]} if filter in given else {}


def _has(item: Mapping[str, Any], desired: Mapping[str, str]) -> bool:
    """Whether an object has an id and the desired values."""
    return bool(item.get("id")) and all(item.get(name) == desired[name] for name in desired)
