"""Delays the failure of a call until Lumos must show the object that it made, see `lag`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from pulumi_lumos.errors import LumosError

from .call import Call

Method = TypeVar("Method", bound=Callable[..., Any])


def delay_failure(method: Method) -> Method:
    """Delay the failure of a call until Lumos must show what the call has made.

    For calls that make an object that the state does not record yet: the next run looks for it in
    Lumos, and would make another one as long as Lumos hides it.
    """

    @wraps(method)
    def wrapped(lifecycle: object, call: Call, *given: Any, **named: Any) -> Any:
        began = call.run.lag.now()
        try:
            return method(lifecycle, call, *given, **named)
        except LumosError:
            call.run.lag.wait_for_made_since(began)
            raise

    return cast(Method, wrapped)
