"""`pulumi-lumos check-approvers`: approvers who have left, and places where nobody is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import typer

from pulumi_lumos.lookups.approvers import ApprovalPlace, nobody_left, read_approval_places
from pulumi_lumos.lookups.people import called
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.plurals import plural

from .check_admins import Apps, Github, escaped
from .connection import lumos
from .exit_codes import Exit
from .output import Json, fail, print_json, progress, say
from .table import print_table

COLUMNS = ("approves requests for", "cannot approve", "active approvers", "app id")


def check_approvers(app: Apps = None, json: Json = False, github: Github = False) -> None:
    """Find approvers who have left, and places where nobody is left to approve."""
    if json and github:
        fail("--json and --github are two formats; give one.", Exit.MISUSE)
    with lumos() as client, progress("Reading the approvers") as track:
        lookups = Lookups(client)
        ids = [lookups.app_called(one).id for one in app or []]
        places = read_approval_places(client, ids, track)
    wrong = [place for place in places if place.gone or not place.active]
    if json:
        print_json(_report(places, wrong))
    elif github:
        for place in wrong:
            say(_annotation(place))
    elif wrong:
        print_table(COLUMNS, (_row(place) for place in wrong))
    if not json:
        say(_summary(places, wrong))
    raise typer.Exit(Exit.FOUND if wrong else Exit.WELL)


def _report(places: Sequence[ApprovalPlace], wrong: Sequence[ApprovalPlace]) -> object:
    return {
        "places_checked": len(places),
        "places": [
            {**asdict(place), "gone": [asdict(user) for user in place.gone]} for place in wrong
        ],
    }


def _row(place: ApprovalPlace) -> tuple[str, ...]:
    return place.name, _gone(place), str(len(place.active)), place.app_id


def _gone(place: ApprovalPlace) -> str:
    return ", ".join(f"{called(user)} ({user.status})" for user in place.gone)


def _annotation(place: ApprovalPlace) -> str:
    """A workflow command of GitHub: an error where nobody is left, else a warning."""
    who = f"{_gone(place)} cannot approve" if place.gone else "its groups have no active member"
    left = f"{plural(len(place.active), 'other')} can" if place.active else "nobody else is left"
    title = escaped(f"Approvers of {place.name}", in_property=True)
    level = "warning" if place.active else "error"
    return f"::{level} title={title}::{escaped(f'{who}; {left}')}"


def _summary(places: Sequence[ApprovalPlace], wrong: Sequence[ApprovalPlace]) -> str:
    empty = len(nobody_left(places))
    return (
        f"Places that need another approver: {len(wrong)} of {len(places)}; "
        f"nobody is left in {empty}."
    )
