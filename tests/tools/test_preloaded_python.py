"""The preloaded Python of the tests does what Python does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ..drivers.preloaded_python import preloaded_python
from ..patience import PATIENCE_SECONDS, wait_until

SAYS = """
import json, os, sys
seen = [os.getcwd(), os.environ["X"], sys.path[0], sys.dont_write_bytecode, sys.stdin.read()]
print(json.dumps([sys.argv, *seen]))
"""


def output(python: str, *arguments: str, folder: Path, writes_bytecode: bool) -> str:
    return subprocess.run(
        [python, *arguments],
        cwd=folder,
        env={**os.environ, "X": "y", "PYTHONDONTWRITEBYTECODE": "" if writes_bytecode else "1"},
        input="given",
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("writes_bytecode", [True, False])
@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", SAYS, "a", "-b"],
        ["-u", "-c", SAYS],
        ["-I", "-c", SAYS],
        ["-m", "module", "a"],
        ["module.py", "a"],
    ],
    ids=lambda arguments: " ".join(arguments)[:12],
)
def test_it_prints_what_python_prints(
    tmp_path: Path, arguments: list[str], writes_bytecode: bool
) -> None:
    (tmp_path / "module.py").write_text(SAYS)
    printed = [
        output(one, *arguments, folder=tmp_path, writes_bytecode=writes_bytecode)
        for one in (preloaded_python(), sys.executable)
    ]
    assert printed[0] == printed[1] != ""


ENDINGS = {
    "well": "print('done')",
    "a code": "raise SystemExit(3)",
    "a text": "raise SystemExit('it is over')",
    "no code": "raise SystemExit",
    "an error": "1 / 0",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "terminated": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "a thread that goes on": "import threading, time\n"
    "threading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()",
    "what it has registered": "import atexit; atexit.register(print, 'at the end')",
    "nobody reads": "import os; print('lost'); r, w = os.pipe(); os.close(r); os.dup2(w, 1)",
}


@pytest.mark.parametrize("program", ENDINGS.values(), ids=ENDINGS.keys())
def test_it_ends_as_python_does(program: str) -> None:
    environment = {name: v for name, v in os.environ.items() if name != "PYTHONUNBUFFERED"}
    preloaded, python = (
        subprocess.run([one, "-c", program], env=environment, capture_output=True, text=True)
        for one in (preloaded_python(), sys.executable)
    )
    assert preloaded.returncode == python.returncode
    assert preloaded.stdout == python.stdout
    assert preloaded.stderr.splitlines()[-1:] == python.stderr.splitlines()[-1:]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the fork in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_of_the_command_ends_the_fork(tmp_path: Path, number: signal.Signals) -> None:
    program = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(600)"
    command = [preloaded_python(), "-c", program]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        fork = Path("/proc", process.stdout.readline().strip())
        assert fork.exists()
        process.send_signal(number)
        process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not fork.exists(), "the fork ends with its command")
    assert process.returncode == -number


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the fork in /proc")
def test_a_signal_that_comes_when_the_fork_has_ended_changes_nothing() -> None:
    program = "import os, sys; print(os.getpid(), flush=True); sys.stdin.read(); sys.exit(5)"
    with subprocess.Popen(
        [preloaded_python(), "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        fork = Path("/proc", process.stdout.readline().strip())
        process.send_signal(signal.SIGSTOP)
        process.stdin.close()
        wait_until(lambda: not fork.exists(), "the fork ends")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        assert process.wait(PATIENCE_SECONDS) == 5
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_hundred_commands_at_once_that_end_or_are_killed_leave_it_well() -> None:
    def run(number: int) -> int:
        process = subprocess.Popen([preloaded_python(), "-c", f"raise SystemExit({number})"])
        if number % 3 == 0:
            process.kill()
        return process.wait(PATIENCE_SECONDS)

    with ThreadPoolExecutor(8) as at_once:
        codes = list(at_once.map(run, range(100)))
    for number, code in enumerate(codes):
        assert code == number or (number % 3 == 0 and code == -signal.SIGKILL)
    assert subprocess.run([preloaded_python(), "-c", "raise SystemExit(7)"]).returncode == 7
