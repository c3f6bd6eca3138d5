"""Commands that are disturbed, one after the other, and what they lead to undisturbed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import closing
from typing import Any

from ..drivers.either_host import settings_for
from ..drivers.forked_host import HurriedForkedHost
from ..drivers.played_engine import PlayedEngine, Program, Values
from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..faults.catalog import catalog

# One step after the other, so that the n-th call is the same in every run.
UP = ("up", "--parallel", "1")
DESTROY = ("destroy", "--parallel", "1")
OUR_ANSWERS = ("--yes", "--skip-preview")

Commands = dict[str, tuple[Program, tuple[str, ...]]]
"""By name: the program before the command, and the command."""
Undisturbed = dict[str, tuple[int, Values]]
"""How many calls each command makes, and what Lumos holds then."""


def undisturbed(url: str, commands: Commands, prepare: Callable[[Tenant], Any]) -> Undisturbed:
    """What the commands do when nothing happens, as the played engine takes them."""
    found = {}
    engine = PlayedEngine()
    with closing(Tenant(url, f"lsk_CANARY{uuid.uuid4().hex}")) as tenant:
        prepare(tenant)
        for name, (program, _) in commands.items():
            tenant.forget_requests()
            with HurriedForkedHost(settings_for(tenant)) as host:
                assert engine.up(host, program) == []
            found[name] = len(tenant.requests()), catalog(tenant)
    return found


def declare(stack: Stack, program: Program, *options: str) -> None:
    """The program of the played engine, each resource after the one before it."""
    lines = ["last = []\n"]
    for name, (kind, given) in program.items():
        after = f"opts=pulumi.ResourceOptions({', '.join(('depends_on=last', *options))})"
        lines.append(f"last = [lumos.{kind}({name!r}, {after}, **{given!r})]\n")
    stack.program("".join(lines))


def finish(stack: Stack, command: tuple[str, ...]) -> None:
    """What a person does next: the same command, once the lock of a dead run is cancelled."""
    if is_locked(stack):
        assert "pulumi cancel" in stack.pulumi(*command, *OUR_ANSWERS, fails=True)
        stack.pulumi("cancel", "--yes")
    stack.pulumi(*command, *OUR_ANSWERS)


def is_locked(stack: Stack) -> bool:
    """Whether a run has left its lock behind."""
    return any((stack.folder / ".pulumi" / "locks").rglob("*.json"))
