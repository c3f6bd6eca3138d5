"""How Lumos says no: statuses, and 422 in FastAPI's shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Location = tuple["str | int", ...]


class RefusalError(Exception):
    """An answer that refuses the request: `status` with `detail` as its reason.

    `retry_after` says in how many seconds the same request may succeed.
    """

    def __init__(self, status: int, detail: str, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {} if retry_after is None else {"Retry-After": str(retry_after)}


class InvalidError(Exception):
    """A request that breaks rules, each broken rule with the place of the field it concerns."""

    def __init__(self, errors: Sequence[dict[str, Any]]) -> None:
        super().__init__(as_sentence(errors))
        self.errors = list(errors)


class Problems:
    """Collects everything that is wrong with one request, so that one answer names it all."""

    def __init__(self) -> None:
        self.errors: list[dict[str, Any]] = []

    def add(self, location: Location, message: str) -> None:
        """Note a broken rule at a place such as `("body", "provisioning")`."""
        self.errors.append({"loc": list(location), "msg": message, "type": "value_error"})

    def raise_any(self) -> None:
        """Raise InvalidError when anything was noted."""
        if self.errors:
            raise InvalidError(self.errors)


def invalid(location: Location, message: str) -> InvalidError:
    """The 422 for one broken rule."""
    problems = Problems()
    problems.add(location, message)
    return InvalidError(problems.errors)


def missing(kind: str) -> RefusalError:
    """The answer for an id that the tenant does not have."""
    return RefusalError(404, f"{kind} not found.")


def as_sentence(errors: Sequence[dict[str, Any]]) -> str:
    """The errors of a 422 as the one string that Lumos's framework can send instead of a list."""
    return "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in errors)
