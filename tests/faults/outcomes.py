"""Runs every operation of every kind under a fault at each of its calls, and says how it ended."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from ..host.dynamic_host import Failed
from ..host.samples import KINDS, make_room, samples
from ..tenant import Tenant
from .catalog import catalog
from .faults import Fault
from .in_process import InProcess
from .played_engine import PlayedEngine, Program

SUCCEEDS, FAILS = "succeeds", "fails"
NAMES = ("GET /", "POST /", "PATCH /", "DELETE /", "App ", "Rule ", "Permission ", "Attachment ")
LASTS = 200
"""Calls that a lasting fault strikes, from the first on."""
CALLS_UNDER_A_FAULT = 40
"""No operation under a fault asks Lumos more often than this."""
PATIENCE_SECONDS = 1.0
"""How long one attempt may take under a fault."""
NEXT_STEPS = ("Run ", "run ", "Check ", "Correct ", "Set ", "use ", "Look ", "Pass ", "delete it")


@dataclass(frozen=True)
class Operation:
    """One operation on one resource, and what has to be there before."""

    before: int | None
    run: Callable[[PlayedEngine, InProcess, Program], list[Failed]]
    after: int | None


OPERATIONS = {
    "create": Operation(None, PlayedEngine.up, 0),
    "read": Operation(0, lambda engine, host, _: engine.refresh(host), 0),
    "update": Operation(0, PlayedEngine.up, 1),
    "delete": Operation(0, lambda engine, host, _: engine.destroy(host), None),
}


def program(kind: str, sample: int | None) -> Program:
    """A program with one resource, or with none."""
    return {} if sample is None else {"it": (kind, samples(kind)[sample])}


class Case:
    """One operation on one kind in a Lumos of its own."""

    def __init__(self, url: str, operation: Operation, kind: str) -> None:
        self.tenant = Tenant(url, f"lsk_CANARY{uuid.uuid4().hex}")
        self.operation = operation
        self.declared = program(kind, operation.after)
        self.engine = PlayedEngine()
        make_room(self.tenant, kind)
        with InProcess(self.tenant) as host:
            assert self.engine.up(host, program(kind, operation.before)) == []
        self.tenant.forget_requests()

    def close(self) -> None:
        self.tenant.close()

    def run(self, **patience: Any) -> list[Failed]:
        """The operation, in a process of its own."""
        with InProcess(self.tenant, **patience) as host:
            return self.operation.run(self.engine, host, self.declared)

    def differs(self) -> list[str]:
        """What the state and Lumos say differently from the program."""
        with InProcess(self.tenant) as host:
            return self.engine.changes(host, self.declared)


def outcome(url: str, operation: str, kind: str, fault: Fault, *, lasting: bool) -> set[str]:
    """How the operation ends under the fault, over all of its calls.

    Whatever happens on the way, it is told clearly, and afterwards one more run brings about
    exactly what is declared.
    """
    with closing(Case(url, OPERATIONS[operation], kind)) as case:
        assert case.run() == []
        calls = len(case.tenant.requests())
        wanted = catalog(case.tenant)
    assert calls
    ends = set()
    # A busy machine must not look like a Lumos that does not answer.
    patience = {"patience_seconds": PATIENCE_SECONDS} if fault["kind"] == "hang" else {}
    patience |= {"retries": 1} if lasting else {}
    for call in range(1, calls + 1):
        with closing(Case(url, OPERATIONS[operation], kind)) as case:
            strikes = list(range(call, call + LASTS)) if lasting else [call]
            case.tenant.fault(**{**fault, "nth": strikes})
            known = set(case.engine.state)
            failures = case.run(**patience)
            ends.add(FAILS if failures else SUCCEEDS)
            assert len(case.tenant.requests()) <= CALLS_UNDER_A_FAULT
            for failed in failures:
                _assert_clear(str(failed), case.tenant)
            if operation == "read":
                assert set(case.engine.state) == known, "an answer like this is no deletion"
            case.tenant.call("DELETE", "/_emulator/faults")
            if failures:
                assert case.run() == []
            assert catalog(case.tenant) == wanted
            assert case.differs() == []
    return ends


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
    for operation, kind in _pairs():
        ends[operation] |= outcome(url, operation, kind, fault, lasting=lasting)
    return dict(ends)


def _pairs() -> Iterator[tuple[str, str]]:
    for operation in OPERATIONS:
        for kind in KINDS:
            yield operation, kind
