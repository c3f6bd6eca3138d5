"""Speaks the provider protocol to a provider that listens in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto import provider_pb2_grpc
from pulumi_lumos.hosts.packaged.serve import listening
from pulumi_lumos.plugin import new_provider

from ..patience import PATIENCE_SECONDS
from .tenant import Tenant

Values = dict[str, Any]

DEFAULT = "urn:pulumi:dev::appstore::pulumi:providers:lumos::default_0_1_0"
EXPLICIT = "urn:pulumi:dev::appstore::pulumi:providers:lumos::eu"


def urn(kind: str, name: str = "it") -> str:
    return f"urn:pulumi:dev::appstore::lumos:index:{kind}::{name}"


def struct(values: Values) -> Struct:
    """Values as they go over the wire."""
    made = Struct()
    made.update(values)
    return made


def secret(value: Any) -> Any:
    """A value that is marked as a secret."""
    return rpc.wrap_rpc_secret(value)


class Driver:
    """The engine's part of the protocol. A call that is refused raises grpc.RpcError."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._stub = provider_pb2_grpc.ResourceProviderStub(channel)

    def ask(self, method: str, request: Any) -> Any:
        """Call a method."""
        return getattr(self._stub, method)(request, timeout=PATIENCE_SECONDS)

    def refused(self, method: str, request: Any) -> str:
        """Call a method that must be refused; the text that people read."""
        try:
            answer = self.ask(method, request)
        except grpc.RpcError as error:
            return str(error.details())
        raise AssertionError(f"not refused: {answer}")

    def configure(self, urn: str = EXPLICIT, **settings: Any) -> Any:
        """Give the provider its settings."""
        return self.ask("Configure", proto.ConfigureRequest(urn=urn, args=struct(settings)))

    def mistakes_in(self, urn: str, **settings: Any) -> dict[str, str]:
        """Check settings; what is wrong, by setting."""
        answer = self.ask("CheckConfig", proto.CheckRequest(urn=urn, news=struct(settings)))
        return {one.property: one.reason for one in answer.failures}

    def check(self, kind: str, new: Values, old: Values | None = None) -> dict[str, str]:
        """Check inputs; what is wrong, by property path."""
        return {one.property: one.reason for one in self.checked(kind, new, old).failures}

    def checked(self, kind: str, new: Values, old: Values | None = None, name: str = "it") -> Any:
        request = proto.CheckRequest(urn=urn(kind, name), olds=struct(old or {}), news=struct(new))
        return self.ask("Check", request)

    def create(self, kind: str, inputs: Values, *, preview: bool = False) -> tuple[str, Values]:
        """Make an object; its id and state, with the marks of secrets."""
        request = proto.CreateRequest(urn=urn(kind), properties=struct(inputs), preview=preview)
        answer = self.ask("Create", request)
        return answer.id, MessageToDict(answer.properties)

    def diff(
        self, kind: str, id: str, state: Values, old: Values, new: Values, name: str = "it"
    ) -> Any:
        request = proto.DiffRequest(
            urn=urn(kind, name), id=id, olds=struct(state), old_inputs=struct(old), news=struct(new)
        )
        return self.ask("Diff", request)

    def read(self, kind: str, id: str, name: str = "it") -> tuple[Values, Values]:
        """Read an object of which nothing is known; its state and inputs."""
        answer = self.ask("Read", proto.ReadRequest(urn=urn(kind, name), id=id))
        return MessageToDict(answer.properties), MessageToDict(answer.inputs)


@contextmanager
def configured(tenant: Tenant) -> Iterator[Driver]:
    """A provider that is set up for a tenant, as a provider of its own."""
    with running() as driver:
        driver.configure(accessToken=secret(tenant.token), serverUrl=tenant.url)
        yield driver


@contextmanager
def running() -> Iterator[Driver]:
    """A provider that is not set up yet."""
    provider = new_provider()
    with (
        listening(provider) as port,
        grpc.insecure_channel(f"127.0.0.1:{port}") as channel,
    ):
        yield Driver(channel)
    if run := provider._run:
        run.client.close()
