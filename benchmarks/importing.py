"""How long the package takes to import, in a program as in a host, and its provider to start."""

from __future__ import annotations

import statistics
import subprocess

from .environment import virtual_environment
from .processes import cpu_seconds_of

TIMES = 9
PROGRAM = """
import time
import pulumi, pulumi.dynamic
start = time.process_time()
import pulumi_lumos
pulumi_lumos.AppStoreApp
print(time.process_time() - start)
"""


def measure() -> float:
    """The seconds that the package adds to `import pulumi`; the median of TIMES.

    The package loads its names when a program first uses one, so the program does. Seconds of the
    processor: an import waits for nothing, unless others use the machine too.
    """
    return statistics.median(_once() for _ in range(TIMES))


def measure_provider() -> float:
    """The seconds of the processor until the packaged provider listens; the median of TIMES."""
    return statistics.median(_provider_once() for _ in range(TIMES))


def _provider_once() -> float:
    command = [virtual_environment() / "bin" / "pulumi-resource-lumos"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline()
        worked = cpu_seconds_of(process.pid)
        process.kill()
    assert port.strip().isdigit()
    return worked


def _once() -> float:
    done = subprocess.run(
        [virtual_environment() / "bin" / "python", "-c", PROGRAM],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)
