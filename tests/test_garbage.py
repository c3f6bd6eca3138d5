"""How often Python looks for garbage, in Pulumi's processes and in those of others."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.garbage import COLLECT_AFTER_OBJECTS, collect_rarely

from .drivers.stack import Stack
from .drivers.tenant import Tenant

OTHERS = gc.get_threshold()[1:]


@pytest.fixture(autouse=True)
def threshold() -> Iterator[None]:
    """Give the tests' own process its setting back."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.parametrize(
    ("before", "after"),
    [(700, COLLECT_AFTER_OBJECTS), (2000, COLLECT_AFTER_OBJECTS), (50_000, 50_000), (0, 0)],
)
def test_a_process_that_looks_rarely_or_never_keeps_its_setting(before: int, after: int) -> None:
    gc.set_threshold(before, *OTHERS)
    collect_rarely()
    assert gc.get_threshold() == (after, *OTHERS)


@pytest.mark.engine
def test_a_program_that_pulumi_runs_looks_rarely(
    tenant: Tenant, tmp_path: Path, pulumi_folder: str
) -> None:
    stack = Stack(tmp_path, pulumi_folder, tenant)
    stack.start_cold()
    stack.program(
        "import gc\n"
        "gc.set_threshold(700, 10, 10)\n"
        f"lumos.AppStoreApp('it', app_id={seed_ids.SALESFORCE_APP_ID!r})\n"
        "pulumi.export('after', gc.get_threshold()[0])\n"
    )
    assert f"after: {COLLECT_AFTER_OBJECTS}" in stack.preview()


def test_a_process_that_only_uses_the_package_keeps_its_setting() -> None:
    program = (
        "import gc\n"
        "before = gc.get_threshold()\n"
        "import pulumi_lumos\n"
        "pulumi_lumos.AppStoreApp\n"
        "print(gc.get_threshold() == before)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "True\n", run.stderr
