"""`pulumi-lumos find`: ids to paste."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import Annotated, Any

import typer

from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.kinds import LookupKind
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.lookups.results import result

from .connection import lumos
from .exit_codes import Exit
from .output import Json, fail, print_json
from .table import print_table

LOOKUPS: dict[str, LookupKind[Any]] = {
    kind.plural.replace(" ", "-"): kind
    for kind in (kinds.APP, kinds.GROUP, kinds.USER, kinds.PERMISSION, kinds.INLINE_WEBHOOK)
}
LOOKUPS["policies"] = kinds.ACCESS_POLICY
What = Enum("What", {name: name for name in LOOKUPS})  # type: ignore[misc]

Searched = Annotated[What, typer.Argument(metavar="|".join(LOOKUPS), help="What to look for.")]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="WORDS", help="Words of its name; without them all are listed."),
]
App = Annotated[
    str | None,
    typer.Option(
        metavar="APP", help="Only what belongs to this app, by name or id; groups and permissions."
    ),
]


def find(what: Searched, words: Words = None, app: App = None, json: Json = False) -> None:
    """Find apps, groups, users, permissions, webhooks or policies by words of their names."""
    kind = LOOKUPS[what.value]
    if app is not None and not kind.collection.filter:
        fail(f"--app is for groups and permissions; {what.value} belong to no app.", Exit.MISUSE)
    desired = " ".join(words or [])
    with lumos() as client:
        lookups = Lookups(client)
        owner = None if app is None else lookups.app_called(app)
        found = lookups.search(kind, desired, owner.id if owner else "")
    if json:
        print_json([asdict(result(kind.result, item)) for item in found])
    elif found:
        headers = [path.rpartition(".")[2] for path in ("id", *kind.shown)]
        print_table(headers, ([item["id"], *kind.texts(item)] for item in found))
    if not found:
        fail(_nothing(kind, desired, owner.user_friendly_label if owner else ""), Exit.FOUND)


def _nothing(kind: LookupKind[Any], desired: str, app: str) -> str:
    """Why nothing is printed: there is none at all, or none matches."""
    if not desired:
        return f"{app or 'Lumos'} has no {kind.plural}."
    where = f" of {app}" if app else ""
    return f"No {kind.noun}{where} matches {desired!r}."
