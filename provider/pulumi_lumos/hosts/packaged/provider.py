"""Pulumi's provider protocol: the one file that serves it.

Engine facts that shaped it: one process serves one provider of one phase, so it is one run; the
engine sends `Cancel` at every normal end too; a method that is not there has to answer
UNIMPLEMENTED, or gRPC prints a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings
from pulumi_lumos.errors import ConfigError
from pulumi_lumos.hosts.diagnostics import show_gathered
from pulumi_lumos.hosts.engine import end_if_engine_is_gone
from pulumi_lumos.hosts.names import camel, declared_names, function_token
from pulumi_lumos.lifecycle.kind import Kind
from pulumi_lumos.lifecycle.run import Run
from pulumi_lumos.similar import did_you_mean
from pulumi_lumos.urns import kind_of

from .calls import Calls, ToInputs, UnknownKind
from .functions import Function
from .known import Known
from .properties import Properties, read, write
from .refusals import failures, in_plain_words, leave_out, refuse
from .settings import ProviderSettings, is_changed
from .spelling import Spelling

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

NOT_SERVED = ("Attach", "Call", "Construct", "GetMapping", "Handshake", "List", "Parameterize")
"""What the engine asks and goes on without."""


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """Serves all kinds and functions for one tenant of Lumos."""

    def __init__(
        self,
        version: str,
        kinds: Mapping[str, type[Kind]],
        functions: Iterable[Function],
        to_inputs: ToInputs,
    ) -> None:
        self._version = version
        self._kinds = kinds
        self._functions = {function_token(one.name): one for one in functions}
        self._to_inputs = to_inputs
        self._calls: dict[str, Calls] = {}
        self._known = Known()
        self._lock = Lock()
        self._run: Run | None = None
        self.spelling = self._new_spelling(pythonic=False)
        for method in NOT_SERVED:
            setattr(self, method, _not_served(method))

    def GetPluginInfo(self, _request: empty_pb2.Empty, _context: Any) -> plugin_pb2.PluginInfo:  # noqa: N802
        """Answer with the version of the package."""
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(self, _request: Any, _context: Any) -> provider_pb2.GetSchemaResponse:  # noqa: N802
        """Answer with the schema."""
        from .schema import schema

        return provider_pb2.GetSchemaResponse(
            schema=schema(self._version, self._kinds, self._functions.values())
        )

    def GetMappings(self, _request: Any, _context: Any) -> provider_pb2.GetMappingsResponse:  # noqa: N802
        """Answer that nothing of another tool is translated."""
        return provider_pb2.GetMappingsResponse()

    def CheckConfig(  # noqa: N802
        self, request: provider_pb2.CheckRequest, _context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """Validate the settings of a provider."""
        settings = ProviderSettings(request.urn, request.news)
        return provider_pb2.CheckResponse(
            inputs=request.news, failures=failures(settings.problems())
        )

    def DiffConfig(  # noqa: N802
        self, request: provider_pb2.DiffRequest, _context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """Say whether settings differ: never a reason to make objects anew.

        A state remembers its tenant, so a run with another tenant's settings stops by itself.
        """
        old = request.old_inputs if request.old_inputs.fields else request.olds
        changed = is_changed(old, request.news)
        answer = provider_pb2.DiffResponse
        return answer(changes=answer.DIFF_SOME if changed else answer.DIFF_NONE)

    def Configure(  # noqa: N802
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        """Take the settings."""
        given = ProviderSettings(request.urn or "default", request.args)
        self.spelling = self._new_spelling(pythonic=given.is_of_python)
        if plain := given.plain_token:
            refuse(context, plain)
        try:
            settings = given.load()
        except ConfigError as error:
            refuse(context, str(error))
        # A provider that people have started by themselves is configured for each run anew.
        show_gathered()
        self._run, self._calls, self._known = (
            Run(partial(self._connect, settings), settings),
            {},
            Known(),
        )
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    @in_plain_words
    def Check(  # noqa: N802
        self, request: provider_pb2.CheckRequest, _context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        """See `Calls.check`."""
        return self._about(request.urn).check(request)

    @in_plain_words
    def Diff(  # noqa: N802
        self, request: provider_pb2.DiffRequest, _context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        """See `Calls.diff`."""
        return self._about(request.urn).diff(request)

    @in_plain_words
    def Create(  # noqa: N802
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        """See `Calls.create`."""
        return self._about(request.urn).create(request, context)

    @in_plain_words
    def Update(  # noqa: N802
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        """See `Calls.update`."""
        return self._about(request.urn).update(request, context)

    @in_plain_words
    def Read(  # noqa: N802
        self, request: provider_pb2.ReadRequest, _context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        """See `Calls.read`."""
        return self._about(request.urn).read(request)

    @in_plain_words
    def Delete(  # noqa: N802
        self, request: provider_pb2.DeleteRequest, _context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """See `Calls.delete`."""
        self._about(request.urn).delete(request)
        return empty_pb2.Empty()

    @in_plain_words
    def Invoke(  # noqa: N802
        self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.InvokeResponse:
        """Call a function."""
        function = self._functions.get(request.tok)
        if function is None:
            refuse(context, f"pulumi-lumos {self._version} has no function {request.tok}")
        given = read(Properties(dict.fromkeys(function.arguments)), request.args)
        misspelt = [spelled for spelled, _ in given.problems]
        if unheard := [*misspelt, *sorted(given.values.keys() - function.arguments.keys())]:
            refuse(context, _advice(request.tok, unheard[0], map(camel, function.arguments)))
        answer = function.answer(self._this_run(), given.values)
        outputs = Properties({name: type for name, (type, _) in function.outputs.items()})
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(write(outputs, answer))
        return response

    def Cancel(self, _request: empty_pb2.Empty, _context: Any) -> empty_pb2.Empty:  # noqa: N802
        """Say what was gathered: the engine is about to end this process."""
        show_gathered()
        return empty_pb2.Empty()

    def _about(self, urn: str) -> Calls:
        """The calls about resources of a kind; raises UnknownKind and ConfigError."""
        name = kind_of(urn)
        kind = self._kinds.get(name)
        if kind is None:
            raise UnknownKind(name, self._version)
        run = self._this_run()
        with self._lock:
            if name not in self._calls:
                self._calls[name] = Calls(
                    kind.lifecycle, run, self.spelling, self._known, self._to_inputs
                )
            return self._calls[name]

    def _this_run(self) -> Run:
        if self._run is None:
            raise ConfigError(
                "Pulumi has asked pulumi-lumos before it gave the settings, so nothing was done. "
                "Run the command again; if that does not help, report it with `pulumi about`."
            )
        return self._run

    @staticmethod
    def _connect(settings: Settings) -> LumosClient:
        return shared_client(settings, end_if_engine_is_gone)

    def _new_spelling(self, *, pythonic: bool) -> Spelling:
        shapes = [kind.spec.shape for kind in self._kinds.values()]
        computed = [name for kind in self._kinds.values() for name in kind.spec.computed]
        arguments = [name for one in self._functions.values() for name in one.arguments]
        called = [f"{one.name}{end}" for one in self._functions.values() for end in ("_output", "")]
        names = [*declared_names(shapes), *computed, *arguments, *called]
        return Spelling(names, pythonic=pythonic)


def _advice(token: str, unheard: str, arguments: Iterable[str]) -> str:
    """What to do about an argument that a function does not have."""
    names = [*arguments]
    advice = did_you_mean(camel(unheard), names, f"it takes {', '.join(names)}")
    return f"{token} has no argument {unheard}; {advice}"


def _not_served(method: str) -> Any:
    return lambda _request, context: leave_out(context, method)
