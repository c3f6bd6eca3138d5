"""Every fault at every call of every operation of every kind, as docs/faults.md tells it."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from .faults import FAULTS
from .table import COMMAND, PAGE, row, rows


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_ends_as_the_page_says_and_the_next_run_converges(
    name: str, emulator: EmulatorProcess
) -> None:
    written = rows(PAGE.read_text(encoding="utf-8"))
    assert written.get(name) == row(emulator.url, name), f"write the page anew: {COMMAND}"


def test_the_page_tells_of_every_fault() -> None:
    assert list(rows(PAGE.read_text(encoding="utf-8"))) == list(FAULTS), f"run {COMMAND}"
