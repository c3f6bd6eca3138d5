"""The command and the process around the emulator."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorNotReadyError, EmulatorProcess

from ..drivers.preloaded_python import preloaded_python
from ..patience import PATIENCE_SECONDS, wait_until
from .company import PERMISSIONS, Company

SERVE = ["-m", "pulumi_lumos.cli", "serve", "--port", "0"]


def failing(*options: str, code: int = 3) -> str:
    """What `serve` says when it must fail with these options."""
    command = [preloaded_python(), *SERVE, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.returncode == code
    assert done.stdout == ""
    return done.stderr.strip()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").exists() or _state(pid) != "Z"


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize(
    "end", [pytest.param(signal.SIGTERM, marks=pytest.mark.slow), signal.SIGKILL]
)
def test_state_survives_a_restart(tmp_path: Path, end: signal.Signals) -> None:
    data = tmp_path / "lumos.json"
    with EmulatorProcess(data=data) as first, Company(first.url, "lsk_CANARY") as lumos:
        made = lumos.create()
        # It is saved twice a second, so that a kill loses little.
        wait_until(lambda: data.exists() and made["id"] in data.read_text(), "the state is saved")
        os.kill(first.pid, end)
    assert "CANARY" not in data.read_text()
    with EmulatorProcess(data=data) as again, Company(again.url, "lsk_CANARY") as lumos:
        url = f"{PERMISSIONS}/{made['id']}"
        assert lumos.ok("GET", url, include_inherited_configs=False) == made


def test_a_state_can_be_a_seed(tmp_path: Path, lumos: Company) -> None:
    made = lumos.create()
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps(lumos.ok("GET", "/_emulator/state")))
    with EmulatorProcess(seed=seed) as process, Company(process.url, "lsk_other") as other:
        assert other.ok("GET", f"{PERMISSIONS}/{made['id']}")["label"] == "Admin"


def test_a_state_can_be_put_into_a_tenant(lumos: Company) -> None:
    made = lumos.create()
    state = lumos.ok("GET", "/_emulator/state")
    lumos.ok("POST", "/_emulator/reset")
    assert lumos.get(f"{PERMISSIONS}/{made['id']}").status_code == 404
    lumos.ok("PUT", "/_emulator/state", state)
    assert lumos.ok("GET", "/_emulator/state") == state
    for wrong in ({}, {**state, "apps": []}):
        [(place, message)] = lumos.refused("PUT", "/_emulator/state", wrong)
        assert place == "body"
        assert "cannot be used" in message
    assert lumos.ok("GET", f"{PERMISSIONS}/{made['id']}")["label"] == "Admin"


def test_a_tenant_can_begin_again_with_another_seed(lumos: Company) -> None:
    lumos.ok("POST", "/_emulator/reset", {"seed": "none"})
    assert lumos.ok("GET", "/apps")["items"] == []
    lumos.ok("POST", "/_emulator/reset")
    assert lumos.ok("GET", "/apps")["items"] == []
    lumos.ok("POST", "/_emulator/reset", {"seed": "demo"})
    assert lumos.ok("GET", "/apps")["total"] == 6
    assert lumos.post("/_emulator/reset", json={"seed": "mine"}).status_code == 422


def test_a_company_can_start_empty() -> None:
    with EmulatorProcess(seed="none") as process, Company(process.url, "lsk_a") as lumos:
        assert lumos.ok("GET", "/apps")["items"] == []
        assert lumos.ok("GET", "/users/current")["id"] == seed_ids.CURRENT_USER_ID


def test_the_process_ends_with_its_block_and_latency_is_an_option() -> None:
    with EmulatorProcess(latency_ms=120) as process:
        started = time.monotonic()
        httpx.get(f"{process.url}/users/current", headers={"Authorization": "Bearer lsk_a"})
        assert time.monotonic() - started >= 0.12
        pid = process.pid
    assert not alive(pid)


def test_the_process_ends_when_its_parent_is_killed() -> None:
    program = (
        "from pulumi_lumos.emulator.process import EmulatorProcess\n"
        "with EmulatorProcess() as process:\n"
        "    print(process.pid, flush=True)\n"
        "    input()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    wait_until(lambda: not alive(pid), "the emulator ends with its parent")


def test_a_start_that_fails_says_why() -> None:
    with pytest.raises(EmulatorNotReadyError, match="no-such-file"):
        EmulatorProcess(seed="no-such-file").__enter__()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no such file or folder"),
        (b"", "it is not JSON (line 1, column 1)"),
        (b'{\n"users": }', "it is not JSON (line 2, column 10)"),
        (b"\xff", "it is not text in UTF-8"),
        (b"{}", "it must be a JSON object that has an object of users"),
    ],
)
def test_a_seed_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    seed = tmp_path / "seed.json"
    if content is not None:
        seed.write_bytes(content)
    assert failing("--port", "0", "--seed", str(seed)) == (
        f"The seed {seed} cannot be used: {reason}. Give demo, requests or none, or a file of "
        "JSON as GET /_emulator/state answers it."
    )


def test_one_line_says_where_it_is_and_then_it_is_quiet() -> None:
    command = [preloaded_python(), *SERVE, "--switch", "sync_seconds=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        url = line.removeprefix("Lumos emulator ready on ").strip()
        assert url.startswith("http://127.0.0.1:")
        headers = {"Authorization": "Bearer lsk_a"}
        answer = httpx.get(f"{url}/_emulator/switches", headers=headers)
        assert answer.json()["sync_seconds"] == 1
        process.terminate()
        assert process.communicate(timeout=PATIENCE_SECONDS) == (b"", b"")


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = failing("--port", str(taken.getsockname()[1]))
    assert "cannot be used" in said
    assert "\n" not in said


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "lumos.example", "::"])
def test_only_loopback_addresses_are_served(host: str) -> None:
    assert "loopback" in failing("--host", host, code=2)


@pytest.mark.parametrize("assignment", ["nothing=1", "shuffle=perhaps"])
def test_a_wrong_switch_is_one_sentence(assignment: str) -> None:
    said = failing("--switch", assignment, code=2)
    assert assignment.partition("=")[0] in said
    assert "\n" not in said


def test_a_data_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "lumos.json"
    data.write_text("not json")
    assert str(data) in failing("--data", str(data))
    assert data.read_text() == "not json"
