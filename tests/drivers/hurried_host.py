"""The packaged provider in this process, asked over gRPC as by the engine, whose waits are skipped.

For tests by the hundred: what is replaced is the client's sleep, and nothing else.
"""

from __future__ import annotations

import math
import time
from contextlib import ExitStack

from pulumi.runtime import rpc
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.hosts.diagnostics import Gathered
from pulumi_lumos.hosts.packaged.serve import listening
from pulumi_lumos.plugin import new_provider

from .in_process import CALL_SECONDS
from .packaged_host import PackagedHost
from .tenant import Tenant


class HurriedHost(PackagedHost):
    """A run that has seen nothing yet, while a `with` block lasts, with InProcess's arguments."""

    def __init__(
        self,
        tenant: Tenant,
        *,
        patience_seconds: float = 10.0,
        retries: int = 2,
        hurry: float = math.inf,
    ) -> None:
        settings = {
            "host": "packaged",
            "accessToken": rpc.wrap_rpc_secret(tenant.token),
            "serverUrl": tenant.url,
            "requestTimeout": str(patience_seconds),
            "deadline": str(CALL_SECONDS),
            "maxRetries": str(retries),
        }
        super().__init__({}, config=settings)
        self._hurry = hurry
        self._open = ExitStack()
        self._client: LumosClient | None = None
        self._provider = new_provider()

    def _start(self) -> int:
        self._provider._connect = self._connect  # type: ignore[method-assign]
        return self._open.enter_context(listening(self._provider))

    def _connect(self, settings: Settings) -> LumosClient:
        """The client of this run, made when it is configured."""
        if self._client is None:
            sleep = lambda seconds: time.sleep(seconds / self._hurry)  # noqa: E731
            self._client = LumosClient(settings, sleep=sleep)
            self._open.callback(self._client.close)
        return self._client

    def _end(self) -> None:
        self._open.close()
        # Other tests check messages to people; print none of them at the end of all tests.
        if run := self._provider._run:
            list(run.shared(Gathered).take())
