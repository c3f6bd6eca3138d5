"""A packaged provider that does nothing: the least that a provider of the protocol can cost.

It is started as `pulumi-resource-lumos`, in the place of ours, and serves the same classes.
"""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc
from pulumi_lumos.hosts.names import camel
from pulumi_lumos.hosts.packaged.refusals import leave_out
from pulumi_lumos.hosts.packaged.serve import serve

from .null_provider import COMPUTED

MARK = "__"
"""How the names of hidden inputs begin."""


class NullPlugin(provider_pb2_grpc.ResourceProviderServicer):
    """Keeps the inputs as the state and asks nobody."""

    def __init__(self) -> None:
        for method in vars(provider_pb2_grpc.ResourceProviderServicer).keys() - vars(NullPlugin):
            if not method.startswith("__"):
                setattr(self, method, lambda _, context, name=method: leave_out(context, name))

    def GetPluginInfo(self, _request: Any, _context: Any) -> plugin_pb2.PluginInfo:  # noqa: N802
        """Answer with any version."""
        return plugin_pb2.PluginInfo(version="0.0.0")

    def CheckConfig(self, request: Any, _context: Any) -> provider_pb2.CheckResponse:  # noqa: N802
        """Take the settings as they are."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, _request: Any, _context: Any) -> provider_pb2.DiffResponse:  # noqa: N802
        """Find no difference."""
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, _request: Any, _context: Any) -> provider_pb2.ConfigureResponse:  # noqa: N802
        """Take the settings as they are."""
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: Any, _context: Any) -> provider_pb2.CheckResponse:  # noqa: N802
        """Take the inputs as they are, without the hidden ones."""
        inputs = request.news
        for name in [name for name in inputs.fields if name.startswith(MARK)]:
            del inputs.fields[name]
        return provider_pb2.CheckResponse(inputs=inputs)

    def Diff(self, request: Any, _context: Any) -> provider_pb2.DiffResponse:  # noqa: N802
        """Compare the inputs."""
        answer, same = provider_pb2.DiffResponse, request.old_inputs == request.news
        return answer(changes=answer.DIFF_NONE if same else answer.DIFF_SOME)

    def Create(self, request: Any, _context: Any) -> provider_pb2.CreateResponse:  # noqa: N802
        """Keep the inputs."""
        id = "" if request.preview else str(uuid5(NAMESPACE_URL, request.urn))
        return provider_pb2.CreateResponse(id=id, properties=_state(request.properties))

    def Read(self, request: Any, _context: Any) -> provider_pb2.ReadResponse:  # noqa: N802
        """Find everything as it was."""
        return provider_pb2.ReadResponse(
            id=request.id, properties=request.properties, inputs=request.inputs
        )

    def Update(self, request: Any, _context: Any) -> provider_pb2.UpdateResponse:  # noqa: N802
        """Keep the new inputs."""
        return provider_pb2.UpdateResponse(properties=_state(request.news))

    def Delete(self, _request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802
        """Forget the object."""
        return empty_pb2.Empty()

    def Cancel(self, _request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802
        """Have nothing to cancel."""
        return empty_pb2.Empty()


def main() -> None:
    """Serve the engine that has started this process."""
    serve(NullPlugin())


def _state(inputs: struct_pb2.Struct) -> struct_pb2.Struct:
    state = struct_pb2.Struct()
    state.CopyFrom(inputs)
    state.update({camel(name): value for name, value in COMPUTED.items()})
    return state
