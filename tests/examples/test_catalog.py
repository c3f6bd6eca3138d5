"""The catalog's own test, run as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CATALOG = Path(__file__).parents[2] / "examples" / "catalog"
pytestmark = pytest.mark.engine


@pytest.mark.slow
def test_the_tests_of_the_catalog_pass(tmp_path: Path, pulumi_folder: str) -> None:
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([f"{sys.prefix}/bin", pulumi_folder, os.environ["PATH"]]),
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
    }
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(CATALOG), str(CATALOG)],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert run.returncode == 0, run.stdout
    assert "2 passed" in run.stdout
