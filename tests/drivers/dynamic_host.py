"""Pulumi's dynamic host as a process of its own, spoken to as the engine does."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf import struct_pb2
from google.protobuf.json_format import MessageToDict
from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2
from pulumi_lumos.hosts.dynamic.provider import load
from typing_extensions import Self

from ..patience import PATIENCE_SECONDS

Values = dict[str, Any]

DETAILS = "grpc-status-details-bin"


@dataclass(frozen=True)
class HalfMade:
    """What a failed create or update gives the engine to record: `ErrorResourceInitFailed`."""

    id: str
    state: Values
    reasons: list[str]
    read_first: bool


class Failed(Exception):
    """A call that the host has ended with an error, whose text the engine shows to people."""

    def __init__(self, text: str, half_made: HalfMade | None = None) -> None:
        super().__init__(text)
        self.half_made = half_made


@dataclass(frozen=True)
class Checked:
    """What check answers: the inputs to go on with, and the failures as path to reason."""

    inputs: Values
    failures: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """What diff answers: whether anything changes, and what is replaced."""

    changes: bool
    replaces: list[str]


class DynamicHost:
    """Runs `python -m pulumi.dynamic` while a `with` block lasts.

    `serialized` is what the host is given as the provider, where that is not the one of the kind;
    `engine` is the address that it is given as the engine's, where by default nobody listens.
    """

    def __init__(
        self,
        settings: dict[str, str],
        config: Values | None = None,
        serialized: str = "",
        engine: str = "127.0.0.1:1",
    ) -> None:
        ours = {name: v for name, v in os.environ.items() if not name.startswith("LUMOS_")}
        self._environment = {**ours, **settings}
        self._config = config or {}
        self._serialized = serialized
        self._engine = engine

    def __enter__(self) -> Self:
        self._channel = grpc.insecure_channel(f"127.0.0.1:{self._start()}")
        self._host = provider_pb2_grpc.ResourceProviderStub(self._channel)
        try:
            self._ask("Configure", provider_pb2.ConfigureRequest(args=_struct(self._config)))
        except Failed:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._channel.close()
        self._end()

    def _start(self) -> int:
        """Start the process; the port it listens on."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self._port()

    @property
    def _command(self) -> list[str]:
        # Without -u the port number stays in the buffer of the host's standard output.
        return [sys.executable, "-u", "-m", "pulumi.dynamic", self._engine]

    def _end(self) -> None:
        self.kill()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def kill(self) -> None:
        """End the process at once, as SIGKILL does; calls under way fail."""
        self._process.kill()
        self._process.wait()

    def ends_within(self, seconds: float) -> bool:
        """Whether the process ends by itself in that time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    @property
    def pid(self) -> int:
        """The id of the running process."""
        return self._process.pid

    def check(self, kind: str, old: Values, new: Values, name: str = "it") -> Checked:
        answer = self._ask(
            "Check",
            provider_pb2.CheckRequest(
                urn=_urn(kind, name),
                olds=self._props(kind, old) if old else _struct({}),
                news=self._props(kind, new),
            ),
        )
        failures = {failure.property: failure.reason for failure in answer.failures}
        return Checked(_values(answer.inputs), failures)

    def diff(self, kind: str, id: str, state: Values, new: Values, name: str = "it") -> Difference:
        """Compare the state with new inputs."""
        answer = self._ask(
            "Diff",
            provider_pb2.DiffRequest(
                urn=_urn(kind, name),
                id=id,
                olds=self._props(kind, state),
                news=self._props(kind, new),
            ),
        )
        none = provider_pb2.DiffResponse.DIFF_NONE
        return Difference(answer.changes != none, list(answer.replaces))

    def create(self, kind: str, inputs: Values, name: str = "it") -> tuple[str, Values]:
        """Make the object; its id and state."""
        answer = self._ask(
            "Create",
            provider_pb2.CreateRequest(urn=_urn(kind, name), properties=self._props(kind, inputs)),
        )
        return answer.id, _values(answer.properties)

    def read(
        self, kind: str, id: str, state: Values, name: str = "it"
    ) -> tuple[str, Values, Values]:
        """Read the object; its id ("" for one that is gone), state and inputs."""
        answer = self._ask(
            "Read",
            provider_pb2.ReadRequest(
                urn=_urn(kind, name), id=id, properties=self._props(kind, state)
            ),
        )
        return answer.id, _values(answer.properties), _values(answer.inputs)

    def update(self, kind: str, id: str, state: Values, new: Values, name: str = "it") -> Values:
        """Change the object; its state."""
        answer = self._ask(
            "Update",
            provider_pb2.UpdateRequest(
                urn=_urn(kind, name),
                id=id,
                olds=self._props(kind, state),
                news=self._props(kind, new),
            ),
        )
        return _values(answer.properties)

    def delete(self, kind: str, id: str, state: Values, name: str = "it") -> None:
        self._ask(
            "Delete",
            provider_pb2.DeleteRequest(
                urn=_urn(kind, name), id=id, properties=self._props(kind, state)
            ),
        )

    def _ask(self, method: str, request: Any) -> Any:
        try:
            return getattr(self._host, method)(request, timeout=PATIENCE_SECONDS)
        except grpc.RpcError as error:
            raise Failed(error.details() or "", _half_made(error)) from None

    def _props(self, kind: str, values: Values) -> struct_pb2.Struct:
        return _struct({**values, PROVIDER_KEY: self._serialized or serialized(kind)})

    def _port(self) -> int:
        lines: queue.Queue[str] = queue.Queue()
        assert self._process.stdout is not None
        read = self._process.stdout.readline
        threading.Thread(target=lambda: lines.put(read()), daemon=True).start()
        return int(lines.get(timeout=PATIENCE_SECONDS))


def serialized(kind: str) -> str:
    """What the state keeps of the provider of a kind."""
    text: str = serialize_provider(load(kind))
    return text


def _half_made(error: grpc.RpcError) -> HalfMade | None:
    """What the engine reads off an error: the details in its trailing metadata."""
    packed = [item.value for item in error.trailing_metadata() or () if item.key == DETAILS]
    if not packed:
        return None
    details = provider_pb2.ErrorResourceInitFailed()
    (only,) = status_pb2.Status.FromString(packed[0]).details
    assert only.Unpack(details)
    return HalfMade(
        details.id,
        _values(details.properties),
        list(details.reasons),
        details.refresh_before_update,
    )


def _urn(kind: str, name: str) -> str:
    return f"urn:pulumi:dev::appstore::pulumi-python:dynamic/lumos:{kind}::{name}"


def _struct(values: Values) -> struct_pb2.Struct:
    struct = struct_pb2.Struct()
    struct.update(values)
    return struct


def _values(struct: struct_pb2.Struct) -> Values:
    values: Values = MessageToDict(struct)
    values.pop(PROVIDER_KEY, None)
    return values
