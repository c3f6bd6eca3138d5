"""`pulumi-lumos export`: what Lumos holds, as a program that adopts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.export.program import export as write_program
from pulumi_lumos.export.terraform_state import TerraformState
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.people import Track
from pulumi_lumos.lookups.reading import Lookups

from . import from_terraform as terraform
from .connection import lumos
from .exit_codes import Exit
from .export_report import ExportReport
from .output import Json, fail, progress

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Where to write the program; new or empty.")
]
AppNames = Annotated[
    list[str] | None,
    typer.Option("--app", metavar="APP", help="Only this app, by name or id; may be repeated."),
]
OnlyConfigured = Annotated[
    bool,
    typer.Option(
        "--only-configured",
        help="Leave out the permissions that an integration has made and nobody has configured.",
    ),
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
    bool,
    typer.Option(
        "--resume",
        help="Go on with an export that was cut off in this folder, or add apps to its program.",
    ),
]
ImportFile = Annotated[
    bool,
    typer.Option(
        "--import-file",
        help="Write a file for `pulumi import` too, and a program for the packaged provider that "
        "declares without adopting.",
    ),
]


GO_ON = "The folder keeps what was read: the same command with --resume goes on."


def export(
    folder: Folder,
    app: AppNames = None,
    only_configured: OnlyConfigured = False,
    from_terraform: FromTerraform = None,
    resume: Resume = False,
    import_file: ImportFile = False,
    json: Json = False,
) -> None:
    """Write what Lumos holds as a Pulumi program that adopts it; Lumos is only read."""
    if only_configured and from_terraform is not None:
        fail("--only-configured and --from-terraform both choose objects; give one.", Exit.MISUSE)
    if import_file and from_terraform is not None:
        # The program gives credentials that Lumos never answers, so an import lacks them.
        fail("--from-terraform writes a program that adopts; leave --import-file out.", Exit.MISUSE)
    state = None if from_terraform is None else terraform.open_state(from_terraform)
    asked = _Asked(folder, app or [], only_configured, resume, import_file)
    try:
        with lumos(advice=GO_ON) as client, progress("Reading the apps") as track:
            report = _write(client, asked, state, track)
    except KeyboardInterrupt:
        fail(f"Stopped. {GO_ON}")
    except OSError as error:
        fail(f"The folder {folder} cannot be written: {error.strerror}.")
    report.tell(json=json)
    raise typer.Exit(Exit.FOUND if report.lacks_something else Exit.WELL)


class _Asked(NamedTuple):
    """What the command line asks for, except a state of Terraform; `apps` are names and ids."""

    folder: Path
    apps: Sequence[str]
    only_configured: bool
    resume: bool
    import_file: bool


def _write(
    client: LumosClient, asked: _Asked, state: TerraformState | None, track: Track[Any]
) -> ExportReport:
    """Write the program of some apps, of all, or of what Terraform manages of them."""
    apps = _apps(client, asked.apps)
    named = apps.chosen if asked.apps else []
    if state is None:
        written = write_program(
            client,
            apps.chosen,
            asked.folder,
            beside=apps.every,
            only_configured=asked.only_configured,
            whole=not asked.apps,
            resume=asked.resume,
            import_file=asked.import_file,
            track=track,
        )
        report = ExportReport(asked.folder, written, only_configured=asked.only_configured)
    else:
        migration = terraform.run_migration(client, state, named, asked.folder, asked.resume, track)
        report = ExportReport(asked.folder, migration.written, state, migration)
    report.named = named
    report.import_file = asked.import_file
    return report


class _Apps(NamedTuple):
    """The apps to export, and all apps of the tenant."""

    chosen: list[Values]
    every: list[Values]


def _apps(client: LumosClient, named: Sequence[str]) -> _Apps:
    """The apps that are named, or all, in the order of their names."""
    lookups = Lookups(client)
    found = [asdict(lookups.app_called(one)) for one in named]
    every = lookups.search(APP)
    distinct = {str(one["id"]): one for one in found or every}
    return _Apps(
        sorted(distinct.values(), key=lambda one: (str(one.get("user_friendly_label")), one["id"])),
        every,
    )
