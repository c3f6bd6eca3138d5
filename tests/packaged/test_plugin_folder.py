"""The repository as a plugin of Pulumi: `pulumi package add` and its like take its folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc
from pulumi_lumos.kinds import kinds

from ..drivers.workspace import Workspace
from ..patience import PATIENCE_SECONDS
from ..repository import ROOT

PROJECT = "pulumi-lumos"
"""The name in pyproject.toml, by which Pulumi's Python host runs the package of the folder."""
FILES = ("LICENSE", "PulumiPlugin.yaml", "README.md", "pyproject.toml", "requirements.txt")
GENERATED = shutil.ignore_patterns("__pycache__")
NOBODY = "127.0.0.1:1"


def test_the_command_of_pulumis_python_host_starts_the_provider() -> None:
    command = [sys.executable, "-m", "pulumi.run.plugin", PROJECT, NOBODY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                provider = provider_pb2_grpc.ResourceProviderStub(channel)
                answer = provider.GetSchema(proto.GetSchemaRequest(), timeout=PATIENCE_SECONDS)
        finally:
            process.kill()
    assert_whole(answer.schema)


@pytest.mark.engine
def test_pulumi_prints_the_schema_of_the_console_script(tmp_path: Path, pulumi_folder: str) -> None:
    workspace = Workspace(tmp_path, pulumi_folder)
    script = f"{sys.prefix}/bin/pulumi-resource-lumos"
    assert_whole(workspace.run("pulumi", "package", "get-schema", script))


@pytest.mark.slow
@pytest.mark.engine
def test_pulumi_runs_the_folder_as_a_plugin(tmp_path: Path, pulumi_folder: str) -> None:
    """The engine starts a Python host, which installs the package from a registry."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "provider", folder / "provider", ignore=GENERATED)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    workspace = Workspace(tmp_path / "elsewhere", pulumi_folder)
    workspace.program.mkdir()
    printed = workspace.run("pulumi", "package", "get-schema", str(folder))
    assert_whole(printed[printed.index("{\n") :])
    assert [*(folder / "venv").glob("lib/*/site-packages/pulumi_lumos")]


def assert_whole(schema: str) -> None:
    """The schema is that of this release."""
    resources = {name.rpartition(":")[2] for name in json.loads(schema)["resources"]}
    assert resources == {*kinds()}


def test_what_pulumi_installs_is_the_package() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["."]
    # Without an environment of its own, a Python host may install into the one on PATH.
    assert "    virtualenv: venv\n" in (ROOT / "PulumiPlugin.yaml").read_text(encoding="utf-8")
    assert f'name = "{PROJECT}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
