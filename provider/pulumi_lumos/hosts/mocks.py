"""Whether a program runs under the mocks of Pulumi, where no engine and no host is."""

from __future__ import annotations

from pulumi.runtime.mocks import MockMonitor, Mocks
from pulumi.runtime.settings import get_monitor


def mocks() -> Mocks | None:
    """What stands in for the engine and Lumos while somebody tests a program."""
    monitor = get_monitor()
    return monitor.mocks if isinstance(monitor, MockMonitor) else None
