"""A fork becomes the Python that a command stands for."""

from __future__ import annotations

import atexit
import io
import os
import runpy
import sys
import threading
from typing import Any

RUNS = ("-m", "-c")
FINDS_OTHER_MODULES = {"PYTHONPATH", "PYTHONHOME"}


def become(program: dict[str, Any]) -> None:
    """Run what the arguments of `python` say, with the command's folder, variables and streams.

    A Python with other options than `-u`, or with modules elsewhere, is started anew: what is
    imported already may be something else than it would find.
    """
    arguments, environment = program["arguments"], program["environment"]
    os.chdir(program["folder"])
    has_option = arguments[:1] == ["-u"]
    what, *rest = arguments[has_option:] or ["-"]
    if (what[:1] == "-" and what not in RUNS) or environment.keys() & FINDS_OTHER_MODULES:
        os.execve(sys.executable, [sys.executable, *arguments], environment)
    os.environ.clear()
    os.environ.update(environment)
    sys.dont_write_bytecode = bool(environment.get("PYTHONDONTWRITEBYTECODE"))
    _open_streams(has_option or bool(environment.get("PYTHONUNBUFFERED")))
    sys.orig_argv = [program["command"], *arguments]
    sys.executable = program["command"]
    if what == "-m":
        sys.argv = rest
        sys.path[0] = program["folder"]
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif what == "-c":
        sys.argv = [what, *rest[1:]]
        sys.path[0] = ""
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = [what, *rest]
        sys.path[0] = os.path.dirname(os.path.abspath(what))
        runpy.run_path(what, run_name="__main__")


def end(code: int) -> None:
    """End this process as Python does, but let the system take back all memory at once.

    A Python that ends takes its modules apart first. In a fork, that copies every page of what the
    server has imported, which takes longer than most commands.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(code)  # Python says what is wrong with the stream.
    os._exit(code)


def _open_streams(unbuffered: bool) -> None:
    """Open the standard streams anew, as Python does where it starts."""
    reading = io.BufferedReader(io.FileIO(0, closefd=False))
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(reading, "utf-8")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _writing(1, "strict", unbuffered)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _writing(2, "backslashreplace", True)  # type: ignore[misc]


def _writing(number: int, errors: str, unbuffered: bool) -> io.TextIOWrapper:
    raw = io.FileIO(number, "w", closefd=False)
    binary = raw if unbuffered else io.BufferedWriter(raw)
    return io.TextIOWrapper(binary, "utf-8", errors, write_through=unbuffered)
