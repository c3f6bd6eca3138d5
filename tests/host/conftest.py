"""A host that is set up for the test's tenant."""

from __future__ import annotations

from ..drivers.either_host import host, host_of, next_run, one_run

__all__ = ["host", "host_of", "next_run", "one_run"]
