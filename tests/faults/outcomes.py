"""Runs every operation of every kind under a fault at each of its calls, and says how it ended."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from ..drivers.cut_off import Killed
from ..drivers.dynamic_host import Failed
from ..drivers.hurried_host import HurriedHost
from ..drivers.in_process import InProcess
from ..drivers.played_engine import PlayedEngine, Program
from ..drivers.tenant import Tenant
from ..kinds import KINDS
from .catalog import catalog
from .faults import Fault
from .programs import PROGRAMS

SUCCEEDS, FAILS = "succeeds", "fails"
METHODS = ("GET /", "POST /", "PATCH /", "PUT /", "DELETE /")
NAMES = (*METHODS, "App ", "Rule ", "Permission ", "Attachment ", "AccessPolicy ")
LASTS = 200
"""Calls that a lasting fault strikes, from the first on."""
CALLS_UNDER_A_FAULT = 40
"""No operation under a fault asks Lumos more often than this."""
PATIENCE_SECONDS = 1.0
"""How long one attempt may take under a fault."""
NEXT_STEPS = ("Run ", "run ", "Check ", "Correct ", "Set ", "use ", "Look ", "Pass ", "delete it")


Hurried = InProcess | HurriedHost


@dataclass(frozen=True)
class Operation:
    """One operation: the version of the program before it, and after it (0, 1 or none)."""

    before: int | None
    run: Callable[[PlayedEngine, Hurried, Program], list[Failed]]
    after: int | None


OPERATIONS = {
    "create": Operation(None, PlayedEngine.up, 0),
    "read": Operation(0, lambda engine, host, _: engine.refresh(host), 0),
    "update": Operation(0, PlayedEngine.up, 1),
    "delete": Operation(0, lambda engine, host, _: engine.destroy(host), None),
}


class Case:
    """One operation on one program in a Lumos of its own.

    `switches` are those of the emulator, `hurry` is as in InProcess, and `host_of` says who is
    asked: the lifecycle itself, or a host over it.
    """

    def __init__(
        self,
        url: str,
        operation: str,
        program: str,
        hurry: float = math.inf,
        host_of: type[Hurried] = InProcess,
        **switches: Any,
    ) -> None:
        self._host_of = host_of
        self.tenant = Tenant(url, f"lsk_CANARY{uuid.uuid4().hex}")
        self.operation = OPERATIONS[operation]
        self._hurry = hurry
        self._program = PROGRAMS[program]
        self._versions = self._program.versions(url)
        self.engine = PlayedEngine(in_order=self._program.in_order)
        self._program.prepare(self.tenant)
        if self.operation.before is not None:
            with self._host() as host:
                assert self.engine.up(host, self._version(self.operation.before)) == []
        self.tenant.switch(**switches)
        self.tenant.forget_requests()

    def close(self) -> None:
        self.tenant.close()

    def run(self, **patience: Any) -> list[Failed]:
        """The operation, in a process of its own."""
        with self._host(**patience) as host:
            return self.operation.run(self.engine, host, self._version(self.operation.after))

    def killed_after(self, requests: int) -> None:
        """The operation, killed before it has the answer to that request."""
        with suppress(Killed):
            self.run(until=requests)

    def differs(self) -> list[str]:
        """What the state and Lumos say differently from the program."""
        with self._host() as host:
            return self.engine.changes(host, self._version(self.operation.after))

    def _version(self, number: int | None) -> Program:
        return {} if number is None else self._versions[number]

    def _host(self, **patience: Any) -> Hurried:
        return self._host_of(self.tenant, hurry=self._hurry, **patience)


def outcome(
    url: str,
    operation: str,
    program: str,
    fault: Fault,
    *,
    lasting: bool,
    host_of: type[Hurried] = InProcess,
) -> set[str]:
    """How the operation ends under the fault, over all of its calls.

    Whatever happens on the way, it is told clearly, and afterwards one more run brings about
    exactly what is declared.
    """
    with closing(Case(url, operation, program, host_of=host_of)) as case:
        assert case.run() == []
        calls = len(case.tenant.requests())
        desired = catalog(case.tenant)
    assert calls
    ends = set()
    # A busy machine must not look like a Lumos that does not answer.
    patience = {"patience_seconds": PATIENCE_SECONDS} if fault["kind"] == "hang" else {}
    patience |= {"retries": 1} if lasting else {}
    for call in range(1, calls + 1):
        with closing(Case(url, operation, program, host_of=host_of)) as case:
            strikes = list(range(call, call + LASTS)) if lasting else [call]
            case.tenant.fault(**{**fault, "nth": strikes})
            failures = _run_under_fault(case, operation, patience)
            ends.add(FAILS if failures else SUCCEEDS)
            case.tenant.call("DELETE", "/_emulator/faults")
            if failures:
                assert case.run() == []
            assert catalog(case.tenant) == desired
            assert case.differs() == []
    return ends


def _run_under_fault(case: Case, operation: str, patience: dict[str, Any]) -> list[Any]:
    """The failures of the operation, each told clearly."""
    known = set(case.engine.state)
    failures = case.run(**patience)
    assert len(case.tenant.requests()) <= CALLS_UNDER_A_FAULT
    for failed in failures:
        _assert_clear(str(failed), case.tenant)
    if operation == "read":
        assert set(case.engine.state) == known, "an answer like this is no deletion"
    return failures


def _assert_clear(text: str, tenant: Tenant) -> None:
    """The text says what failed and what to do, and holds no secret."""
    assert tenant.token not in text
    assert "Traceback" not in text
    assert "<html>" not in text
    assert any(word in text for word in NEXT_STEPS), text
    assert any(word in text for word in NAMES), text


def outcomes(url: str, fault: Fault, *, lasting: bool) -> dict[str, set[str]]:
    """How each operation ends under a fault, over all kinds and calls."""
    ends: dict[str, set[str]] = defaultdict(set)
    for operation, program in _pairs():
        ends[operation] |= outcome(url, operation, program, fault, lasting=lasting)
    return dict(ends)


def _pairs() -> Iterator[tuple[str, str]]:
    for operation in OPERATIONS:
        for kind in KINDS:
            yield operation, f"a sample of {kind}"
