"""How a failure of a call reaches people through the dynamic host."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from pulumi import dynamic

from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.texts import text

Method = TypeVar("Method", bound=Callable[..., Any])


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
