"""What Pulumi calls a function of a provider: it reads, when the program runs.

The engine cannot call a function of a dynamic provider, so it runs in the program's own process,
with the settings of the stack. A provider that the program makes itself is another tenant, which
the engine can ask. While a program is tested, its mocks answer instead, as they do for every other
function of Pulumi: `call` gets the token and the arguments.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import pulumi
from pulumi.runtime import MockCallArgs
from pulumi.runtime._depends_on import _resolve_depends_on
from pulumi.runtime.rpc import _expand_dependencies

from pulumi_lumos.config import Settings
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.mocks import mocks
from pulumi_lumos.hosts.names import function_token
from pulumi_lumos.hosts.texts import text

from .inputs import keep_interrupts_quiet, line_of_the_program, program_settings
from .other_tenant import (
    NotKnownYet,
    Options,
    ask_provider,
    ask_provider_later,
    provider_in,
    reference,
)

T = TypeVar("T")
Values = dict[str, Any]


class FunctionFailed(pulumi.RunError, LookupError):
    """What a program asks of Lumos cannot be answered; the text says why and what to do."""


@dataclass(frozen=True)
class FunctionCall:
    """One call of a function by a program.

    where: the program's line. secrets: those of its arguments that no text may show. anew: whether
    Lumos has to be asked now, because what the call depends on has only just been made. opts: what
    may name the provider of another tenant. answered: gives or raises what that tenant has answered
    already.
    """

    where: str
    secrets: Sequence[str] = ()
    anew: bool = False
    opts: Options | None = None
    answered: Callable[[], Values] | None = None

    @classmethod
    def now(cls, opts: Options | None = None) -> FunctionCall:
        """A call from the line that runs."""
        return cls(line_of_the_program(), opts=opts)


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
        if not call.anew and waits(call.opts):
            raise LumosError(f"opts.depends_on is for {name}_output, which waits")
        stand_in, provider = mocks(), provider_in(call.opts)
        if stand_in is not None:
            return understand(_answer(stand_in.call, name, arguments, provider))
        if provider is not None:
            answered = call.answered or partial(ask_provider, name, arguments, provider)
            return understand(answered())
        return ask(program_settings())
    except LumosError as error:
        raise FunctionFailed(text(f"{name}{call.where}: {error}", secrets=call.secrets)) from None


def later(
    name: str,
    ask: Callable[[Values, FunctionCall], T],
    arguments: Mapping[str, Any],
    opts: Options | None,
) -> pulumi.Output[T]:
    """The answer as an Output, once the arguments and what it depends on are known.

    Several are asked for at once.
    """
    where = line_of_the_program()
    given = {name: pulumi.Output.from_input(value) for name, value in arguments.items()}
    anew = waits(opts)

    async def in_background(known: Values) -> Any:
        values = {name: known[name] for name in given}
        secrets = [str(values[name]) for name in given if await given[name].is_secret()]
        call = FunctionCall(where, secrets, anew, opts)
        if mocks() is not None:
            return ask(values, call)
        if (provider := _provider_of(opts)) is None:
            return await asyncio.to_thread(ask, values, call)
        answer = asyncio.ensure_future(ask_provider_later(name, values, provider))
        await asyncio.wait([answer])
        try:
            return ask(values, replace(call, answered=answer.result))
        except FunctionFailed as failed:
            # A preview that does not know the provider still reports wrong arguments.
            if isinstance(failed.__context__, NotKnownYet):
                return _unknown()
            raise

    waited = _made(opts) if anew else None
    found: pulumi.Output[Any] = pulumi.Output.all(**given, depends_on=waited).apply(in_background)
    # Pulumi looks into an Output that a function gives, but not into that of a coroutine.
    return found.apply(lambda answer: answer)


def waits(opts: Options | None) -> bool:
    """Whether the options name what has to be made first."""
    return isinstance(opts, pulumi.InvokeOutputOptions) and opts.depends_on is not None


def _provider_of(opts: Options | None) -> pulumi.ProviderResource | None:
    """The provider of another tenant; None for wrong options: `function` reports them."""
    with suppress(LumosError):
        return provider_in(opts)
    return None


def _unknown() -> pulumi.Output[Any]:
    """What a preview does not know."""

    async def value(of: Any) -> Any:
        return of

    return pulumi.Output(value(set()), value(None), value(False))


def _made(opts: Any) -> pulumi.Output[None]:
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


def _answer(
    call: Callable[..., Any], name: str, arguments: Mapping[str, Any], provider: Any
) -> Values:
    of = "" if provider is None else reference(provider)
    answer = call(MockCallArgs(function_token(name), dict(arguments), of))
    values, failures = (answer, None) if isinstance(answer, dict) else answer
    if failures:
        reasons = "; ".join(f"{path}: {reason}" for path, reason in failures)
        raise LumosError(f"the mocks answer that {reasons}")
    return dict(values)
