"""Hosts by the hundred: forks of one process that has imported everything already.

Each is Pulumi's own dynamic host, or the packaged provider, with nothing read yet, as one that is
started by the engine.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import runpy
import signal
import sys
from multiprocessing.connection import Connection
from typing import ClassVar

from ..patience import PATIENCE_SECONDS
from .dynamic_host import DynamicHost
from .packaged_host import PackagedHost

FORKS = multiprocessing.get_context("forkserver")
LAG_SECONDS = 0.5
"""How long hurried hosts let Lumos hide a new object: their tests delete often."""
FORKS.set_forkserver_preload([f"{__package__}.preloaded_python.modules"])


class ForkedHost(DynamicHost):
    """A dynamic host that starts in a few hundredths of a second."""

    module = "pulumi.dynamic"
    own_settings: ClassVar[dict[str, str]] = {}

    @property
    def pid(self) -> int:
        assert self._fork.pid
        return self._fork.pid

    def ends_within(self, seconds: float) -> bool:
        """Whether the process ends by itself in that time."""
        self._fork.join(seconds)
        return not self._fork.is_alive()

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._fork.kill()

    def _start(self) -> int:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        environment = {**self._environment, **self.own_settings}
        given = (self.module, self._engine, environment, theirs)
        self._fork = FORKS.Process(target=_become_a_host, args=given, daemon=True)
        self._fork.start()
        theirs.close()
        assert ours.poll(PATIENCE_SECONDS), "the host says its port"
        with os.fdopen(os.dup(ours.fileno())) as announced:
            port = announced.readline()
        ours.close()
        return int(port)

    def _end(self) -> None:
        self._fork.kill()
        self._fork.join()
        self._fork.close()


class ForkedPackagedHost(ForkedHost, PackagedHost):
    """A packaged provider that starts in a few hundredths of a second."""

    module = "pulumi_lumos.plugin"


class HurriedForkedHost(ForkedHost):
    """A forked dynamic host that hardly waits for what Lumos may hide."""

    own_settings: ClassVar = {"LUMOS_LAG": str(LAG_SECONDS)}


class HurriedForkedPackagedHost(HurriedForkedHost, ForkedPackagedHost):
    """A forked packaged provider that hardly waits for what Lumos may hide."""


def _become_a_host(
    module: str, engine: str, environment: dict[str, str], announced: Connection
) -> None:
    """Run a host as `python -m MODULE ENGINE` does."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, engine]
    # As Python does where it starts: the server of the forks ignores interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Unbuffered, as with `python -u`: the host does not flush the port number.
    sys.stdout = io.TextIOWrapper(
        os.fdopen(os.dup(announced.fileno()), "wb", 0), write_through=True
    )
    announced.close()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    runpy.run_module(module, run_name="__main__", alter_sys=True)
