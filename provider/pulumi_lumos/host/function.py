"""What Pulumi calls a function of a provider: it reads, when the program runs.

The engine cannot call a function of a dynamic provider, so it runs in the program's own process,
with the settings of the stack. While a program is tested, its mocks answer instead, as they do
for every other function of Pulumi: `call` gets the token and the arguments.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pulumi
from pulumi.runtime import MockCallArgs

from ..api.errors import LumosError
from ..config import Settings
from .program import keep_interrupts_quiet, line_of_the_program, mocks, program_settings
from .texts import text

T = TypeVar("T")
Values = dict[str, Any]


class FunctionFailed(pulumi.RunError, LookupError):
    """What a program asks of Lumos cannot be answered; the text says why and what to do."""


def function(
    name: str,
    arguments: Mapping[str, Any],
    *,
    check: Callable[[], object],
    ask: Callable[[Settings], T],
    understand: Callable[[Values], T],
) -> T:
    """The answer of Lumos or, where a program is tested, what `understand` makes of the mocks'.

    `check` raises where the arguments are wrong. Raises FunctionFailed, which Pulumi prints as a
    sentence without a traceback.
    """
    where = line_of_the_program()
    keep_interrupts_quiet()
    try:
        check()
        stand_in = mocks()
        if stand_in is not None:
            return understand(_answer(stand_in.call, name, arguments))
        return ask(program_settings())
    except LumosError as error:
        raise FunctionFailed(text(f"{name}{where}: {error}")) from None


def later(call: Callable[..., T], arguments: Mapping[str, Any]) -> pulumi.Output[T]:
    """The answer as an Output, once the arguments are known; several are asked for at once."""

    async def in_background(known: Values) -> T:
        if mocks() is not None:
            return call(**known)
        return await asyncio.to_thread(call, **known)

    return pulumi.Output.all(**arguments).apply(in_background)


def token(name: str) -> str:
    """What mocks see a function as: `get_app` is `lumos:index:getApp`."""
    first, *others = name.split("_")
    return f"lumos:index:{first}{''.join(word.capitalize() for word in others)}"


def _answer(call: Callable[..., Any], name: str, arguments: Mapping[str, Any]) -> Values:
    answer = call(MockCallArgs(token(name), dict(arguments), ""))
    values, failures = (answer, None) if isinstance(answer, dict) else answer
    if failures:
        reasons = "; ".join(f"{path}: {reason}" for path, reason in failures)
        raise LumosError(f"the mocks answer that {reasons}")
    return dict(values)
