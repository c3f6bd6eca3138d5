"""Every text of this package that Pulumi shows: one place, where each line is made printable.

The engine writes what it gets to the terminal as it is. So names from Lumos, and whatever a
program took from elsewhere, are cleaned here, on their way out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

import pulumi
from pulumi import dynamic

from ..declare.spec import Problem
from ..errors import LumosError
from ..printable import printable

Method = TypeVar("Method", bound=Callable[..., Any])

HIDDEN = "[secret]"
SHORTEST_SECRET = 3
"""A shorter text is no secret, and stands in many words by chance."""


_hidden: set[str] = set()
"""The secrets of this process's resources, which no text shows. A host serves one run."""


def hide(secrets: Iterable[str]) -> None:
    """Show these secrets in no text from now on."""
    _hidden.update(secrets)


def text(first: str, *more: str, secrets: Iterable[str] = ()) -> str:
    """A text for people: its first line, and further ones below it, without some secrets."""
    hidden = [*secrets, *_hidden]
    return "\n  ".join(printable(_without(line, hidden)) for line in (first, *more))


def _without(line: str, secrets: Iterable[str]) -> str:
    """The line without secrets, as they are and as a literal spells them."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            for spelled in {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1]}:
                line = line.replace(spelled, HIDDEN)
    return line


def failures(problems: Iterable[Problem]) -> list[dynamic.CheckFailure]:
    """Problems of a check, which the engine shows at their property paths."""
    return [dynamic.CheckFailure(text(path), text(why)) for path, why in problems]


def in_plain_words(method: Method) -> Method:
    """Let a failure of a provider's method reach people as `NotFound: sentence`.

    The host prints the traceback of what a provider raises, and with it the module of the class.
    """

    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except LumosError as error:
            shown = type(type(error).__name__, (Exception,), {"__module__": "builtins"})
            raise shown(text(str(error))) from None

    return cast(Method, call)


def warn(first: str, *more: str) -> None:
    """Show a warning of the program."""
    pulumi.log.warn(text(first, *more))
