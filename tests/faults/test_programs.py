"""Every fault and every crash at the calls of the example programs and of apps that wait."""

from __future__ import annotations

from contextlib import closing
from functools import cache

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from ..repository import ROOT
from .aftermath import Undisturbed, difference, strike, undisturbed
from .combinations import chance
from .faults import FAULTS
from .outcomes import OPERATIONS, Case
from .programs import EXAMPLES, NAMELESS, WAITING

LOST = "502, carried out"
EACH_SORT = (LOST, "connection reset", "429 without `Retry-After`", "half an answer", "401")
"""The faults that slow tests try; nightly ones try the rest."""
OTHERS = [name for name in FAULTS if name not in EACH_SORT]
STRUCK_AT_EVERY_CALL = [
    ("create", "quickstart"),
    ("create", "an app that waits"),
    ("update", "an app that waits"),
    ("update", "an app that begins to wait"),
    *((operation, program) for operation in ("create", "update") for program in NAMELESS),
]
STRUCK_AT_ONE_CALL = [
    (operation, program)
    for program in EXAMPLES
    for operation in ("create", "update")
    if (operation, program) not in STRUCK_AT_EVERY_CALL
]


@cache
def desired(url: str, operation: str, program: str) -> Undisturbed:
    """What the operation does where nothing goes wrong."""
    return undisturbed(lambda: Case(url, operation, program))


def wrong_after(url: str, operation: str, program: str, call: int, fault: str = "") -> str:
    """What is wrong after a fault of a call, or a kill after it, and one more run."""
    with closing(Case(url, operation, program)) as case:
        if fault:
            strike(case, {call: fault})
        else:
            case.killed_after(call)
        struck = case.tenant.calls()[call - 1]
        found = difference(case, desired(url, operation, program))
    return f"{operation} of {program}, call {call} ({struck}): {found}" if found else ""


def test_every_example_with_a_program_is_tried() -> None:
    programs = {file.parent.name for file in (ROOT / "examples").glob("*/__main__.py")}
    assert programs == set(EXAMPLES)


@pytest.mark.parametrize("fault", [LOST, ""], ids=["an answer is lost", "the run is killed"])
def test_an_app_that_waits_for_its_settings_is_finished_by_the_next_run(
    fault: str, emulator: EmulatorProcess
) -> None:
    """These two faults tell most, and strike at every call; the other tests are slow."""
    matter = ("create", "an app that waits")
    calls = range(1, desired(emulator.url, *matter).calls + 1)
    wrong = [wrong_after(emulator.url, *matter, call, fault) for call in calls]
    assert not any(wrong), wrong


@pytest.mark.parametrize("fault", [LOST, ""], ids=["an answer is lost", "the run is killed"])
@pytest.mark.parametrize("operation", ["create", "update"])
def test_an_integration_without_a_name_is_connected_once(
    operation: str, fault: str, emulator: EmulatorProcess
) -> None:
    """The fault strikes at every call; nothing but its class tells the integration from others."""
    matter = (operation, "an integration without a name")
    calls = range(1, desired(emulator.url, *matter).calls + 1)
    wrong = [wrong_after(emulator.url, *matter, call, fault) for call in calls]
    assert not any(wrong), wrong


@pytest.mark.slow
@pytest.mark.parametrize("program", [*EXAMPLES, *WAITING, *NAMELESS])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_program_that_is_killed_after_any_call_is_finished_by_the_next_run(
    operation: str, program: str, emulator: EmulatorProcess
) -> None:
    calls = range(1, desired(emulator.url, operation, program).calls + 1)
    wrong = [wrong_after(emulator.url, operation, program, call) for call in calls]
    assert not any(wrong), "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    [*EACH_SORT, *(pytest.param(one, marks=pytest.mark.nightly) for one in OTHERS)],
)
def test_a_program_that_a_fault_strikes_is_finished_by_the_next_run(
    fault: str, emulator: EmulatorProcess
) -> None:
    wrong = []
    for operation, program in [*STRUCK_AT_EVERY_CALL, *STRUCK_AT_ONE_CALL]:
        calls = [*range(1, desired(emulator.url, operation, program).calls + 1)]
        if calls and (operation, program) in STRUCK_AT_ONE_CALL:
            calls = [chance(fault, operation, program).choice(calls)]
        wrong += [wrong_after(emulator.url, operation, program, call, fault) for call in calls]
    assert not any(wrong), "\n".join(wrong)
