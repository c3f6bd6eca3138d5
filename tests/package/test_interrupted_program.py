"""A program that the engine interrupts prints nothing more, however often it is interrupted."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

HOST = """\
import runpy, sys
runpy.run_path(sys.argv[1], run_name="__main__")
"""
"""The part of Pulumi's language host that matters: while it runs, `__main__` is the program."""
PROGRAM = """\
import atexit, builtins, os, signal
from pulumi_lumos.program.inputs import keep_interrupts_quiet


class Coroutine:
    def __del__(self):
        raise RuntimeError("no running event loop")


builtins.pending = Coroutine()
atexit.register(os.kill, os.getpid(), signal.SIGINT)
keep_interrupts_quiet()
os.kill(os.getpid(), signal.SIGINT)
"""


def test_a_second_interrupt_and_what_python_takes_apart_print_nothing(tmp_path: Path) -> None:
    host, program = tmp_path / "pulumi-language-python-exec", tmp_path / "__main__.py"
    host.write_text(HOST)
    program.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, str(host), str(program)], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGINT
    assert (done.stdout, done.stderr) == ("", "")
