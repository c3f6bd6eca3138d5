"""The run that a call of the engine belongs to.

The engine starts a host for each run of a stack, and the host serves it with one servicer. So
whatever is remembered of Lumos belongs to the servicer: two of one process share nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings
from pulumi_lumos.hosts.engine import end_if_engine_is_gone
from pulumi_lumos.lifecycle.run import Run

from .workers import allow_calls_at_once

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

_runs: WeakKeyDictionary[ResourceProviderServicer, Run] = WeakKeyDictionary()
_lock = Lock()


def run_of(servicer: ResourceProviderServicer, load_settings: Callable[[], Settings]) -> Run:
    """Return the run that a servicer serves for all its resources; raise ConfigError."""
    with _lock:
        if servicer not in _runs:
            _runs[servicer] = _new_run(load_settings())
        return _runs[servicer]


def _new_run(settings: Settings) -> Run:
    def connect() -> LumosClient:
        # While nobody waits for Lumos, more calls at once only get in each other's way.
        allow_calls_at_once(settings.max_concurrency)
        return shared_client(settings, end_if_engine_is_gone)

    return Run(connect, settings)
