"""No test depends on the machine's pace."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
MEASURING = {
    "api/test_rate_limiter.py": "how long nothing is sent, with a clock of its own where it can be",
    "api/test_waits.py": "calls end long before what they wait for",
    "api/test_with_emulator.py": "the pace of a client beside the limit that it keeps to",
    "drivers/scripted.py": "it drips for so long, and nothing is compared with it",
    "emulator/test_faults.py": "an answer is held back at least so long",
    "emulator/test_process.py": "an answer is held back at least so long",
    "emulator/test_tenants.py": "an answer is held back at least so long",
    "patience.py": "the one place that waits",
}
"""The tests that look at a clock, and why a slow machine does not turn them red."""
CLOCK = re.compile(r"time\.(?:monotonic|perf_counter|process_time)\(")
IMPATIENT = re.compile(r"timeout=\d")
NOT_OF_A_PROCESS = re.compile(r"(?:httpx|lumos)\..*timeout=|super\(\).__init__")
HYPOTHESIS = re.compile(r"deadline=|too_slow")


def lines(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    """The lines of all tests that a pattern is found in, by file."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if pattern.search(line) and path != Path(__file__):
                found.setdefault(path.relative_to(TESTS).as_posix(), []).append(line.strip())
    return found


def test_only_what_is_listed_looks_at_a_clock() -> None:
    assert set(lines(CLOCK)) - set(MEASURING) == set()


def test_nothing_gives_up_on_a_process_after_some_seconds() -> None:
    hurried = {
        path: [line for line in found if not NOT_OF_A_PROCESS.search(line)]
        for path, found in lines(IMPATIENT).items()
    }
    assert {path: found for path, found in hurried.items() if found} == {}


def test_hypothesis_has_one_profile() -> None:
    assert set(lines(HYPOTHESIS)) == {"hypothesis_profile.py"}
