"""Ends a run of the real engine in the middle of a call to Lumos."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from ..patience import PATIENCE_SECONDS, wait_until
from .stack import Stack

HOST = "pulumi.dynamic"


def kill_host_at(stack: Stack, call: int, when: str, *arguments: str) -> str:
    """Kill the dynamic host while Lumos has that call in its hands; what Pulumi prints."""
    process = _stopped_at(stack, call, when, *arguments)
    hosts = [pid for pid in _below(process.pid) if HOST in _command_line(pid)]
    assert hosts
    for pid in hosts:
        os.kill(pid, signal.SIGKILL)
    text, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode != 0
    _let_go(stack)
    assert stack.tenant.token not in text
    return text


def kill_everything_at(stack: Stack, call: int, when: str, *arguments: str) -> None:
    """Kill the engine and all that it has started, as when the machine goes down."""
    process = _stopped_at(stack, call, when, *arguments)
    # The engine first, so that it has no time to see the others end and write that down.
    for pid in [process.pid, *_below(process.pid)]:
        os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_SECONDS)
    _let_go(stack)


def _stopped_at(stack: Stack, call: int, when: str, *arguments: str) -> subprocess.Popen[str]:
    stack.tenant.forget_requests()
    stack.tenant.fault("hang", nth=[call], when=when)
    process = subprocess.Popen(
        ["pulumi", *arguments, "--yes", "--skip-preview", "--non-interactive", "--color", "never"],
        cwd=stack.program_folder,
        env=stack.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def has_struck() -> bool:
        assert process.poll() is None, f"pulumi made no {call} calls"
        return bool(stack.tenant.call("GET", "/_emulator/faults")[0]["struck"])

    wait_until(has_struck, "Lumos has the call in its hands")
    return process


def _let_go(stack: Stack) -> None:
    stack.tenant.call("DELETE", "/_emulator/faults")


def _below(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have, and so on."""
    parents = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    found = [pid]
    for parent in found:
        found += [child for child, its_parent in parents.items() if its_parent == parent]
    return found[1:]


def _parent(process: Path) -> int:
    try:
        # The name before it stands in parentheses and may hold anything.
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _command_line(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
