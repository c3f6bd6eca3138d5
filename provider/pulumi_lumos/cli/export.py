"""`pulumi-lumos export`: what Lumos holds, as a program that adopts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.cli import from_terraform as terraform
from pulumi_lumos.cli.connection import lumos
from pulumi_lumos.cli.exit_codes import Exit
from pulumi_lumos.cli.output import Json, fail, print_json, progress, say
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.export.migration import Migration
from pulumi_lumos.export.program import Written
from pulumi_lumos.export.program import export as write_program
from pulumi_lumos.export.terraform_state import TerraformState
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.reading import Lookups

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Where to write the program; new or empty.")
]
Apps = Annotated[
    list[str] | None,
    typer.Option("--app", metavar="APP", help="Only this app, by name or id; may be repeated."),
]
FromTerraform = Annotated[
    str | None,
    typer.Option(
        "--from-terraform",
        metavar="STATE",
        help="Only what the vendor's provider manages in this state of Terraform; - reads "
        "standard input.",
    ),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with an export that was cut off in this folder.")
]


GO_ON = "What is read already is kept: the same command with --resume goes on."


def export(
    folder: Folder,
    app: Apps = None,
    from_terraform: FromTerraform = None,
    resume: Resume = False,
    json: Json = False,
) -> None:
    """Write what Lumos holds as a Pulumi program that adopts it; Lumos is only read."""
    state = None if from_terraform is None else terraform.opened(from_terraform)
    migration = None
    try:
        with lumos(advice=GO_ON) as client, progress("Reading the apps") as track:
            if state is None:
                apps = _apps(client, app or [])
                written = write_program(client, apps, folder, resume=resume, track=track)
            else:
                apps = _apps(client, app) if app else []
                migration = terraform.migrated(client, state, apps, folder, resume, track)
                written = migration.written
    except KeyboardInterrupt:
        fail(f"Stopped. {GO_ON}")
    except OSError as error:
        fail(f"The folder {folder} cannot be written: {error.strerror}.")
    if json:
        _print_report(folder, written, state, migration)
    else:
        _tell(folder, written)
        if state and migration:
            terraform.tell(state, migration)
    if migration and migration.left_behind:
        raise typer.Exit(Exit.FOUND)


def _tell(folder: Path, written: Sequence[Written]) -> None:
    for sentence in [why for one in written for why in one.left_out]:
        say(f"Left to Lumos: {sentence}.")
    count = sum(one.resources or 0 for one in written)
    say(f"Wrote {count} resources of {len(written)} apps to {folder}.")
    if written:
        say(f"Next: cd {folder}, make a stack, and look at `pulumi preview`: it adopts, no more.")


def _print_report(
    folder: Path,
    written: Sequence[Written],
    state: TerraformState | None,
    migration: Migration | None,
) -> None:
    told: Values = {"folder": str(folder), "apps": [_report(folder, one) for one in written]}
    if state and migration:
        told["terraform"] = terraform.report(state, migration)
    print_json(told)


def _apps(client: LumosClient, named: Sequence[str]) -> list[Values]:
    """The apps that are named, or all, in the order of their names."""
    lookups = Lookups(client)
    found = [asdict(lookups.app_called(one)) for one in named] or lookups.search(APP)
    distinct = {str(one["id"]): one for one in found}
    return sorted(
        distinct.values(), key=lambda one: (str(one.get("user_friendly_label")), str(one["id"]))
    )


def _report(folder: Path, one: Written) -> Values:
    return {
        "app_id": one.app_id,
        "file": str(one.path.relative_to(folder)),
        "resources": one.resources,
        "left_out": one.left_out,
    }
