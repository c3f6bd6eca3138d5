"""How long the package takes to import, in a program as in Pulumi's dynamic host."""

from __future__ import annotations

import statistics
import subprocess

from .environment import virtual_environment

TIMES = 9
PROGRAM = """
import time
import pulumi, pulumi.dynamic
start = time.process_time()
import pulumi_lumos
print(time.process_time() - start)
"""


def measure() -> float:
    """The seconds that `import pulumi_lumos` adds to `import pulumi`; the median of TIMES.

    Seconds of the processor: an import waits for nothing, unless others use the machine too.
    """
    return statistics.median(_once() for _ in range(TIMES))


def _once() -> float:
    done = subprocess.run(
        [virtual_environment() / "bin" / "python", "-c", PROGRAM],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)
