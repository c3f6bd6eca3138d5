"""`pulumi-lumos check-admins`: apps that too few people can administer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from pulumi_lumos.lookups.admins import AppAdmins, read_app_admins
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.plurals import plural
from pulumi_lumos.printable import printable

from .connection import lumos
from .exit_codes import Exit
from .output import Json, fail, print_json, progress, say
from .table import print_table

Minimum = Annotated[
    int, typer.Option("--min", metavar="N", min=1, help="Active admins that an app needs.")
]
Apps = Annotated[
    list[str] | None,
    typer.Option("--app", metavar="APP", help="Only this app, by name or id; may be repeated."),
]
Github = Annotated[
    bool, typer.Option("--github", help="Print annotations for a workflow of GitHub.")
]

COLUMNS = ("app", "active admins", "who", "inactive", "app id")


def check_admins(
    minimum: Minimum = 2, app: Apps = None, json: Json = False, github: Github = False
) -> None:
    """Find apps of the AppStore with fewer active admins than they need."""
    if json and github:
        fail("--json and --github are two formats; give one.", Exit.MISUSE)
    with lumos() as client, progress("Reading the admins") as track:
        lookups = Lookups(client)
        ids = [lookups.app_called(one).id for one in app or []]
        checked = read_app_admins(client, ids, track)
    lacking = [one for one in checked if len(one.active) < minimum]
    if json:
        print_json(_report(minimum, checked, lacking))
    elif github:
        for one in lacking:
            say(_annotation(one, minimum))
    elif lacking:
        print_table(COLUMNS, (_row(one) for one in lacking))
    if not json:
        enough = plural(minimum, "active admin")
        say(f"Apps with fewer than {enough}: {len(lacking)} of {len(checked)}.")
    raise typer.Exit(Exit.FOUND if lacking else Exit.WELL)


def _report(minimum: int, checked: Sequence[AppAdmins], lacking: Sequence[AppAdmins]) -> object:
    return {
        "minimum": minimum,
        "apps_checked": len(checked),
        "apps_lacking_admins": [asdict(one) for one in lacking],
    }


def _row(one: AppAdmins) -> tuple[str, ...]:
    active = ", ".join(user.email or user.id for user in one.active)
    inactive = ", ".join(f"{user.email or user.id} ({user.status})" for user in one.inactive)
    return one.user_friendly_label, str(len(one.active)), active, inactive, one.app_id


def _annotation(one: AppAdmins, minimum: int) -> str:
    """A workflow command of GitHub."""
    title = escaped(one.user_friendly_label, in_property=True)
    return f"::error title=Too few admins of {title}::{escaped(one.lacking(minimum))}"


def escaped(text: str, *, in_property: bool = False) -> str:
    """A text within a workflow command of GitHub; in a property, `:` and `,` would end it."""
    text = printable(text).replace("%", "%25")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
