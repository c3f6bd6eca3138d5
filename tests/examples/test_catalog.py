"""The catalog's own tests, run as its users run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..drivers.workspace import Workspace
from ..repository import ROOT

CATALOG = ROOT / "examples" / "catalog"
pytestmark = [pytest.mark.engine, pytest.mark.slow]


def run_tests(folder: Path, around: Path, pulumi_folder: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": Workspace(folder, pulumi_folder).environment["PATH"],
        "PULUMI_HOME": str(around / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(folder), str(folder)],
        cwd=around,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("host", ["dynamic", pytest.param("packaged", marks=pytest.mark.nightly)])
def test_the_tests_of_the_catalog_pass(
    host: str, tmp_path: Path, pulumi_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMOS_HOST", host)
    run = run_tests(CATALOG, tmp_path, pulumi_folder)
    assert run.returncode == 0, run.stdout
    assert "5 passed" in run.stdout


def test_a_test_fails_when_production_loses_its_second_approver(
    tmp_path: Path, pulumi_folder: str
) -> None:
    weaker = shutil.copytree(CATALOG, tmp_path / "catalog")
    table = weaker / "catalog.csv"
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows.replace(",Engineering,IT\n", ",Engineering,\n"), encoding="utf-8")
    run = run_tests(weaker, tmp_path, pulumi_folder)
    assert "FAILED catalog/test_access.py::test_production_needs_two_approvals" in run.stdout
    assert "one approval must not give access to production" in run.stdout
