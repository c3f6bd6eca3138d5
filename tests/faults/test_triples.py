"""Three faults in one run, at random calls of it."""

from __future__ import annotations

from contextlib import closing

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from .aftermath import difference, strike, undisturbed
from .combinations import chance
from .faults import FAULTS
from .outcomes import OPERATIONS, Case
from .programs import SAMPLES

AT_ONCE = 3
REPETITIONS = 4
"""Calls that the repetitions after one fault may add, for another to strike."""
NUMBERS = {
    **{(operation, program): 15 for operation in OPERATIONS for program in SAMPLES},
    ("create", "an app that waits"): 30,
    ("update", "an app that waits"): 30,
    ("update", "an app that begins to wait"): 30,
    ("create", "quickstart"): 15,
}
"""How many triples are tried on each operation: 240 on the samples of the kinds."""


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "program"), NUMBERS)
def test_three_faults_in_one_run_leave_what_the_next_run_finishes(
    operation: str, program: str, emulator: EmulatorProcess
) -> None:
    def opened() -> Case:
        return Case(emulator.url, operation, program)

    desired = undisturbed(opened)
    drawn = chance(operation, program)
    for _ in range(NUMBERS[operation, program]):
        calls = drawn.sample(range(1, desired.calls + REPETITIONS), AT_ONCE)
        faults = dict(zip(calls, drawn.sample([*FAULTS], AT_ONCE), strict=True))
        with closing(opened()) as case:
            strike(case, faults)
            assert difference(case, desired) == "", faults
