"""A run of the real engine that is killed is finished by what a person does next."""

from __future__ import annotations

import os
import sys

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.killed import kill_engine_at, kill_everything_at, kill_host_at
from ..drivers.stack import Stack
from ..faults.catalog import FIRST, SECOND, catalog, prepare
from ..faults.combinations import chance
from .disturbed import (
    DESTROY,
    UP,
    Commands,
    Undisturbed,
    declare,
    finish,
    is_locked,
    undisturbed,
)

pytestmark = [
    pytest.mark.engine,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc"),
]

COMMANDS: Commands = {"first": (FIRST, UP), "second": (SECOND, UP), "destroy": ({}, DESTROY)}
KILLS = {"host": kill_host_at, "engine": kill_engine_at, "everything": kill_everything_at}
TIMES = int(os.environ.get("LUMOS_KILLS", "1"))
"""How often each of them is killed in all three commands."""
BY_NIGHT = 4
"""How often more, at other calls, by night."""


@pytest.fixture(scope="module")
def desired(emulator: EmulatorProcess) -> Undisturbed:
    return undisturbed(emulator.url, COMMANDS, prepare)


@pytest.mark.spread
@pytest.mark.parametrize(
    "number",
    [*range(TIMES), *(pytest.param(TIMES + n, marks=pytest.mark.nightly) for n in range(BY_NIGHT))],
)
@pytest.mark.parametrize("what", KILLS)
def test_the_next_command_finishes_what_a_killed_one_began(
    what: str, number: int, stack: Stack, desired: Undisturbed
) -> None:
    """Each command is killed at a random call, before or after Lumos has carried it out."""
    prepare(stack.tenant)
    drawn = chance(what, number)
    for name, (program, command) in COMMANDS.items():
        calls, held = desired[name]
        call, when = drawn.randint(1, calls), drawn.choice(["before", "after"])
        declare(stack, program)
        KILLS[what](stack, call, when, *command)
        # Only an engine that lives has the time to take its lock away.
        assert is_locked(stack) == (what != "host")
        finish(stack, command)
        assert catalog(stack.tenant) == held, f"{what} killed {when} call {call} of {name}"
        if program:
            stack.preview("--refresh", "--expect-no-changes")
    assert stack.resources() == []
