"""The calls of the engine about one resource, in the words of the lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2

from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.diagnostics import diagnostics_of
from pulumi_lumos.hosts.init_failed import attach_details
from pulumi_lumos.hosts.marks import take_marks
from pulumi_lumos.hosts.names import PROVIDER_PROPERTY, camel
from pulumi_lumos.hosts.order import ORDER_MARK, take_order
from pulumi_lumos.hosts.secrets import secret_texts, with_secrets
from pulumi_lumos.hosts.stack_state import note_recorded
from pulumi_lumos.hosts.texts import hide, text
from pulumi_lumos.lifecycle.adoption import SECRETS_BEFORE
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.errors import HalfMade
from pulumi_lumos.lifecycle.guarded import GuardedLifecycle
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.lifecycle.run import Run
from pulumi_lumos.values.beside import Beside
from pulumi_lumos.values.identity import ALIASES

from .detail import detailed
from .known import Known
from .managed import keep_unsaid, only_managed
from .properties import GivenProperties, inputs_of, is_from_dynamic_host, outputs_of, read, write
from .refusals import failures, refuse
from .spelling import Spelling

ToInputs = Callable[[Lifecycle, State], Inputs]
"""The inputs that declare an object as the state of a whole read has it, and no more."""


class Calls:
    """The calls about resources of one kind."""

    def __init__(
        self,
        lifecycle: Lifecycle,
        run: Run,
        spelling: Spelling,
        known: Known,
        to_inputs: ToInputs,
    ) -> None:
        self._lifecycle = GuardedLifecycle(lifecycle)
        self._declared = lifecycle
        self._spec = lifecycle.spec
        self._run = run
        self._spelling = spelling
        self._known = known
        self._to_inputs = to_inputs
        self._inputs, self._outputs = inputs_of(lifecycle), outputs_of(lifecycle)

    def check(self, request: provider_pb2.CheckRequest) -> provider_pb2.CheckResponse:
        """Validate; every mistake becomes a failure with its property path."""
        call, new = self._call(request.urn), read(self._inputs, request.news)
        old = Inputs(read(self._inputs, request.olds, old=True).values)
        preview = self._take_hidden(call, new, old)
        values = Inputs(new.values)
        hide(secret_texts(self._spec, values, call.beside))
        if is_from_dynamic_host(request.olds):
            values = Inputs(keep_unsaid(self._spec.shape, old, values))
        inputs, found = self._lifecycle.check(call, old, values, preview=preview)
        misspelt = {path for path, _ in new.problems}
        wrong = self._spell([one for one in found if one[0] not in misspelt])
        spelling = [(self._spelling.path(self._inputs, path), why) for path, why in new.problems]
        return provider_pb2.CheckResponse(
            inputs=write(self._inputs, inputs, new.secret), failures=failures([*spelling, *wrong])
        )

    def _take_hidden(self, call: Call, new: GivenProperties, old: Values) -> bool:
        """Note what the program says beside the inputs; whether the check looks ahead.

        Only the classes of Python say whether this is a preview, and what a resource comes after.
        For other languages, `foresee` looks ahead, and a create finds what is still taken.
        """
        preview, _ = take_marks(new.hidden)
        call.run.beside[call.resource] = Beside(
            secret=tuple(sorted(new.secret)), is_imported=self._known.is_imported(call.resource)
        )
        ownership = call.run.ownership
        if ORDER_MARK in new.hidden or preview:
            ownership.note_order(call.resource, take_order(new.hidden))
        else:
            ownership.note_last(call.resource)
        note_recorded(call, self._lifecycle.adopts, new.values, new.hidden)
        if preview:
            self._known.note_foreseen(call.resource)
        # Offline, a check may be that of a preview, which must not ask.
        return preview or not call.run.previews_ask

    def diff(self, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
        """Say what changes, property by property, and what a change replaces."""
        call = self._call(request.urn)
        old = read(self._inputs, request.old_inputs, old=True).values
        new = Inputs(read(self._inputs, request.news).values)
        if is_from_dynamic_host(request.old_inputs):
            new = Inputs(keep_unsaid(self._spec.shape, old, new))
        known = State(self._state(call, request.olds, old, new).values)
        found = self._lifecycle.diff(call, request.id, known, new)
        if not found.changed:
            return provider_pb2.DiffResponse(changes=self._unsaid(call, old, new))
        if found.awaited:
            call.tell.warn(f"not yet in Lumos: {', '.join(found.awaited)}")
        shown = detailed(self._inputs, found.changed, found.replaces, old, new)
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME,
            diffs=sorted({camel(name.split(".")[0]) for name in found.changed}),
            replaces=sorted({camel(name.split(".")[0]) for name in found.replaces}),
            detailedDiff=shown,
            hasDetailedDiff=bool(shown),
        )

    def create(
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        """Make the object; in a preview, say what it names."""
        call, given = self._call(request.urn), read(self._inputs, request.properties)
        inputs = Inputs(given.values)
        if request.preview:
            self._foresee(call, Inputs({}), inputs, context)
            return provider_pb2.CreateResponse(properties=self._foreseen(given))
        call.run.ownership.forget_last(call.resource)
        with self._recorded(call, request.properties, GivenProperties({}), given, context):
            id, state = self._lifecycle.create(call, inputs)
        return provider_pb2.CreateResponse(
            id=id, properties=self._written(call, state, GivenProperties({}), given)
        )

    def update(
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        """Change the object; in a preview, say what it begins to name."""
        call, given = self._call(request.urn), read(self._inputs, request.news)
        inputs = Inputs(given.values)
        old = Inputs(read(self._inputs, request.old_inputs, old=True).values)
        known = self._state(call, request.olds, old, inputs)
        if request.preview:
            self._foresee(call, old, inputs, context)
            return provider_pb2.UpdateResponse(properties=self._foreseen(given))
        with self._recorded(call, request.news, known, given, context):
            state = self._lifecycle.update(call, request.id, State(known.values), inputs)
        return provider_pb2.UpdateResponse(properties=self._written(call, state, known, given))

    def read(self, request: provider_pb2.ReadRequest) -> provider_pb2.ReadResponse:
        """Read the object; one that is gone has no id. Without a state, all of it is read."""
        call = self._call(request.urn)
        given = read(self._inputs, request.inputs, old=True)
        known = read(self._outputs, request.properties, old=True)
        before = State(only_managed(self._spec.shape, known.values, given.values))
        state = self._lifecycle.read(call, request.id, before)
        if state is None:
            return provider_pb2.ReadResponse()
        inputs = self._spec.inputs(state)
        if not before:
            self._known.note_imported(call.resource)
            inputs = self._to_inputs(self._declared, state)
        # What was secret in the state stays so; what an earlier run has marked is in `known`.
        secret = known.secret | given.secret
        paths = {name: before[name] for name in (SECRETS_BEFORE,) if name in before}
        properties = write(self._outputs, {**state, **paths}, secret)
        if is_from_dynamic_host(request.properties):
            # Without it, the dynamic host cannot delete what a stack that goes back has.
            properties.fields[PROVIDER_PROPERTY].CopyFrom(
                request.properties.fields[PROVIDER_PROPERTY]
            )
        return provider_pb2.ReadResponse(
            id=request.id, properties=properties, inputs=write(self._inputs, inputs, secret)
        )

    def delete(self, request: provider_pb2.DeleteRequest) -> None:
        """Delete the object."""
        call = self._call(request.urn)
        old = read(self._inputs, request.old_inputs, old=True).values
        state = read(self._outputs, request.properties, old=True).values
        known = State(only_managed(self._spec.shape, state, old))
        self._lifecycle.delete(call, request.id, known)

    def _call(self, urn: str) -> Call:
        tell, spell = diagnostics_of(self._run, urn), self._spelling.text

        def spelled(say: Callable[..., None], what: str, together: str = "", *unless: Any) -> None:
            say(spell(what), spell(together), *unless)

        return Call(
            self._run,
            urn,
            Diagnostics(
                partial(spelled, tell.warn),
                partial(spelled, tell.info),
                lambda what: tell.progress(spell(what)),
            ),
        )

    def _unsaid(
        self, call: Call, old: Values, new: Values
    ) -> provider_pb2.DiffResponse.DiffChanges.ValueType:
        """Report a change if a program gives less than was imported.

        The engine has recorded all of it as inputs, so the next run would clear the fields that the
        program does not give. An update that writes the state alone prevents that.
        """
        left = [name for name in old if name not in new]
        if not self._known.is_imported(call.resource) or old == new:
            return provider_pb2.DiffResponse.DIFF_NONE
        if left:
            call.tell.info(f"{', '.join(left)}: not in the program, so it stays as it is in Lumos")
        return provider_pb2.DiffResponse.DIFF_SOME

    def _state(
        self, call: Call, olds: struct_pb2.Struct, old: Values, new: Values
    ) -> GivenProperties:
        """The state so far, with the fields that are managed."""
        whole = read(self._outputs, olds, old=True)
        given = new if self._known.is_imported(call.resource) else old
        return GivenProperties(only_managed(self._spec.shape, whole.values, given), whole.secret)

    def _foresee(self, call: Call, old: Inputs, new: Inputs, context: grpc.ServicerContext) -> None:
        """Refuse what names something that is not there, unless a check has looked already."""
        if self._known.is_foreseen(call.resource):
            return
        if problems := self._lifecycle.foresee(call, old, new):
            refuse(context, "; ".join(f"{at}: {why}" for at, why in self._spell(problems)))

    def _foreseen(self, given: GivenProperties) -> struct_pb2.Struct:
        """The outputs as far as a preview knows them."""
        later = dict.fromkeys([*self._spec.computed, ALIASES], UNKNOWN)
        return write(self._outputs, {**later, **given.values}, given.secret)

    def _spell(self, problems: list[Problem]) -> Iterator[Problem]:
        return (self._spelling.problem(self._inputs, one) for one in problems)

    def _written(
        self, call: Call, state: State, known: GivenProperties, given: GivenProperties
    ) -> struct_pb2.Struct:
        """A state with everything secret marked as such."""
        marked = with_secrets(
            self._spec, state, State(known.values), Inputs(given.values), call.beside
        )
        return write(self._outputs, marked, given.secret)

    @contextmanager
    def _recorded(
        self,
        call: Call,
        inputs: struct_pb2.Struct,
        known: GivenProperties,
        given: GivenProperties,
        context: grpc.ServicerContext,
    ) -> Iterator[None]:
        """Let the engine record what a failing call has made all the same."""
        try:
            yield
        except HalfMade as half:
            # An object of another kind, which this resource consists of, has no state of its own.
            if half.spec is self._spec:
                state = self._written(call, half.state, known, given)
                reason = text(self._spelling.text(str(half)))
                attach_details(context, half.id, state, inputs, reason)
            raise


class UnknownKind(LumosError):
    """A program or a state names a kind that this release does not have."""

    def __init__(self, kind: str, version: str) -> None:
        super().__init__(
            f"pulumi-lumos {version} has no kind {kind}. Install a release that has it, where the "
            "provider is installed."
        )
