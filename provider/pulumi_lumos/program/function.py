"""What Pulumi calls a function of a provider: it reads, when the program runs.

The engine cannot call a function of a dynamic provider, so it runs in the program's own process,
with the settings of the stack. While a program is tested, its mocks answer instead, as they do
for every other function of Pulumi: `call` gets the token and the arguments.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pulumi
from pulumi.runtime import MockCallArgs
from pulumi.runtime._depends_on import _resolve_depends_on
from pulumi.runtime.rpc import _expand_dependencies

from ..config import Settings
from ..errors import LumosError
from ..hosts.mocks import mocks
from ..hosts.texts import text
from .inputs import keep_interrupts_quiet, line_of_the_program, program_settings

T = TypeVar("T")
Values = dict[str, Any]
Options = pulumi.InvokeOutputOptions


class FunctionFailed(pulumi.RunError, LookupError):
    """What a program asks of Lumos cannot be answered; the text says why and what to do."""


@dataclass(frozen=True)
class FunctionCall:
    """One call of a function by a program.

    where: the program's line. secrets: those of its arguments that no text may show. anew: whether
    Lumos has to be asked now, because what the call depends on has only just been made.
    """

    where: str
    secrets: Sequence[str] = ()
    anew: bool = False

    @classmethod
    def now(cls) -> FunctionCall:
        """A call from the line that runs."""
        return cls(line_of_the_program())


def function(
    name: str,
    arguments: Mapping[str, Any],
    call: FunctionCall,
    *,
    check: Callable[[], object],
    ask: Callable[[Settings], T],
    understand: Callable[[Values], T],
) -> T:
    """Ask Lumos, or where a program is tested, let `understand` read the answer of the mocks.

    `check` raises where the arguments are wrong. Raises FunctionFailed, which Pulumi prints as a
    sentence without a traceback.
    """
    keep_interrupts_quiet()
    try:
        check()
        stand_in = mocks()
        if stand_in is not None:
            return understand(_answer(stand_in.call, name, arguments))
        return ask(program_settings())
    except LumosError as error:
        raise FunctionFailed(text(f"{name}{call.where}: {error}", secrets=call.secrets)) from None


def later(
    ask: Callable[[Values, FunctionCall], T], arguments: Mapping[str, Any], opts: Options | None
) -> pulumi.Output[T]:
    """The answer as an Output, once the arguments and what it depends on are known.

    Several are asked for at once.
    """
    where = line_of_the_program()
    given = {name: pulumi.Output.from_input(value) for name, value in arguments.items()}
    anew = opts is not None and opts.depends_on is not None

    async def in_background(known: Values) -> T:
        values = {name: known[name] for name in given}
        secrets = [str(values[name]) for name in given if await given[name].is_secret()]
        call = FunctionCall(where, secrets, anew)
        if mocks() is not None:
            return ask(values, call)
        return await asyncio.to_thread(ask, values, call)

    waited = _made(opts) if anew and opts else None
    return pulumi.Output.all(**given, depends_on=waited).apply(in_background)


def _made(opts: Options) -> pulumi.Output[None]:
    """An Output that is known once everything in `depends_on` is made; in a preview, if it is."""

    async def resources() -> set[pulumi.Resource]:
        named = await _resolve_depends_on(opts._depends_on_list())
        return set((await _expand_dependencies(named, None)).values())

    async def are_there() -> bool:
        made = [one for one in await found if isinstance(one, pulumi.CustomResource)]
        return all([await one.id.is_known() for one in made])

    async def nothing() -> None:
        await found

    found = asyncio.ensure_future(resources())
    return pulumi.Output(found, nothing(), are_there())


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
