"""What people install: the package and nothing else, with few and bounded dependencies."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import metadata, version
from pathlib import Path
from zipfile import ZipFile

import pytest

from ..repository import ROOT

RUNTIME_DEPENDENCIES = {"pulumi", "httpx", "pydantic-core", "tenacity", "typing-extensions"}
"""Those of the package without an extra; each is in the first four layers of the house."""
DIST_INFO = f"pulumi_lumos-{version('pulumi-lumos')}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    source = ROOT / "provider" / "pulumi_lumos"
    ours = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."]
    listed = subprocess.run(ours, cwd=source, check=True, stdout=subprocess.PIPE, text=True)
    package = {f"pulumi_lumos/{line}" for line in listed.stdout.splitlines()}
    assert {name for name in names if not name.startswith(f"{DIST_INFO}/")} == package
    about = {name.removeprefix(f"{DIST_INFO}/") for name in names if name.startswith(DIST_INFO)}
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_the_same_source_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def test_dependencies_are_few_and_bounded() -> None:
    desired = metadata("pulumi-lumos").get_all("Requires-Dist") or []
    always = [line for line in desired if "extra ==" not in line]
    assert {re.split(r"[<>=]", line)[0] for line in always} == RUNTIME_DEPENDENCIES
    unbounded = [line for line in always if not re.search(r"<\d", line)]
    assert not unbounded
