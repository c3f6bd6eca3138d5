"""Pulumi's language host, asked without an engine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from ..patience import PATIENCE_SECONDS, wait_until

ENGINE = "127.0.0.1:1"

# Stands where pulumi-language-python-exec does: tells what it was given, then does as it is told.
EXECUTOR = """
import json, os, pathlib, sys, time
heard = {"arguments": sys.argv[1:], "executable": sys.executable}
heard["config"] = os.environ.get("PULUMI_CONFIG")
heard["secrets"] = os.environ.get("PULUMI_CONFIG_SECRET_KEYS")
heard["virtualenv"] = os.environ.get("VIRTUAL_ENV")
told = pathlib.Path(__file__).with_name("told.json")
print("the program says hello", flush=True)
pathlib.Path(__file__).with_name("heard.json").write_text(json.dumps(heard))
if told.exists():
    order = json.loads(told.read_text())
    time.sleep(order.get("sleep", 0))
    sys.exit(order.get("exit", 0))
"""


@dataclass
class Host:
    """A running language host and the folder of its project."""

    process: subprocess.Popen[str]
    stub: language_pb2_grpc.LanguageRuntimeStub
    folder: Path

    def program(self, **options: str) -> language_pb2.ProgramInfo:
        info = language_pb2.ProgramInfo(
            root_directory=str(self.folder), program_directory=str(self.folder), entry_point="."
        )
        info.options.update(options)
        return info

    def tell_program(self, **order: float) -> None:
        (self.folder / "told.json").write_text(json.dumps(order))

    def run(self, **options: str) -> language_pb2.RunResponse:
        response: language_pb2.RunResponse = self.stub.Run(
            self.request(**options), timeout=PATIENCE_SECONDS
        )
        return response

    def request(self, **options: str) -> language_pb2.RunRequest:
        return language_pb2.RunRequest(
            project="shop",
            stack="dev",
            organization="acme",
            pwd=str(self.folder),
            monitor_address="127.0.0.1:2",
            parallel=4,
            dryRun=True,
            config={"shop:name": "a", "shop:token": "hidden"},
            configSecretKeys=["shop:token"],
            info=self.program(**options),
        )

    def heard(self) -> dict[str, object]:
        """Return what the program was given, waiting until it has started."""
        heard = self.folder / "heard.json"
        wait_until(lambda: heard.exists() and heard.read_text(), "the program starts")
        found = json.loads(heard.read_text())
        assert isinstance(found, dict)
        return found


def stand_in() -> str:
    """Return the path of the stand-in, where the Pulumi on PATH was built from Go modules."""
    found = shutil.which("pulumi-language-python")
    if found is None or not (Path(found).parents[1] / "language-host").exists():
        pytest.skip("this Pulumi has the official language host")
    return found


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    executor = tmp_path / "executor.py"
    executor.write_text(EXECUTOR)
    packages = tmp_path / "packages"
    packages.mkdir()
    process = subprocess.Popen(
        [stand_in(), "--use-executor", str(executor), ENGINE],
        env={**os.environ, "PULUMI_PYTHON_CMD": sys.executable, "PYTHONPATH": str(packages)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield Host(process, language_pb2_grpc.LanguageRuntimeStub(channel), tmp_path)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_SECONDS)


def make_package(host: Host, name: str, version: str, plugin: dict[str, object] | None) -> None:
    """Install a package in the project's Python, with a pulumi-plugin.json if one is given."""
    packages = host.folder / "packages"
    module = packages / name.replace("-", "_")
    module.mkdir()
    (module / "__init__.py").touch()
    if plugin is not None:
        (module / "pulumi-plugin.json").write_text(json.dumps(plugin))
    described = packages / f"{module.name}-{version}.dist-info" / "METADATA"
    described.parent.mkdir()
    described.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
