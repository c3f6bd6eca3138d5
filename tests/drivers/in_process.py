"""What a dynamic host does, without the host: the lifecycle of every kind over one session.

For tests by the thousand. Waits between attempts are skipped, not waited for.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.marks import PREVIEW_MARK
from pulumi_lumos.kinds import get_kind
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.errors import HalfMade
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.lifecycle.run import Run
from typing_extensions import Self

from . import dynamic_host
from .cut_off import EndsAfter
from .dynamic_host import Checked, Difference, Failed
from .tenant import Tenant

Values = dict[str, Any]

CALL_SECONDS = 20.0


class InProcess:
    """A run that has seen nothing yet, while a `with` block lasts.

    With `until`, the run is killed once Lumos has carried out so many of its requests, before it
    has the last answer. `hurry` is how much faster than real time its waits go by. `more` are other
    settings.
    """

    def __init__(
        self,
        tenant: Tenant,
        *,
        patience_seconds: float = 10.0,
        retries: int = 2,
        until: int = 0,
        hurry: float = math.inf,
        **more: Any,
    ) -> None:
        settings = Settings(
            tenant.token,
            tenant.url,
            request_timeout_seconds=patience_seconds,
            deadline_seconds=CALL_SECONDS,
            max_retries=retries,
            **more,
        )
        # Without the certificates, which take longer to read than all requests of a run.
        wire = EndsAfter(until) if until else httpx.HTTPTransport(verify=False)
        self._client = LumosClient(
            settings, sleep=lambda seconds: time.sleep(seconds / hurry), transport=wire
        )
        self._run = Run(lambda: self._client, settings)

    def _call(self, name: str) -> Call:
        return Call(self._run, name, Diagnostics(_unheard, _unheard, _unheard))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def check(self, kind: str, old: Values, new: Values, name: str = "it") -> Checked:
        preview = bool(new.get(PREVIEW_MARK))
        given = {field: value for field, value in new.items() if field != PREVIEW_MARK}
        with _failing():
            inputs, found = _lifecycle(kind).check(
                self._call(name), Inputs(old), Inputs(given), preview=preview
            )
        return Checked(inputs, dict(found))

    def diff(self, kind: str, id: str, state: Values, new: Values, name: str = "it") -> Difference:
        """Compare the state with new inputs."""
        with _failing():
            found = _lifecycle(kind).diff(self._call(name), id, State(state), Inputs(new))
        return Difference(bool(found.changed), found.replaces)

    def create(self, kind: str, inputs: Values, name: str = "it") -> tuple[str, Values]:
        """Make the object; its id and state."""
        with _failing():
            return _lifecycle(kind).create(self._call(name), Inputs(inputs))

    def read(
        self, kind: str, id: str, state: Values, name: str = "it"
    ) -> tuple[str, Values, Values]:
        """Read the object; its id ("" for one that is gone), state and inputs."""
        with _failing():
            found = _lifecycle(kind).read(self._call(name), id, State(state))
        return ("", {}, {}) if found is None else (id, found, _lifecycle(kind).spec.inputs(found))

    def update(self, kind: str, id: str, state: Values, new: Values, name: str = "it") -> Values:
        """Change the object; its state."""
        with _failing():
            return _lifecycle(kind).update(self._call(name), id, State(state), Inputs(new))

    def delete(self, kind: str, id: str, state: Values, name: str = "it") -> None:
        with _failing():
            _lifecycle(kind).delete(self._call(name), id, State(state))


def _lifecycle(kind: str) -> Lifecycle:
    lifecycle: Lifecycle = get_kind(kind).lifecycle
    return lifecycle


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except HalfMade as half:
        made = dynamic_host.HalfMade(half.id, half.state, [str(half)], read_first=True)
        raise Failed(str(half), made) from None
    except LumosError as error:
        raise Failed(f"{type(error).__name__}: {error}") from None


def _unheard(*_said: object) -> None:
    """Other tests check warnings."""
