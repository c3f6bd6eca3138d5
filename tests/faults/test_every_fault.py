"""Every fault at every call of every operation of every kind ends as docs/faults.md says."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.hurried_host import HurriedHost
from ..kinds import KINDS
from .faults import FAULTS
from .outcomes import OPERATIONS, SUCCEEDS, outcome
from .table import COMMAND, PAGE, ends, row, rows

ONE_OF_EACH_SORT = {
    "429 with `Retry-After` in seconds",
    "500, carried out",
    "502",
    "503 with `Retry-After`, carried out",
    "connection reset",
    "connection reset, carried out",
    "half an answer",
    "an answer that is no JSON",
    "an empty object",
    "`null`",
    "401",
}
"""The lines of the page that slow tests write anew; nightly ones write the rest."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in ONE_OF_EACH_SORT else pytest.mark.nightly)
        for name in FAULTS
    ],
)
def test_a_fault_ends_as_the_page_says_and_the_next_run_converges(
    name: str, emulator: EmulatorProcess
) -> None:
    written = rows(PAGE.read_text(encoding="utf-8"))
    assert written.get(name) == row(emulator.url, name), f"write the page anew: {COMMAND}"


def test_the_page_tells_of_every_fault() -> None:
    assert list(rows(PAGE.read_text(encoding="utf-8"))) == list(FAULTS), f"run {COMMAND}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(name, kind, marks=() if number % len(KINDS) == place else pytest.mark.nightly)
        for number, name in enumerate(FAULTS)
        for place, kind in enumerate(KINDS)
    ],
)
def test_a_fault_ends_on_the_packaged_host_as_the_page_says(
    name: str, kind: str, emulator: EmulatorProcess
) -> None:
    """Slow tests try each fault with one kind, at each of its calls, and nightly ones with all.

    The page is written of the lifecycle itself. A host also asks whose token it is, and goes on
    where that call fails, so it may succeed where the page says "fails".
    """
    told = ends(rows(PAGE.read_text(encoding="utf-8"))[name])
    for operation in OPERATIONS:
        case = (emulator.url, operation, f"a sample of {kind}", FAULTS[name])
        found = outcome(*case, lasting=False, host_of=HurriedHost)
        assert found - {SUCCEEDS} <= told[operation], operation
