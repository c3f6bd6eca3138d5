"""The command, and companies to report on."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from benchmarks.large_company import Size, write_seed

from ..drivers.command import Run, run
from ..drivers.tenant import Tenant
from .company import keep, quickstart

__all__ = ["keep", "quickstart", "run"]

Values = dict[str, Any]
Compared = Callable[..., Values]


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
