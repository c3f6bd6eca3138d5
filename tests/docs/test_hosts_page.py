"""docs/hosts.md: every promise names its tests, and those of both hosts run on both."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest

from ..repository import ROOT
from .pages import TEST

PAGE = (ROOT / "docs" / "hosts.md").read_text(encoding="utf-8")
PROMISES = PAGE.partition("## What either host keeps")[2].partition("\n## ")[0]
ROWS = [line.strip("| ").split(" | ") for line in PROMISES.splitlines() if line.startswith("| ")][
    1:
]
ON_BOTH = [row for row in ROWS if all(not cell.startswith("no") for cell in row[1:3])]


@cache
def collected() -> frozenset[str]:
    """The ids of all tests that the page names."""
    named = sorted({f"{path}::{name}" for name, path in TEST.findall(PAGE)})
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    # These plugins take longer to load than the tests to collect.
    without = ["-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:xdist"]
    done = subprocess.run([*collect, *without, *named], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    ids = frozenset(line for line in done.stdout.splitlines() if "::" in line)
    assert {id.partition("[")[0] for id in ids} == set(named)
    return ids


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_promise_names_its_tests(row: list[str]) -> None:
    _, dynamic, packaged, held_by = row
    assert dynamic and packaged
    assert TEST.findall(held_by)
    assert TEST.sub("", held_by).strip(", ") == ""


def test_a_promise_of_both_hosts_is_tested_on_both() -> None:
    """The id of a test, its name or its parameter, says "packaged" where that host is asked."""
    assert len(ON_BOTH) > 10
    for promise, _, _, held_by in ON_BOTH:
        names = {name for name, _ in TEST.findall(held_by)}
        ids = [id for id in collected() if id.partition("[")[0].rpartition("::")[2] in names]
        assert {_host_of(id) for id in ids} == {"dynamic", "packaged"}, promise


def _host_of(id: str) -> str:
    file, _, name = id.rpartition("::")
    is_packaged = "packaged" in name or ("packaged/" in file and "dynamic" not in name)
    return "packaged" if is_packaged else "dynamic"
