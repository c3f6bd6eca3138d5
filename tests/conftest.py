"""One emulator for a test process, a tenant of its own for every test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import uuid
from collections.abc import Iterator

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from . import hypothesis_profile
from .drivers.preloaded_python import preloaded_python
from .drivers.tenant import Tenant
from .drivers.workspace import Workspace
from .hostile import renamed
from .repository import ROOT

hypothesis_profile.load()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts a command in the background so, and what the tests start would hear no
    # interrupt. A `preexec_fn` could help each of them, but where gRPC runs in the tests' process,
    # it now and then aborts the child that Python forks for it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cold-starts",
        action="store_true",
        help="start each Python of the engine's programs and hosts anew, as on a user's machine",
    )


def pytest_configure(config: pytest.Config) -> None:
    Workspace.starts_cold = config.getoption("--cold-starts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the engine first in the share of each worker.

    They are the long ones. One that begins last keeps everybody waiting at the end of a run.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("engine")]
    short = [item for item in items if not item.get_closest_marker("engine")]
    share = -(-len(short) // workers)
    items[:] = [
        item
        for worker in range(workers)
        for item in (*long[worker::workers], *short[worker * share : (worker + 1) * share])
    ]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a parameter of bytes by its length.

    A gzip header holds the time, so the bytes differ from one worker to the next, and workers
    that collect different names do not start.
    """
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def emulators_are_forks(request: pytest.FixtureRequest) -> None:
    """Start emulators as forks of a Python that has imported everything; imports take a second."""
    if not request.config.getoption("--cold-starts"):
        EmulatorProcess._python = preloaded_python()


@pytest.fixture(scope="session")
def emulator(lumos_emulator_process: EmulatorProcess) -> EmulatorProcess:
    return lumos_emulator_process


@pytest.fixture
def tenant(emulator: EmulatorProcess) -> Iterator[Tenant]:
    """The demo company behind a token that no other test uses; the token is a canary too."""
    opened = Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def hostile_process(
    emulator: EmulatorProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmulatorProcess]:
    """An emulator whose companies are the demo company with a hostile name for everything."""
    demo = Tenant(emulator.url, f"lsk_{uuid.uuid4().hex}")
    seed = tmp_path_factory.mktemp("seed") / "hostile.json"
    seed.write_text(json.dumps(renamed(demo.state())))
    demo.close()
    with EmulatorProcess(seed=str(seed)) as process:
        yield process


@pytest.fixture
def hostile_tenant(hostile_process: EmulatorProcess) -> Iterator[Tenant]:
    """A company in which everything has a hostile name."""
    opened = Tenant(hostile_process.url, f"lsk_{uuid.uuid4().hex}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pulumi_folder() -> str:
    """The folder of the Pulumi CLI and its language host."""
    return _installed()


@pytest.fixture(scope="session")
def yaml_folder() -> str:
    """The folder of the language host of Pulumi's YAML."""
    return _installed("yaml")


def _installed(*tool: str) -> str:
    install = [str(ROOT / "tools" / "pulumi" / "install"), *tool, "--print-path"]
    found = subprocess.run(install, check=True, stdout=subprocess.PIPE, text=True)
    return found.stdout.strip()
