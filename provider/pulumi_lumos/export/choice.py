"""Finds in Lumos the objects that Terraform manages, to export only these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.threads import threads
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.errors import LumosError
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.errors import LookupFailed
from pulumi_lumos.lookups.people import Track, untracked
from pulumi_lumos.lookups.reading import Lookups

from .asked import said_by_program
from .names import unique_slugs
from .tenant import CALLS_AT_ONCE, Found, Ref, exported_kinds, read_objects_of, reading
from .terraform_state import Managed


class AnotherLumos(LumosError):
    """Lumos has none of the objects to export."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Lumos has none of the {count} objects that Terraform manages. Either the token opens "
            "another Lumos than the one they are in, see `pulumi-lumos doctor`, or somebody has "
            "deleted them all. Nothing was written."
        )


@dataclass
class Choice:
    """Objects to export.

    names: what the program calls each of them. more: the values of each that Lumos does not
    answer. apps: the apps that they belong to. held: everything that Lumos holds of these apps, by
    the app's id; "" has the chosen objects that belong to no single app.
    """

    names: Mapping[Ref, str]
    more: Mapping[Ref, Values] = field(default_factory=dict)
    apps: list[Values] = field(default_factory=list)
    held: dict[str, list[Found]] = field(default_factory=dict)

    def of(self, app_id: str) -> list[Found]:
        """The chosen objects of an app."""
        return [one for one in self.held.get(app_id, []) if one.ref in self.names]

    def take(self, strays: Iterable[Found]) -> None:
        """Add objects that were missing from the lists of their apps."""
        for stray in strays:
            if stray.ref not in self.found and stray.app_id in self.held:
                self.held[stray.app_id].append(stray)

    @property
    def found(self) -> Mapping[Ref, Found]:
        """The chosen objects that Lumos has."""
        return {one.ref: one for app_id in self.held for one in self.of(app_id)}


def read_choice(
    client: LumosClient, managed: Sequence[Managed], track: Track[Any] = untracked
) -> Choice:
    """Read the objects that Terraform manages; `found` lacks those that Lumos does not have.

    Raises AnotherLumos if it has none of them, and ApiError.
    """
    names = names_of(managed)
    choice = Choice(names, said_by_program(managed, names))
    reader = _Reader(client)
    with threads(CALLS_AT_ONCE) as pool:

        def add(app_ids: Iterable[str]) -> None:
            distinct = sorted({*app_ids} - {"", *choice.held})
            for app, objects in filter(None, track(pool.map(reader.app, distinct), len(distinct))):
                choice.apps.append(app)
                choice.held[str(app["id"])] = objects

        add(one.app_id for one in managed)
        found = choice.found
        missing = [one for one in managed if one.ref not in found]
        strays = [*filter(None, pool.map(reader.stray, missing))]
        add(stray.app_id for stray in strays)
    choice.held[""] = []
    choice.take(strays)
    if choice.names and not choice.found:
        raise AnotherLumos(len(choice.names))
    return choice


class _Reader:
    """Reads what belongs to a choice from one Lumos; safe for many threads."""

    def __init__(self, client: LumosClient) -> None:
        self._call, self._lookups = reading(client), Lookups(client)
        self._lifecycles = {lifecycle.spec.name: lifecycle for lifecycle in exported_kinds()}

    def app(self, app_id: str) -> tuple[Values, list[Found]] | None:
        """Read an app and all its objects; return None if Lumos has no such app."""
        try:
            app = self._lookups.get_answer(kinds.APP, {"id": app_id})
        except LookupFailed:
            return None
        return app, read_objects_of(self._call, app_id)

    def stray(self, one: Managed) -> Found | None:
        """Read an object by its id: it may have moved, and lists shift while others write."""
        lifecycle = self._lifecycles[one.kind]
        live = lifecycle.objects.find_by_id(self._call, one.id)
        return Found(lifecycle, live) if live else None


def names_of(managed: Iterable[Managed]) -> dict[Ref, str]:
    """A name for each object, after its first address and unique within its kind."""
    words: dict[str, dict[str, str]] = {}
    for one in managed:
        words.setdefault(one.kind, {}).setdefault(one.id, " ".join(one.words))
    return {
        (kind, id): name
        for kind, texts in words.items()
        for id, name in unique_slugs(texts, kind.lower()).items()
    }
