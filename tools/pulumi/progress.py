"""What the user sees while this takes long, on stderr: stdout is for the answer alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HEARTBEAT_SECONDS = 30.0


def say(sentence: str) -> None:
    """Tell the user something."""
    print(f"pulumi: {sentence}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    doing: str,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> int:
    """Run a command to its end and return its exit code.

    Its output goes to stderr, with a word now and then that it is still at work. The command is
    stopped when this process is interrupted.
    """
    started = time.monotonic()
    # A signal that struck within Popen left a command behind that nothing here knew of.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_SETMASK, mask),
    )
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        while True:
            try:
                return process.wait(HEARTBEAT_SECONDS)
            except subprocess.TimeoutExpired:
                minutes, seconds = divmod(round(time.monotonic() - started), 60)
                say(f"still {doing} ({minutes} min {seconds:02} s) ...")
    except BaseException:
        process.terminate()
        process.wait()
        raise
