"""What an operation leaves behind after something went wrong, beside what it does undisturbed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from ..drivers.played_engine import Refused, Values
from .catalog import catalog
from .faults import FAULTS, Fault
from .outcomes import PATIENCE_SECONDS, Case

Opened = Callable[[], Case]


@dataclass(frozen=True)
class Undisturbed:
    """How many calls an operation makes, what Lumos holds then, and what still differs."""

    calls: int
    held: Values
    differs: list[str]


def undisturbed(opened: Opened) -> Undisturbed:
    """The outcome of the operation where nothing goes wrong."""
    with closing(opened()) as case:
        assert case.run() == []
        calls = len(case.tenant.requests())
        return Undisturbed(calls, catalog(case.tenant), case.differs())


def strike(case: Case, faults: dict[int, str]) -> None:
    """Run the operation while faults strike calls of it; none is left in force."""
    kinds = set()
    for call, name in faults.items():
        fault: Fault = {**FAULTS[name], "nth": [call]}
        case.tenant.fault(**fault)
        kinds.add(fault["kind"])
    # Only a call that is never answered has to be given up; a busy machine answers late.
    case.run(**({"patience_seconds": PATIENCE_SECONDS} if "hang" in kinds else {}))
    case.tenant.call("DELETE", "/_emulator/faults")


def difference(case: Case, desired: Undisturbed) -> str:
    """What differs from an undisturbed run after one more run; "" where nothing does."""
    try:
        failures = [str(failed) for failed in case.run()]
    except Refused as refused:
        failures = [str(refused)]
    if failures:
        return f"the next run fails: {failures}"
    held, differs = catalog(case.tenant), case.differs()
    if held != desired.held:
        return f"Lumos holds {held} and not {desired.held}"
    return "" if differs == desired.differs else f"a preview shows changes of {differs}"
