"""Let a call that made an object fail only when Lumos must show what it made, see `lag`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from ..errors import LumosError
from .session import Session

Call = TypeVar("Call", bound=Callable[..., Any])


def shown_after_failure(call: Call) -> Call:
    """Let a call of a life fail only when Lumos must show what the call has made until then.

    For calls that make an object beside the one that the state records: the next run looks for it
    in Lumos, and would make another one as long as it is hidden.
    """

    @wraps(call)
    def wrapped(life: object, session: Session, *given: Any, **named: Any) -> Any:
        began = session.lag.now()
        try:
            return call(life, session, *given, **named)
        except LumosError:
            session.lag.wait_for_made_since(began)
            raise

    return cast(Call, wrapped)
