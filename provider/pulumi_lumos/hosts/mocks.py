"""Whether a program runs under the mocks of Pulumi, without an engine, and whether it previews."""

from __future__ import annotations

import pulumi
from pulumi.runtime.mocks import MockMonitor, Mocks
from pulumi.runtime.settings import get_monitor


def mocks() -> Mocks | None:
    """What stands in for the engine and Lumos while somebody tests a program."""
    monitor = get_monitor()
    return monitor.mocks if isinstance(monitor, MockMonitor) else None


def is_preview() -> bool:
    """Whether this run of a program is a preview; never where somebody tests it."""
    return mocks() is None and pulumi.runtime.is_dry_run()
