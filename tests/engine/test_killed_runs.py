"""A run of the real engine that is killed is finished by what a person does next."""

from __future__ import annotations

import sys
import uuid
from contextlib import closing

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from ..faults.catalog import FIRST, SECOND, catalog, prepare
from ..faults.forked_host import ForkedHost
from ..faults.played_engine import PlayedEngine, Program, Values
from ..host.conftest import settings_for
from ..tenant import Tenant
from .killed import kill_everything_at, kill_host_at
from .stack import Stack

pytestmark = [
    pytest.mark.engine,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc"),
]

# One step after the other, so that the n-th call is the same in every run.
UP = ("up", "--parallel", "1")
DESTROY = ("destroy", "--parallel", "1")

CALLS = {
    "early": {"first": 2, "second": 1, "destroy": 2},
    "midway": {"first": 9, "second": 3, "destroy": 5},
    "late": {"first": 12, "second": 9, "destroy": 8},
}
"""The calls at which the three commands are killed: POST, PATCH and DELETE of every kind."""


@pytest.fixture(scope="module")
def undisturbed(emulator: EmulatorProcess) -> dict[str, Values]:
    """What Lumos holds after each command when nothing happens."""
    found = {}
    engine = PlayedEngine()
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as tenant:
        prepare(tenant)
        for name, program in {"first": FIRST, "second": SECOND, "destroy": {}}.items():
            with ForkedHost(settings_for(tenant)) as host:
                assert engine.up(host, program) == []
            found[name] = catalog(tenant)
    return found


def declare(stack: Stack, program: Program) -> None:
    """The catalog of the played engine, each resource after the one before it."""
    lines = ["last = []\n"]
    for name, (kind, given) in program.items():
        after = "opts=pulumi.ResourceOptions(depends_on=last)"
        lines.append(f"last = [lumos.{kind}({name!r}, {after}, **{given!r})]\n")
    stack.program("".join(lines))


@pytest.mark.parametrize(
    ("moment", "when"),
    [
        ("early", "before"),
        pytest.param("midway", "after", marks=pytest.mark.spread),
        ("late", "before"),
    ],
)
def test_the_next_command_finishes_what_a_killed_host_began(
    moment: str, when: str, stack: Stack, undisturbed: dict[str, Values]
) -> None:
    calls = CALLS[moment]
    prepare(stack.tenant)
    for name, program in {"first": FIRST, "second": SECOND}.items():
        declare(stack, program)
        kill_host_at(stack, calls[name], when, *UP)
        stack.up()
        assert catalog(stack.tenant) == undisturbed[name]
        stack.preview("--refresh", "--expect-no-changes")
    kill_host_at(stack, calls["destroy"], when, *DESTROY)
    stack.destroy()
    assert catalog(stack.tenant) == undisturbed["destroy"]
    assert stack.resources() == []


@pytest.mark.spread
def test_once_its_lock_is_cancelled_the_next_command_finishes_what_a_dead_machine_began(
    stack: Stack, undisturbed: dict[str, Values]
) -> None:
    calls = CALLS["midway"]
    prepare(stack.tenant)
    for name, program in {"first": FIRST, "second": SECOND}.items():
        declare(stack, program)
        kill_everything_at(stack, calls[name], "after", *UP)
        assert "pulumi cancel" in stack.up(fails=True)
        stack.pulumi("cancel", "--yes")
        stack.up()
        assert catalog(stack.tenant) == undisturbed[name]
        stack.preview("--refresh", "--expect-no-changes")
    kill_everything_at(stack, calls["destroy"], "after", *DESTROY)
    stack.pulumi("cancel", "--yes")
    stack.destroy()
    assert catalog(stack.tenant) == undisturbed["destroy"]
    assert stack.resources() == []
