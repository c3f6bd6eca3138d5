"""One run of a stack as a host sees it, in the test's own process: every call and all it tells."""

from __future__ import annotations

from typing import Any

import httpx
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.kinds import get_kind
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.guarded import GuardedLifecycle
from pulumi_lumos.lifecycle.protocol import Difference
from pulumi_lumos.lifecycle.run import Run as RunOfAStack

from .tenant import Tenant

Values = dict[str, Any]


class Run:
    """The calls of one run; `told` is what people have read of warnings and information so far."""

    def __init__(self, tenant: Tenant, **settings: Any) -> None:
        self.told: list[str] = []
        # The emulator shows a new object at once.
        chosen = Settings(
            tenant.token, tenant.url, **{"max_retries": 0, "lag_seconds": 0} | settings
        )
        # Without the certificates, which take longer to read than all requests of a run.
        self._client = LumosClient(chosen, transport=httpx.HTTPTransport(verify=False))
        self.of_stack = RunOfAStack(lambda: self._client, chosen)

    def _hear(self, text: str, *_: object) -> None:
        self.told.append(text)

    def call(self, name: str) -> Call:
        """A call for the resource of a name."""
        return Call(self.of_stack, name, Diagnostics(self._hear, self._hear, self._hear))

    def close(self) -> None:
        self._client.close()

    def lifecycle(self, kind: str) -> GuardedLifecycle:
        """The lifecycle of a kind, as hosts call it."""
        return _lifecycle(kind)

    def check(
        self, kind: str, old: Values, new: Values, name: str = "it", *, preview: bool = False
    ) -> dict[str, str]:
        """What is wrong with the inputs, as path to reason."""
        _, found = _lifecycle(kind).check(
            self.call(name), Inputs(old), Inputs(new), preview=preview
        )
        return dict(found)

    def diff(self, kind: str, id: str, state: Values, new: Values, name: str = "it") -> Difference:
        """Compare the state with new inputs."""
        return _lifecycle(kind).diff(self.call(name), id, State(state), Inputs(new))

    def create(self, kind: str, inputs: Values, name: str = "it") -> tuple[str, Values]:
        """Check and make the object; its id and state."""
        assert self.check(kind, {}, inputs, name) == {}
        return _lifecycle(kind).create(self.call(name), Inputs(inputs))

    def read(self, kind: str, id: str, state: Values, name: str = "it") -> Values | None:
        """The state as Lumos has it; None where the object is gone."""
        return _lifecycle(kind).read(self.call(name), id, State(state))

    def update(self, kind: str, id: str, state: Values, new: Values, name: str = "it") -> Values:
        """Change the object; its state."""
        return _lifecycle(kind).update(self.call(name), id, State(state), Inputs(new))

    def delete(self, kind: str, id: str, state: Values, name: str = "it") -> None:
        _lifecycle(kind).delete(self.call(name), id, State(state))

    def refresh(self, kind: str, id: str, state: Values, name: str = "it") -> None:
        """What `--refresh` does before the program runs: read, and compare what was read."""
        now = self.read(kind, id, state)
        assert now is not None
        inputs = _lifecycle(kind).spec.inputs(State(now))
        assert not self.diff(kind, id, now, inputs, name).changed


def _lifecycle(kind: str) -> GuardedLifecycle:
    return GuardedLifecycle(get_kind(kind).lifecycle)
