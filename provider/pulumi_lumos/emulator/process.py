"""The emulator as a process of its own, for tests, benchmarks and demos."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, ClassVar

from typing_extensions import Self

READY = "Lumos emulator ready on "
"""How the line begins that the server prints once it answers; its address follows."""
START_WITHIN_SECONDS = 120.0
STOP_WITHIN_SECONDS = 60.0
"""Long enough to save a large data file on a busy machine; a process that hangs is killed then."""


class EmulatorNotReadyError(RuntimeError):
    """The emulator did not start; the message ends with what it wrote to standard error."""


class EmulatorFailedError(RuntimeError):
    """The emulator ended with an error, such as a data file that it could not save."""


class EmulatorProcess:
    """Runs the emulator while a `with` block lasts; `url` is its address.

    `port` 0 takes a free one, `latency_ms` holds every answer back, `data` names the file that
    keeps the state over a restart (in memory without), `seed` is demo, requests, none or a file,
    and `switches` (docs/emulator.md) are those that every tenant begins with. The process ends
    with the block, and also when this process dies: it watches its standard input.
    """

    url: str
    # The tests of this project put a Python here that has imported everything already.
    _python: ClassVar[str] = sys.executable

    def __init__(
        self,
        port: int = 0,
        latency_ms: int = 0,
        data: str | Path | None = None,
        seed: str | Path = "demo",
        switches: Mapping[str, object] | None = None,
    ) -> None:
        self._command = [self._python, "-m", "pulumi_lumos.cli", "serve", "--until-stdin-ends"]
        self._command += ["--port", str(port), "--latency-ms", str(latency_ms), "--seed", str(seed)]
        if data is not None:
            self._command += ["--data", str(data)]
        for name, value in (switches or {}).items():
            word = value if isinstance(value, str) else json.dumps(value)
            self._command += ["--switch", f"{name}={word}"]
        self._process: subprocess.Popen[str] | None = None
        self._errors: IO[str] | None = None

    def __enter__(self) -> Self:
        """Start and wait for the ready line; EmulatorNotReadyError when it does not come."""
        self._errors = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        try:
            self.url = self._ready_url(self._process)
        except BaseException:
            self.stop()
            self._errors.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it; EmulatorFailedError when it ends badly, unless the block has failed already."""
        self.stop()
        if self._errors is None:
            return
        failed = self._process is not None and (self._process.returncode or 0) > 0
        complaint = self._said() if failed else ""
        self._errors.close()
        if complaint and kind is None:
            raise EmulatorFailedError(complaint)

    @property
    def pid(self) -> int:
        """The id of the running process."""
        if self._process is None:
            raise EmulatorNotReadyError("The Lumos emulator has not been started.")
        return self._process.pid

    def stop(self) -> None:
        """End the process: ask it to stop, then kill it. Does nothing when it has ended."""
        process = self._process
        if process is None:
            return
        _ask_to_stop(process)
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _ready_url(self, process: subprocess.Popen[str]) -> str:
        line = self._first_line(process)
        if not line.startswith(READY):
            self.stop()
            silence = f"it said nothing within {START_WITHIN_SECONDS:.0f} s."
            raise EmulatorNotReadyError(
                f"The Lumos emulator did not start: {self._said() or silence}"
            )
        return line[len(READY) :].strip()

    def _first_line(self, process: subprocess.Popen[str]) -> str:
        """The first line of output, or nothing when the process ends or the time is up."""
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        read = process.stdout.readline
        threading.Thread(target=lambda: lines.put(read()), daemon=True).start()
        try:
            return lines.get(timeout=START_WITHIN_SECONDS)
        except queue.Empty:
            return ""

    def _said(self) -> str:
        """What the process has written to standard error."""
        assert self._errors is not None
        self._errors.seek(0)
        return self._errors.read().strip()


def _ask_to_stop(process: subprocess.Popen[str]) -> None:
    """Let the process save its data and end."""
    if sys.platform == "win32":
        # There, `terminate` kills at once. The process stops when its standard input ends.
        assert process.stdin is not None
        process.stdin.close()
    else:
        # Standard input need not end here: a fork of this process may hold it open as well.
        process.terminate()
