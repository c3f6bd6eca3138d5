"""The commands of `pulumi-lumos`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from pulumi_lumos.emulator import switches

command = typer.Typer(
    name="pulumi-lumos",
    help="Tools around the Lumos AppStore for Pulumi programs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]
Host = Annotated[str, typer.Option(help="Loopback address to listen on.")]
Latency = Annotated[int, typer.Option(min=0, help="Milliseconds that each answer is held back.")]
Data = Annotated[
    Path | None, typer.Option(help="File that keeps the state over restarts; else in memory.")
]
Seed = Annotated[str, typer.Option(help="What a new tenant holds: demo, none or a JSON file.")]
SwitchValues = Annotated[
    list[str] | None, typer.Option("--switch", help="NAME=VALUE, see docs/emulator.md.")
]
Verbose = Annotated[bool, typer.Option(help="Log each request.")]
UntilStdinEnds = Annotated[bool, typer.Option(hidden=True, help="Stop when standard input ends.")]


@command.callback()
def pulumi_lumos() -> None:
    """Tools around the Lumos AppStore for Pulumi programs."""


@command.command()
def serve(
    port: Port = 8080,
    host: Host = "127.0.0.1",
    latency_ms: Latency = 0,
    data: Data = None,
    seed: Seed = "demo",
    switch: SwitchValues = None,
    verbose: Verbose = False,
    until_stdin_ends: UntilStdinEnds = False,
) -> None:
    """Run a local Lumos; any token that begins with lsk_ opens a tenant of its own."""
    from pulumi_lumos.emulator import server
    from pulumi_lumos.emulator.app import create_app

    settings = {"latency_ms": latency_ms, **_settings(switch or [])}
    try:
        app = create_app(_seed(seed), settings, data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        _fail(f"The data file {data} cannot be used: {error}.")
    try:
        listener = server.listen(host, port)
    except server.NotLoopbackError:
        _fail(f"The emulator listens on loopback addresses only, and {host} is none.")
    except OSError as error:
        _fail(f"Port {port} of {host} cannot be used ({error.strerror}); try --port 0.")
    server.serve(app, listener, verbose=verbose, until_stdin_ends=until_stdin_ends)


def _settings(assignments: list[str]) -> dict[str, Any]:
    try:
        return dict(switches.parse(assignment) for assignment in assignments)
    except ValueError as error:
        _fail(f"--switch: {error}.")


def _seed(name: str) -> dict[str, Any]:
    from pulumi_lumos.emulator import seed

    try:
        return seed.load(name)
    except (OSError, ValueError) as error:
        _fail(f"The seed {name} cannot be used: {error}.")


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
