"""All commands of `pulumi-lumos`; each has a file of its own beside this one."""

from __future__ import annotations

import typer

from pulumi_lumos.cli.check_admins import check_admins
from pulumi_lumos.cli.doctor import doctor
from pulumi_lumos.cli.export import export
from pulumi_lumos.cli.find import find
from pulumi_lumos.cli.serve import serve

command = typer.Typer(
    name="pulumi-lumos",
    help="Tools around the Lumos AppStore for Pulumi programs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@command.callback()
def pulumi_lumos() -> None:
    """Tools around the Lumos AppStore for Pulumi programs."""


for one in (doctor, find, check_admins, export, serve):
    command.command()(one)
