"""The packages of other providers come into the cache whole or not at all."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.cloud_providers import REQUIREMENTS, folder

from ..repository import ROOT


def test_an_install_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(subprocess.CalledProcessError):
        folder()
    assert list((tmp_path / "pulumi-lumos").iterdir()) == []


def test_the_versions_are_those_that_the_example_asks_for() -> None:
    pinned = [Requirement(line) for line in REQUIREMENTS.read_text(encoding="utf-8").split()]
    asked = (ROOT / "examples" / "alongside" / "requirements.txt").read_text(encoding="utf-8")
    ranges = {one.name: one.specifier for one in map(Requirement, asked.split())}
    assert ranges.keys() == {one.name for one in pinned} | {"pulumi-lumos"}
    for one in pinned:
        (version,) = (each.version for each in one.specifier)
        assert version in ranges[one.name]
