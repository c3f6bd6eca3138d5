"""Asks a function of a provider that the program makes itself: another tenant than the stack's.

The engine passes the question on to the packaged provider, which has that tenant's token.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.runtime import invoke, invoke_async, rpc
from pulumi.runtime.sync_await import _sync_await

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.names import PACKAGE, camel, declared_name, function_token

Options = pulumi.InvokeOptions | pulumi.InvokeOutputOptions
PREFIX = re.compile(
    r"^(invoke of \S+ failed: )?(invocation of \S+ returned an error: )?([A-Z]\w+: )?"
)
"""What Pulumi's library, the engine and the provider put before the sentence."""


class NotKnownYet(LumosError):
    """A preview cannot ask: a setting of the provider is known once `up` has made it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "a setting of the provider in opts is not known before up, so this preview cannot ask "
            f"its tenant; use {name}_output"
        )


def provider_in(opts: Options | None) -> pulumi.ProviderResource | None:
    """The provider whose tenant is asked, from the options or from the parent in them.

    None where it is the tenant of the stack. Raises LumosError for what is no provider of Lumos.
    """
    if opts is None:
        return None
    if not isinstance(opts, (pulumi.InvokeOptions, pulumi.InvokeOutputOptions)):
        raise LumosError("opts must be a pulumi.InvokeOptions or a pulumi.InvokeOutputOptions")
    given: Any = opts.provider
    if given is None and opts.parent is not None:
        if not isinstance(opts.parent, pulumi.Resource):
            raise LumosError("opts.parent must be a resource")
        return opts.parent.get_provider(function_token("get"))
    if given is None or (isinstance(given, pulumi.ProviderResource) and given.package == PACKAGE):
        return given
    raise LumosError("opts.provider must be a lumos.Provider")


def reference(provider: pulumi.ProviderResource) -> str:
    """What mocks know a provider as: its URN and its id, as for every other function."""

    async def both() -> str:
        return f"{await provider.urn.future()}::{await provider.id.future() or rpc.UNKNOWN}"

    known: str = _sync_await(both())
    return known


def ask_provider(name: str, arguments: Mapping[str, Any], provider: Any) -> Values:
    """The answer of a provider, by the declared names; raises LumosError."""
    try:
        answer = invoke(*_call(name, arguments, provider)).value
    except Exception as error:  # Pulumi raises no class of its own here.
        raise _failed(error) from None
    return _declared(name, answer)


async def ask_provider_later(name: str, arguments: Mapping[str, Any], provider: Any) -> Values:
    """The same for an Output, while the program goes on."""
    try:
        answer = await invoke_async(*_call(name, arguments, provider))
    except asyncio.CancelledError:
        raise
    except Exception as error:  # As above.
        raise _failed(error) from None
    return _declared(name, answer)


def _call(
    name: str, arguments: Mapping[str, Any], provider: Any
) -> tuple[str, Values, pulumi.InvokeOptions]:
    given = {camel(one): value for one, value in arguments.items()}
    return function_token(name), given, pulumi.InvokeOptions(provider=provider)


def _failed(error: Exception) -> LumosError:
    return LumosError(PREFIX.sub("", str(error)))


def _declared(name: str, answer: Any) -> Values:
    if not answer:
        raise NotKnownYet(name)
    return {declared_name(one): value for one, value in answer.items()}
