"""Programs under both type checkers: good ones pass, bad ones fail at every marked line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAMS = sorted(HERE.glob("good_*.py")) + sorted(HERE.glob("bad_*.py"))
EXEMPTION = "# mypy: ignore-errors"
"""First line of a bad program: without it the check of the whole repository would trip over it."""

Lines = set[tuple[str, int]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs, none of them exempt."""
    copy = tmp_path_factory.mktemp("programs")
    for program in PROGRAMS:
        text = program.read_text(encoding="utf-8").replace(EXEMPTION, "#", 1)
        (copy / program.name).write_text(text, encoding="utf-8")
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.10"}
    (copy / "pyrightconfig.json").write_text(json.dumps(settings))
    return copy


@pytest.fixture(scope="module")
def marked() -> Lines:
    """The lines that are meant to be wrong."""
    return {
        (program.name, number)
        for program in PROGRAMS
        for number, line in enumerate(program.read_text(encoding="utf-8").splitlines(), 1)
        if line.endswith("# error")
    }


def output(folder: Path, *command: str) -> str:
    """What a checker prints; it must have run to its end."""
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    return run.stdout


def mypy(folder: Path) -> tuple[Lines, str]:
    """The lines with errors, and all that mypy says."""
    said = output(folder, "mypy", "--strict", "--python-version=3.10", "--config-file=", ".")
    found = re.findall(r"^(\w+\.py):(\d+): error:", said, re.MULTILINE)
    return {(name, int(line)) for name, line in found}, said


def pyright(folder: Path) -> tuple[Lines, str]:
    """The lines with errors, and all that pyright says."""
    said = output(folder, "pyright", "--outputjson", "--pythonpath", sys.executable)
    found = [one for one in json.loads(said)["generalDiagnostics"] if one["severity"] == "error"]
    places = {(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in found}
    return places, "\n".join(f"{one['file']}: {one['range']}: {one['message']}" for one in found)


@pytest.mark.parametrize("check", [pytest.param(mypy, marks=pytest.mark.slow), pyright])
def test_good_programs_pass_where_bad_ones_fail_line_by_line(
    check: Callable[[Path], tuple[Lines, str]], folder: Path, marked: Lines
) -> None:
    found, said = check(folder)
    assert {name for name, _ in marked} == {path.name for path in HERE.glob("bad_*.py")}
    assert (marked - found, found - marked) == (set(), set()), said
