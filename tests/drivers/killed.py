"""Ends a run of the real engine in the middle of a call to Lumos."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from ..patience import PATIENCE_SECONDS, wait_until
from .stack import Stack

HOSTS = ("pulumi.dynamic", "pulumi-resource-lumos")


def kill_host_at(stack: Stack, call: int, when: str, *arguments: str) -> str:
    """Kill the dynamic host while Lumos has that call in its hands; what Pulumi prints."""
    process = stopped_at(stack, call, when, *arguments)
    hosts = hosts_of(process)
    assert hosts
    for pid in hosts:
        os.kill(pid, signal.SIGKILL)
    text, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode != 0
    let_go(stack)
    assert stack.tenant.token not in text
    return text


def kill_engine_at(stack: Stack, call: int, when: str, *arguments: str) -> None:
    """Kill the engine alone, and wait for the dynamic host to end by itself."""
    process = stopped_at(stack, call, when, *arguments)
    kill_engine(process)
    let_go(stack)


def kill_engine(process: subprocess.Popen[str]) -> None:
    """Kill a running engine, and wait for its dynamic hosts to end by themselves."""
    hosts = hosts_of(process)
    assert hosts
    process.kill()
    process.communicate(timeout=PATIENCE_SECONDS)
    wait_until(lambda: not any(is_host(pid) for pid in hosts), "the hosts end by themselves")


def kill_everything_at(stack: Stack, call: int, when: str, *arguments: str) -> None:
    """Kill the engine and all that it has started, as when the machine goes down."""
    process = stopped_at(stack, call, when, *arguments)
    # The engine first, so that it has no time to see the others end and write that down.
    for pid in [process.pid, *_below(process.pid)]:
        os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_SECONDS)
    let_go(stack)


def stopped_at(stack: Stack, call: int, when: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a command, and come back once Lumos has that call in its hands and keeps it."""
    stack.tenant.forget_requests()
    stack.tenant.fault("hang", nth=[call], when=when)
    process = start(stack, *arguments)
    wait_for(process, lambda: has_struck(stack), f"Lumos has call {call} in its hands")
    return process


def has_struck(stack: Stack) -> bool:
    """Whether the first fault in force has struck."""
    return bool(stack.tenant.call("GET", "/_emulator/faults")[0]["struck"])


def start(stack: Stack, *arguments: str) -> subprocess.Popen[str]:
    """Start a command of Pulumi that asks nothing, with processes as on a user's machine."""
    stack.start_cold()
    return subprocess.Popen(
        ["pulumi", *arguments, "--yes", "--skip-preview", "--non-interactive", "--color", "never"],
        cwd=stack.program_folder,
        env=stack.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(process: subprocess.Popen[str], condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds, which it must while the process runs."""

    def holds() -> bool:
        assert process.poll() is None, f"the process has ended before: {what}"
        return bool(condition())

    wait_until(holds, what)


def let_go(stack: Stack) -> None:
    """Remove all faults. What the stack runs next need not be killed, so it starts warm."""
    stack.tenant.call("DELETE", "/_emulator/faults")
    stack.start_warm()


def hosts_of(process: subprocess.Popen[str]) -> list[int]:
    """The hosts that an engine has started."""
    return [pid for pid in _below(process.pid) if is_host(pid)]


def is_host(pid: int) -> bool:
    """Whether a host of either sort runs as this process."""
    return any(host in _command_line(pid) for host in HOSTS)


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
