"""Faults that a test asks for, and the requests that they strike."""

from __future__ import annotations

import random
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Kind = Literal["status", "reset", "stall", "hang", "truncate", "body"]


class FaultInput(BaseModel):
    """A fault as `POST /_emulator/faults` takes it.

    `method`, `path` (a regular expression searched in the path) and `body` (one searched in the
    raw body) choose the requests; `nth` counts the chosen ones from 1, `times` bounds how often
    the fault strikes, `probability` (with `seed`) leaves it to chance. `when` is before or after
    Lumos has committed what the request asks for: by default after for the kinds that spoil a
    real answer (truncate, body), else before.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    method: str | None = None
    path: str | None = None
    body: str | None = None
    nth: list[Annotated[int, Field(ge=1)]] | None = None
    times: Annotated[int, Field(ge=1)] | None = None
    when: Literal["before", "after"] | None = None
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[str, str] = {}
    body_text: str = ""
    content_type: str = "application/json"
    seconds: Annotated[float, Field(ge=0)] = 0.0
    probability: Annotated[float, Field(ge=0, le=1)] | None = None
    seed: int | None = None

    @field_validator("path", "body")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return value


class Fault:
    """A fault in force, with how many requests it matched and how often it struck."""

    def __init__(self, number: int, desired: FaultInput) -> None:
        self.number = number
        self.desired = desired
        self.when = desired.when or ("after" if desired.kind in ("truncate", "body") else "before")
        self.matched = 0
        self.struck = 0
        self.random = random.Random(desired.seed)  # noqa: S311 - chance, no secret

    def strikes(self, method: str, path: str, body: str) -> bool:
        """Count the request if it is one of the chosen, and say whether its turn has come."""
        if not self._chooses(method, path, body):
            return False
        self.matched += 1
        desired = self.desired
        return (
            (desired.nth is None or self.matched in desired.nth)
            and (desired.times is None or self.struck < desired.times)
            and (desired.probability is None or self.random.random() < desired.probability)
        )

    def _chooses(self, method: str, path: str, body: str) -> bool:
        desired = self.desired
        return (
            (desired.method is None or desired.method.upper() == method)
            and (desired.path is None or re.search(desired.path, path) is not None)
            and (desired.body is None or re.search(desired.body, body) is not None)
        )

    def as_json(self) -> dict[str, Any]:
        """The fault as the admin API lists it."""
        counts = {"id": self.number, "matched": self.matched, "struck": self.struck}
        return {**counts, **self.desired.model_dump(), "when": self.when}


class Faults:
    """The faults of one tenant; of several that hit one request, the oldest strikes."""

    def __init__(self) -> None:
        self.all: list[Fault] = []
        self.made = 0

    def add(self, desired: FaultInput) -> Fault:
        """Put a fault in force."""
        self.made += 1
        fault = Fault(self.made, desired)
        self.all.append(fault)
        return fault

    def clear(self) -> None:
        """Remove all faults."""
        self.all.clear()

    def pick(self, method: str, path: str, body: bytes) -> Fault | None:
        """The fault that hits this request, if any."""
        if not self.all:
            return None
        text = body.decode("utf-8", "replace")
        hits = [fault for fault in self.all if fault.strikes(method, path, text)]
        if not hits:
            return None
        hits[0].struck += 1
        return hits[0]
