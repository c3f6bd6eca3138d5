"""All commands of `pulumi-lumos`; each has a file of its own beside this one."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from .check_admins import check_admins
from .check_approvers import check_approvers
from .doctor import doctor
from .export import export
from .find import find
from .output import say
from .report import report
from .serve import serve

command = typer.Typer(
    name="pulumi-lumos",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(desired: bool) -> None:
    if desired:
        say(f"pulumi-lumos {version('pulumi-lumos')}")
        raise typer.Exit()


Version = Annotated[
    bool,
    typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version),
]


@command.callback()
def pulumi_lumos(version: Version = False) -> None:
    """Tools around the Lumos AppStore for Pulumi programs.

    The commands ask the Lumos that LUMOS_ACCESS_TOKEN and LUMOS_SERVER_URL name. They end with 0
    if all is well, 1 if the answer is not the one you hope for, 2 if the command line has a
    mistake, and 3 if there is no answer.
    """


for one in (doctor, find, report, check_admins, check_approvers, export, serve):
    command.command()(one)
