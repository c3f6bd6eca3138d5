"""A run that is killed at any of its calls to Lumos is finished by the next one."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.dynamic_host import Failed
from ..drivers.either_host import settings_for
from ..drivers.forked_host import HurriedForkedHost, HurriedForkedPackagedHost
from ..drivers.played_engine import PlayedEngine, Program, Values
from ..drivers.tenant import Tenant
from .catalog import FIRST, SECOND, catalog, prepare

pytestmark = pytest.mark.slow

AT_ONCE = 4
"""Runs beside each other, each with a Lumos of its own."""


@dataclass(frozen=True)
class Command:
    """What is killed and run again: from which program, by what, to which."""

    before: Program
    run: Callable[[PlayedEngine, HurriedForkedHost], list[Failed]]
    declared: Program


COMMANDS = {
    "an up that creates": Command({}, lambda engine, host: engine.up(host, FIRST), FIRST),
    "an up that changes": Command(FIRST, lambda engine, host: engine.up(host, SECOND), SECOND),
    "a destroy": Command(FIRST, lambda engine, host: engine.destroy(host), {}),
}


class Run:
    """A command in a Lumos of its own."""

    def __init__(
        self,
        emulator: EmulatorProcess,
        command: Command,
        equal_labels: str,
        host_of: type[HurriedForkedHost] = HurriedForkedHost,
    ) -> None:
        self._host_of = host_of
        self.tenant = Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")
        self.command = command
        self.engine = PlayedEngine()
        self.tenant.switch(equal_labels=equal_labels)
        prepare(self.tenant)
        if command.before:
            with self.host() as host:
                assert self.engine.up(host, command.before) == []
        self.tenant.forget_requests()

    def close(self) -> None:
        self.tenant.close()

    def host(self) -> HurriedForkedHost:
        """A host that has seen nothing yet."""
        return self._host_of(settings_for(self.tenant))

    def undisturbed(self) -> tuple[int, Values]:
        """How many calls the command makes, and what Lumos holds afterwards."""
        self.finish()
        return len(self.tenant.requests()), catalog(self.tenant)

    def kill(self, call: int, when: str) -> None:
        """Start the command, and kill its host while Lumos has that call in its hands."""
        self.tenant.fault("hang", nth=[call], when=when)
        with self.host() as host, _killed_once(self.tenant, host):
            assert self.command.run(self.engine, host)
        self.tenant.call("DELETE", "/_emulator/faults")

    def finish(self) -> None:
        """What a person does next."""
        with self.host() as host:
            assert self.command.run(self.engine, host) == []

    def differs(self) -> list[str]:
        """What the state and Lumos say differently from the program."""
        with self.host() as host:
            return self.engine.changes(host, self.command.declared)


@contextmanager
def _killed_once(tenant: Tenant, host: HurriedForkedHost) -> Iterator[None]:
    """Kill the host once the fault has struck, and end with an error if it never does."""
    over = Event()

    def watch() -> None:
        while not over.is_set():
            if tenant.call("GET", "/_emulator/faults")[0]["struck"]:
                host.kill()
                return
            time.sleep(0.005)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


@pytest.mark.parametrize(
    ("equal_labels", "when"),
    [
        ("allow", "before"),
        ("refuse", "after"),
        pytest.param("allow", "after", marks=pytest.mark.nightly),
        pytest.param("refuse", "before", marks=pytest.mark.nightly),
    ],
)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_what_is_killed_at_any_call_is_finished_by_the_next_run(
    command: Command, equal_labels: str, when: str, emulator: EmulatorProcess
) -> None:
    wrong = wrong_after_kills(partial(Run, emulator, command, equal_labels), when)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("equal_labels", "when", "every"),
    [
        ("refuse", "after", 3),
        ("allow", "before", 5),
        *(
            pytest.param(labels, when, 1, marks=pytest.mark.nightly)
            for labels in ("allow", "refuse")
            for when in ("before", "after")
        ),
    ],
)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_what_is_killed_on_the_packaged_host_is_finished_by_the_next_run(
    command: Command, equal_labels: str, when: str, every: int, emulator: EmulatorProcess
) -> None:
    new_run = partial(Run, emulator, command, equal_labels, HurriedForkedPackagedHost)
    wrong = wrong_after_kills(new_run, when, every)
    assert not wrong, "\n".join(wrong)


def wrong_after_kills(new_run: Callable[[], Run], when: str, every: int = 1) -> list[str]:
    """What is wrong after a kill at each call, or at every so many, and one more run."""
    with closing(new_run()) as run:
        calls, desired = run.undisturbed()
        assert run.differs() == []

    def wrong_after(call: int) -> str:
        with closing(new_run()) as run:
            run.kill(call, when)
            killed_at = run.tenant.calls()[-1]
            run.finish()
            found = [*run.differs(), *_different(desired, catalog(run.tenant))]
            return f"killed at call {call} ({killed_at}): {found}" if found else ""

    assert calls > len(FIRST)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(filter(None, pool.map(wrong_after, range(1, calls + 1, every))))


def _different(desired: Values, found: Values) -> list[str]:
    """The objects that are there and should not be, or the other way round."""
    lines = []
    for name in desired:
        more = [item for item in found[name] if item not in desired[name]]
        less = [item for item in desired[name] if item not in found[name]]
        doubled = len(found[name]) - len(desired[name]) if not more and not less else 0
        if more or less or doubled:
            lines.append(f"{name}: there is {more}, there is no {less}, {doubled} too many")
    return lines
