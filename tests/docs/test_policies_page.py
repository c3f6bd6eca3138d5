"""docs/policies.md: its policies run, its table is true, and Pulumi's analyzer takes its pack."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import ParseDict
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc
from pulumi_lumos import policies

from ..drivers.command import RunCommand, run
from ..drivers.packaged_host import in_camel_case
from ..drivers.stack import Stack, host, stack
from ..repository import ROOT

__all__ = ["host", "run", "stack"]

PAGE = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
RULES, PROGRAM, PACK = re.findall(r"```python\n(.*?)```", PAGE, re.S)
((COMMAND, SHOWN),) = re.findall(r"```console\n\$ pulumi-lumos ([^\n]+)\n(.*?)```", PAGE, re.S)
DYNAMIC, PACKAGED = "pulumi-python:dynamic/lumos", "lumos:index"


def test_the_policies_of_the_page_print_what_it_shows(
    run: RunCommand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.py").write_text(RULES)
    found = run(*COMMAND.split())
    assert found.code == 1
    assert found.out + found.errors == SHOWN


def test_every_ready_made_policy_is_listed() -> None:
    listed = set(re.findall(r"^\| `(\w+)\(", PAGE, re.M))
    other = {"NO_END", "Policy", "ReportView", "RowView", "check", "days", "hours", "matches"}
    assert listed == set(policies.__all__) - other - {"policy"}


@pytest.mark.engine
@pytest.mark.slow
@pytest.mark.parametrize("host", ["dynamic", "packaged"])
def test_a_program_is_warned_or_stopped(stack: Stack) -> None:
    stack.program_file(PROGRAM)
    advised = stack.preview()
    assert "Policies advise otherwise" in advised
    assert "Slack · Guest channels: Somebody decides. (somebody-decides)" in advised
    stack.program_file(PROGRAM.replace('level="advisory"', ""))
    stopped = stack.preview(fails=True)
    assert "Policies are broken" in stopped


@pytest.fixture
def analyzer(tmp_path: Path) -> Iterator[Any]:
    """The policy pack as the engine runs it: a process that analyzes resources over gRPC."""
    (tmp_path / "__main__.py").write_text(PACK)
    (tmp_path / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 0.1.0\n")
    process = subprocess.Popen(
        [sys.executable, "-u", "__main__.py", "127.0.0.1:1", "."],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    port = process.stdout.readline().strip()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield analyzer_pb2_grpc.AnalyzerStub(channel)
    process.kill()
    process.wait()
    process.stdout.close()


def analyzed(analyzer: Any, host: str, label: str, **config: Any) -> set[str]:
    """What the pack says of a permission."""
    type = f"{host}:RequestablePermission"
    request = analyzer_pb2.AnalyzeRequest(
        type=type, urn=f"urn:pulumi:dev::appstore::{type}::it", name="it"
    )
    given = {"label": label, "request_config": config}
    ParseDict(in_camel_case(given) if host == PACKAGED else given, request.properties)
    answer = analyzer.Analyze(request, wait_for_ready=True)
    return {one.policyName for one in answer.diagnostics}


@pytest.mark.parametrize("host", [DYNAMIC, PACKAGED], ids=["dynamic", "packaged"])
def test_the_policy_pack_judges_what_a_program_declares(analyzer: Any, host: str) -> None:
    assert analyzed(analyzer, host, "Reader") == set()
    assert analyzed(analyzer, host, "Admin") == {"admin-ends", "admin-not-for-everybody"}
    good = {
        "allowed_groups": {"type": "SPECIFIED_GROUPS"},
        "request_fulfillment_config": {"time_based_access": ["2 hours"]},
    }
    assert analyzed(analyzer, host, "Admin", **good) == set()


@pytest.mark.slow
def test_the_code_of_the_page_passes_a_type_checker(tmp_path: Path) -> None:
    for number, text in enumerate((RULES, PROGRAM, PACK)):
        (tmp_path / f"block_{number}.py").write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
