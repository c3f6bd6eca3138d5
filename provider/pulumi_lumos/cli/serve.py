"""`pulumi-lumos serve`: a local Lumos."""

from __future__ import annotations

import errno
import json
import signal
from pathlib import Path
from typing import Annotated, Any

import typer

from .exit_codes import Exit
from .output import fail

Port = Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 takes a free one.")]
Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Loopback address to listen on.")]
Latency = Annotated[
    int, typer.Option(metavar="N", min=0, help="Milliseconds that each answer is held back.")
]
Data = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="File that keeps the state over restarts; else in memory."),
]
Seed = Annotated[
    str,
    typer.Option(metavar="demo|requests|none|FILE", help="What a new tenant holds."),
]
SwitchValues = Annotated[
    list[str] | None,
    typer.Option(
        "--switch",
        metavar="NAME=VALUE",
        help="Answers an open question differently, see docs/emulator.md; may be repeated.",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Log each request.")]
UntilStdinEnds = Annotated[
    bool, typer.Option("--until-stdin-ends", hidden=True, help="Stop when standard input ends.")
]


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

    settings = {"latency_ms": latency_ms, **_settings(switch or [])}
    try:
        listener = server.listen(host, port)
    except server.NotLoopbackError:
        fail(
            f"The emulator listens on loopback addresses only, and {host} is not one.", Exit.MISUSE
        )
    except OSError as error:
        fail(f"Port {port} of {host} cannot be used ({error.strerror}); try --port 0.")
    # The app takes a second to load: a mistake on the command line is reported before that.
    from pulumi_lumos.emulator.app import create_app

    try:
        app = create_app(_seed(seed), settings, data)
    except (OSError, ValueError) as error:
        fail(f"The data file {data} cannot be used: {_why(error)}.")
    signals = server.serve(app, listener, verbose=verbose, until_stdin_ends=until_stdin_ends)
    if app.tenants.trouble:
        fail(f"{app.tenants.trouble} What has changed since the last save is lost.")
    for number in signals:
        signal.raise_signal(number)


def _settings(assignments: list[str]) -> dict[str, Any]:
    from pulumi_lumos.emulator import switches

    try:
        return dict(switches.parse(assignment) for assignment in assignments)
    except ValueError as error:
        fail(f"--switch: {error}.", Exit.MISUSE)


def _seed(name: str) -> dict[str, Any]:
    from pulumi_lumos.emulator import seeds

    try:
        return seeds.load(name)
    except (OSError, ValueError) as error:
        fail(
            f"The seed {name} cannot be used: {_why(error)}. Give {', '.join(seeds.NAMES[:-1])} or "
            f"{seeds.NAMES[-1]}, or a file of JSON as GET /_emulator/state answers it."
        )


def _why(error: OSError | ValueError) -> str:
    """Why a file cannot be used, in words; those of Python are about its own calls."""
    if isinstance(error, OSError):
        return (
            "there is no such file or folder"
            if error.errno == errno.ENOENT
            else str(error.strerror)
        )
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON (line {error.lineno}, column {error.colno})"
    return "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
