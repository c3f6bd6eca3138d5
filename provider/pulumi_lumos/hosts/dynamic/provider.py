"""Pulumi's dynamic-provider protocol: the one file that knows it.

Engine facts that shaped it: `check` and `diff` get a marker string for unknown values; `diff` and
`read` get the previous outputs, not inputs; an answer of `changes=None` lets the engine draw the
difference and obey `replace_on_changes`; a refresh shows drift only where `read` gives inputs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property

from pulumi import dynamic
from pulumi.dynamic.dynamic import serialize_provider

from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.garbage import collect_rarely
from pulumi_lumos.hosts.diagnostics import diagnostics_of
from pulumi_lumos.hosts.engine import end_with_engine
from pulumi_lumos.hosts.marks import take_marks
from pulumi_lumos.hosts.names import in_declared_names, is_of_packaged_host
from pulumi_lumos.hosts.order import take_order
from pulumi_lumos.hosts.secrets import secret_texts, with_secrets
from pulumi_lumos.hosts.stack_state import note_recorded
from pulumi_lumos.hosts.texts import hide
from pulumi_lumos.lifecycle.adoption import SECRETS_BEFORE
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.errors import HalfMade
from pulumi_lumos.lifecycle.guarded import GuardedLifecycle
from pulumi_lumos.lifecycle.kind import get_kind

from .half_made import record_half_made
from .interrupts import hear_interrupts
from .properties import read, written
from .refusals import failures, in_plain_words
from .request import get_caller
from .runs import run_of


class Provider(dynamic.ResourceProvider):
    """The provider of one kind. What the state keeps of it is a name, never code or a token."""

    serialize_as_secret_always = False

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self._config: Callable[[str], str | None] = lambda name: None
        # Pickled by reference as the attribute `pulumi_lumos._<kind>`, see `__reduce__`.
        self.__module__ = "pulumi_lumos"

    def __reduce__(self) -> str:
        return f"_{self.kind}"

    @cached_property
    def lifecycle(self) -> GuardedLifecycle:
        """The lifecycle of the kind."""
        return GuardedLifecycle(get_kind(self.kind).lifecycle)

    @property
    def call(self) -> Call:
        """The call of the engine that is under way; raises ConfigError or UnknownCaller."""
        servicer, urn, _ = get_caller()
        run = run_of(servicer, lambda: Settings.load(self._config, os.environ))
        return Call(run, urn, diagnostics_of(run, urn))

    def configure(self, req: dynamic.ConfigureRequest) -> None:
        """Take the stack's configuration; called once in each host process."""
        # The host prints whole tracebacks to people who made no mistake in Python.
        sys.tracebacklimit = 0
        collect_rarely()
        end_with_engine()
        hear_interrupts()
        self._config = lambda name: req.config.get(f"lumos:{name}")

    @in_plain_words
    def check(self, _olds: Values, news: Values) -> dynamic.CheckResult:
        """Validate; every mistake becomes a failure with its property path."""
        call, new = self.call, Inputs(read(news))
        preview, beside = take_marks(new)
        call.run.beside[call.resource] = beside
        call.run.ownership.note_order(call.resource, take_order(new))
        note_recorded(call, self.lifecycle.adopts, new, new)
        hide(secret_texts(self.lifecycle.spec, new, beside))
        inputs, problems = self.lifecycle.check(call, self._old_inputs(_olds), new, preview=preview)
        return dynamic.CheckResult(written(inputs), failures(problems))

    @in_plain_words
    def diff(self, _id: str, _olds: Values, _news: Values) -> dynamic.DiffResult:
        """Say whether anything changes, and what a change replaces."""
        call = self.call
        found = self.lifecycle.diff(call, _id, self._old(_olds), Inputs(read(_news)))
        if not found.changed and is_of_packaged_host(get_kind(self.kind), _olds):
            # Without an update the state would lack what `delete` needs: its provider.
            return dynamic.DiffResult(changes=True)
        if found.awaited:
            # The engine, comparing inputs, would see no difference: they were given before.
            call.tell.warn(f"not yet in Lumos: {', '.join(found.awaited)}")
            return dynamic.DiffResult(changes=True, replaces=found.replaces)
        return dynamic.DiffResult(changes=None if found.changed else False, replaces=found.replaces)

    @in_plain_words
    def create(self, props: Values) -> dynamic.CreateResult:
        """Make the object."""
        call, inputs = self.call, Inputs(read(props))
        with self._recorded(call, props, State({})):
            id, state = self.lifecycle.create(call, inputs)
        return dynamic.CreateResult(id, self._with_secrets(call, state, State({}), inputs))

    @in_plain_words
    def read(self, id_: str, props: Values) -> dynamic.ReadResult:
        """Read the object; one that is gone has no id."""
        known = self._old(props)
        state = self.lifecycle.read(self.call, id_, known)
        if state is None:
            return dynamic.ReadResult("", {})
        # The engine itself keeps secret what was so in the state before.
        paths = {name: known[name] for name in (SECRETS_BEFORE,) if name in known}
        return dynamic.ReadResult(id_, {**state, **paths}, self.lifecycle.spec.inputs(state))

    @in_plain_words
    def update(self, _id: str, _olds: Values, _news: Values) -> dynamic.UpdateResult:
        """Change the object."""
        call, known, inputs = self.call, self._old(_olds), Inputs(read(_news))
        with self._recorded(call, _news, known):
            state = self.lifecycle.update(call, _id, known, inputs)
        return dynamic.UpdateResult(self._with_secrets(call, state, known, inputs))

    @in_plain_words
    def delete(self, _id: str, _props: Values) -> None:
        """Delete the object."""
        self.lifecycle.delete(self.call, _id, self._old(_props))

    def _old(self, props: Values) -> State:
        """The outputs of a state, which the packaged host may have recorded."""
        known, kind = read(props), get_kind(self.kind)
        of_packaged = is_of_packaged_host(kind, props)
        return State(in_declared_names(kind, known) if of_packaged else known)

    def _old_inputs(self, props: Values) -> Inputs:
        """The inputs of the last run, which the packaged host may have recorded."""
        return Inputs(self._old(props))

    @contextmanager
    def _recorded(self, call: Call, props: Values, known: State) -> Iterator[None]:
        """Let the engine record what a failing call has made all the same.

        `known` is the state so far.
        """
        try:
            yield
        except HalfMade as half:
            # An object of another kind, which this resource consists of, has no state of its own.
            if half.spec is self.lifecycle.spec:
                state = self._with_secrets(call, half.state, known, Inputs(read(props)))
                record_half_made(half, state, props)
            raise

    def _with_secrets(self, call: Call, state: State, known: State, inputs: Inputs) -> Values:
        return with_secrets(self.lifecycle.spec, state, known, inputs, call.beside)


_providers: dict[str, Provider] = {}


def load(kind: str) -> Provider:
    """Return the one provider of a kind in this process; the names in states lead here."""
    get_kind(kind)
    return _providers.setdefault(kind, Provider(kind))


@cache
def recorded_provider(kind: str) -> str:
    """What states record as the provider of a kind, by this release of Python."""
    return str(serialize_provider(load(kind)))
