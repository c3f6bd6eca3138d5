"""How a failure of a call reaches people through the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NoReturn, TypeVar, cast

import grpc
from pulumi.runtime.proto import provider_pb2

from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.texts import text

Method = TypeVar("Method", bound=Callable[..., Any])


def failures(problems: Iterable[Problem]) -> list[provider_pb2.CheckFailure]:
    """Problems of a check, which the engine shows at their property paths."""
    return [provider_pb2.CheckFailure(property=text(at), reason=text(why)) for at, why in problems]


def in_plain_words(method: Method) -> Method:
    """Let a failure of a call reach people as a sentence, spelled for their language."""

    @wraps(method)
    def call(servicer: Any, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return method(servicer, request, context)
        except LumosError as error:
            # The name of the error is what the page on errors lists it by.
            refuse(context, f"{type(error).__name__}: {servicer.spelling.text(str(error))}")

    return cast(Method, call)


def refuse(context: grpc.ServicerContext, reason: str) -> NoReturn:
    """End a call with a sentence, which the engine shows at the resource."""
    context.abort(grpc.StatusCode.UNKNOWN, text(reason))


def leave_out(context: grpc.ServicerContext, method: str) -> NoReturn:
    """End a call of a method that this provider does not have; the engine goes on without it."""
    context.abort(grpc.StatusCode.UNIMPLEMENTED, text(f"pulumi-lumos has no {method}"))
