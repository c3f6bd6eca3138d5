"""A command that a person interrupts, once or twice, is finished by the next one."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.killed import has_struck, hosts_of, is_host, let_go, start, wait_for
from ..drivers.played_engine import Program
from ..drivers.stack import Stack
from ..faults.catalog import catalog
from ..faults.combinations import chance
from ..kinds.values import by_id
from ..patience import PATIENCE_SECONDS, wait_until
from .disturbed import DESTROY, UP, Commands, Undisturbed, declare, finish, undisturbed

pytestmark = [
    pytest.mark.engine,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc"),
]

TIMES = int(os.environ.get("LUMOS_INTERRUPTS", "2"))
"""How often all three commands are interrupted."""
BY_NIGHT = 8
"""How often more, at other calls, by night."""
HELD_SECONDS = 1.0


def program(group: str, attached: str) -> Program:
    """A permission that is replaced with its group, and hidden then; an attachment that moves."""
    config: dict[str, Any] = {
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {"provisioning_group": by_id(group)},
    }
    admin = {
        "app_id": seed_ids.SALESFORCE_APP_ID,
        "label": "Admin",
        "request_config": config,
        "deletion_policy": "hide",
    }
    guests = {"permission": seed_ids.SLACK_PERMISSION_ID, "group": by_id(attached)}
    return {
        "admin": ("RequestablePermission", admin),
        "guests": ("ProvisioningGroupAttachment", guests),
    }


COMMANDS: Commands = {
    "first": (program("IT", "Contractors"), UP),
    "second": (program("Engineering", "Everyone"), UP),
    "destroy": ({}, DESTROY),
}


@pytest.fixture(scope="module")
def desired(emulator: EmulatorProcess) -> Undisturbed:
    return undisturbed(emulator.url, COMMANDS, lambda tenant: None)


@pytest.mark.parametrize(
    "number",
    [*range(TIMES), *(pytest.param(TIMES + n, marks=pytest.mark.nightly) for n in range(BY_NIGHT))],
)
def test_the_next_command_finishes_what_an_interrupted_one_began(
    number: int, stack: Stack, desired: Undisturbed
) -> None:
    drawn = chance(number)
    for name, (declared, command) in COMMANDS.items():
        calls, held = desired[name]
        call, times = drawn.randint(1, calls), drawn.choice([1, 2])
        declare(stack, declared)
        interrupt(stack, call, times, *command)
        finish(stack, command)
        assert catalog(stack.tenant) == held, f"{times} interrupts at call {call} of {name}"
        if declared:
            stack.preview("--refresh", "--expect-no-changes")
    assert stack.resources() == []


def interrupt(stack: Stack, call: int, times: int, *command: str) -> None:
    """Interrupt a command while Lumos holds a call back for a moment."""
    stack.tenant.forget_requests()
    stack.tenant.fault("stall", nth=[call], seconds=HELD_SECONDS)
    process = start(stack, *command)
    wait_for(process, lambda: has_struck(stack), f"Lumos has call {call} in its hands")
    hosts = hosts_of(process)
    for _ in range(times):
        os.kill(process.pid, signal.SIGINT)
    process.communicate(timeout=PATIENCE_SECONDS)
    wait_until(lambda: not any(is_host(pid) for pid in hosts), "the hosts end by themselves")
    let_go(stack)
