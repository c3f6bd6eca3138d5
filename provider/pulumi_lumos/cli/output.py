"""What commands print: sentences, JSON, and how far a command has come.

Names come from Lumos and from people, so everything printed is cleaned here: it steers no
terminal, is never read as rich's markup and holds no token.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from pulumi_lumos.printable import printable, without_tokens

from .exit_codes import Exit

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def say(sentence: str) -> None:
    """Print one line."""
    typer.echo(printable(sentence))


def fail(sentence: str, code: int = Exit.FAILED) -> NoReturn:
    """Print one line to standard error and end."""
    typer.echo(printable(sentence), err=True)
    raise typer.Exit(int(code))


def print_json(value: Any) -> None:
    """Print JSON in ASCII, so that no character of a name reaches the terminal as itself."""
    text = json.dumps(value, indent=2).replace("\x7f", "\\u007f")
    typer.echo(without_tokens(text))


@contextmanager
def progress(what: str) -> Iterator[Callable[[Iterable[T], int], Iterable[T]]]:
    """Show a bar on standard error while items pass by; nothing where that is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:

        def track(items: Iterable[T], count: int) -> Iterable[T]:
            return bar.track(items, total=count, description=what)

        yield track
