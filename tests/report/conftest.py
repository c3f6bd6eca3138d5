"""The command, and companies to report on."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from benchmarks.large_company import Size, write_seed

from ..cli.conftest import Run, RunCommand, run
from ..drivers.tenant import Tenant
from .company import apply_quickstart

__all__ = ["run"]

Values = dict[str, Any]
Keep = Callable[..., str]
Compared = Callable[..., Values]


@pytest.fixture
def quickstart(tenant: Tenant) -> Tenant:
    """The demo company as the quickstart leaves it, without the time that the engine takes."""
    apply_quickstart(tenant)
    return tenant


@pytest.fixture
def keep(run: RunCommand, tmp_path: Path) -> Keep:
    """Keeps a report, as people do before a change; gives its file."""

    def keep(*arguments: str) -> str:
        kept = tmp_path / f"before-{len(list(tmp_path.iterdir()))}.json"
        done = run("report", "--json", "--out", str(kept), *arguments)
        assert (done.code, done.out) == (0, "")
        return str(kept)

    return keep


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    """A company of 1,000 apps with 10,000 permissions."""
    seed = tmp_path_factory.mktemp("large") / "seed.json"
    write_seed(seed, Size())
    with EmulatorProcess(seed=seed) as process:
        opened = Tenant(process.url, f"lsk_CANARY{uuid.uuid4().hex}")
        yield opened
        opened.close()


def sentences(run: Run) -> list[str]:
    """What a comparison says in a terminal, without its headings."""
    return [line.strip() for line in run.out.splitlines() if line.startswith("  ")]


def rows_by_offer(run: Run) -> dict[str, Values]:
    """The rows of a report, by "App · Permission"."""
    return {
        f"{row['app']} · {row['permission']}" if row["permission"] else row["app"]: row
        for row in run.json["rows"]
    }


def risks(row: Values) -> list[str]:
    """The codes of the risks of a row."""
    return [risk["code"] for risk in row["risks"]]
