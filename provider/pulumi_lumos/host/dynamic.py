"""Pulumi's dynamic-provider protocol: the one file that knows it.

Engine facts that shaped it: `check` and `diff` get a marker string for unknown values; `diff` and
`read` get the previous outputs, not inputs; an answer of `changes=None` lets the engine draw the
difference and obey `replace_on_changes`; a refresh shows drift only where `read` gives inputs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property, wraps
from typing import Any, ClassVar, Literal, TypeVar, cast

import pulumi
from pulumi import dynamic
from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider
from typing_extensions import Self, dataclass_transform

from ..api.errors import LumosError
from ..config import Settings
from ..declare.fields import Computed, computed, field
from ..declare.registry import kind_named, register, resource_spec
from ..declare.spec import Endpoints, ResourceSpec, Values
from ..lifecycle.errors import HalfMade
from ..lifecycle.guarded import GuardedLife
from ..lifecycle.life import ALIASES, Life
from ..lifecycle.session import Diagnostics, Session, shared_session
from .diagnostics import remark, warn
from .half_made import record_half_made
from .order import order_mark, take_order
from .program import (
    PREVIEW,
    InvalidInputs,
    check_settings,
    keep_interrupts_quiet,
    known,
    of_options,
    plain,
    preview_mark,
    secret,
)
from .properties import read, written
from .request import calling_urn
from .stack_state import recorded_mark, take_recorded
from .stack_trace import only_frames_of_the_program
from .workers import allow_calls_at_once

Call = TypeVar("Call", bound=Callable[..., Any])


def positional(*, default: Any = ..., kw_only: Literal[False] = False) -> Any:
    """Declare one of Pulumi's own arguments, for type checkers only."""


@dataclass_transform(kw_only_default=True, field_specifiers=(field, computed, positional))
class _Declared:
    """Tells type checkers that the declared fields are the constructor's arguments."""


class LumosResource(_Declared, dynamic.Resource):
    """A resource of Lumos, declared by its fields.

    The class line says where it lives in the API (see `Endpoints`) and which fields name it.
    """

    resource_name: str = positional(kw_only=False)
    opts: pulumi.ResourceOptions | None = positional(kw_only=False, default=None)

    group_ids: Computed[dict[str, str]] = computed(
        "Lumos's ids of the groups that the object names, by `<integration_specific_id>@<app_id>`."
    )

    spec: ClassVar[ResourceSpec]
    life: ClassVar[Life]

    def __init_subclass__(
        cls,
        *,
        at: str = "",
        key: tuple[str, ...] = (),
        query: Mapping[str, str] | None = None,
        search: str = "",
        id: str = "",
        life: type[Life] = Life,
        **operations: str,
    ) -> None:
        if not at:
            # A program's subclass of a kind declares objects of that kind: same type, same state.
            super().__init_subclass__(module="lumos", name=cls.spec.name)
            return
        super().__init_subclass__(module="lumos", name=cls.__name__)
        endpoints = Endpoints.at(at, query, search, **operations)
        cls.spec = resource_spec(cls, endpoints=endpoints, key=key, id=id)
        # Pulumi would take the annotations of the class for the types of its outputs.
        cls.__annotations__ = {}
        cls.life = life(cls.spec)
        register(cls)

    def __init__(
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **fields: Any
    ) -> None:
        spec = type(self).spec
        values = plain(self.expand(fields))
        problems = [*type(self).life.problems(known(values)), *of_options(opts)]
        if problems:
            raise InvalidInputs(spec.name, resource_name, problems)
        keep_interrupts_quiet()
        check_settings()
        hidden = [name for name, field in spec.fields.items() if field.marks.secret]
        marks = {**preview_mark(), **order_mark(opts), **recorded_mark(type(self).life, values)}
        self._register(resource_name, opts, {**marks, **secret(values, hidden)})

    @classmethod
    def expand(cls, fields: Values) -> Values:
        """The fields behind what the program gives, where it may give a resource for several."""
        return fields

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Self:
        """An existing object of Lumos as a resource that is only read, never managed.

        An object that Lumos does not have fails the run.
        """
        found = cls.__new__(cls)
        read = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        found._register(resource_name, read, dict.fromkeys(cls.spec.fields))
        # Newer SDKs wait for the engine to tell the id, which engines before 3.260 do not. The URN
        # is known once the object has been read.
        both = pulumi.Output.all(found.urn, pulumi.Output.from_input(id))
        vars(found)["id"] = both.apply(lambda known: known[1])
        return found

    def gives(self, field: str) -> bool:
        """Whether the program gives a field, so that its output can have a value."""
        return field in vars(self)["_given"]

    def _register(
        self, resource_name: str, opts: pulumi.ResourceOptions | None, values: Values
    ) -> None:
        spec = type(self).spec
        # Pulumi gives a resource only the outputs that it has seen a name for, and works on each.
        outputs = dict.fromkeys([*spec.computed, ALIASES])
        given = {**outputs, **values, PROVIDER_KEY: recorded_provider(spec.name)}
        # Not by the constructor of dynamic resources, which pickles the provider for each of them:
        # Pulumi takes the caller of the third constructor from here for the line of the program.
        kind = f"pulumi-python:{self._resource_type_name}"
        with only_frames_of_the_program():
            pulumi.CustomResource.__init__(self, kind, resource_name, given, opts)
        vars(self)["_given"] = frozenset(values)
        # What a program does not give, Lumos never gives either. Registered as an output, it would
        # be unknown in every preview, and so would be whatever is made of it.
        nothing = pulumi.Output.from_input(None)
        vars(self).update(dict.fromkeys(spec.fields.keys() - values.keys(), nothing))


def _in_plain_words(method: Call) -> Call:
    """Let a failure reach people as `NotFound: sentence`.

    The host prints the traceback of what a provider raises, and with it the module of the class.
    """

    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except LumosError as error:
            shown = type(type(error).__name__, (Exception,), {"__module__": "builtins"})
            raise shown(str(error)) from None

    return cast(Call, call)


class Provider(dynamic.ResourceProvider):
    """The provider of one kind. What the state keeps of it is a name, never code or a token."""

    serialize_as_secret_always = False

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self._session: Session | None = None
        self._config: Callable[[str], str | None] = lambda name: None
        # Pickled by reference as the attribute `pulumi_lumos._<kind>`, see `__reduce__`.
        self.__module__ = "pulumi_lumos"

    def __reduce__(self) -> str:
        return f"_{self.kind}"

    @cached_property
    def life(self) -> GuardedLife:
        """The life of the kind."""
        life: Life = kind_named(self.kind).life  # type: ignore[attr-defined]
        return GuardedLife(life)

    @property
    def session(self) -> Session:
        """The connection to Lumos, shared with all kinds; raises ConfigError."""
        if self._session is None:
            settings = Settings.load(self._config, os.environ)
            self._session = shared_session(settings, Diagnostics(warn, remark), allow_calls_at_once)
        return self._session

    def configure(self, req: dynamic.ConfigureRequest) -> None:
        """Take the stack's configuration; called once in each host process."""
        # The host prints whole tracebacks to people who made no mistake in Python.
        sys.tracebacklimit = 0
        self._config = lambda name: req.config.get(f"lumos:{name}")

    @_in_plain_words
    def check(self, _olds: Values, news: Values) -> dynamic.CheckResult:
        """Validate; every mistake becomes a failure with its property path."""
        new = read(news)
        preview = bool(new.pop(PREVIEW, False))
        self.session.order(calling_urn(), take_order(new))
        for one in take_recorded(new):
            found = one.get("found")
            self.session.note_origin(self.life.adopts, str(one["id"]), str(one["urn"]), found)
        inputs, problems = self.life.check(
            self.session, read(_olds), new, calling_urn(), preview=preview
        )
        failures = [dynamic.CheckFailure(path, reason) for path, reason in problems]
        return dynamic.CheckResult(written(inputs), failures)

    @_in_plain_words
    def diff(self, _id: str, _olds: Values, _news: Values) -> dynamic.DiffResult:
        """Say whether anything changes, and what a change replaces."""
        found = self.life.diff(self.session, _id, read(_olds), read(_news), calling_urn())
        if found.awaited:
            # The engine, comparing inputs, would see no difference: they were given before.
            self.session.warn(f"not yet in Lumos: {', '.join(found.awaited)}")
            return dynamic.DiffResult(changes=True, replaces=found.replaces)
        return dynamic.DiffResult(changes=None if found.changed else False, replaces=found.replaces)

    @_in_plain_words
    def create(self, props: Values) -> dynamic.CreateResult:
        """Make the object."""
        with self._recorded(props):
            id, state = self.life.create(self.session, read(props), calling_urn())
        return dynamic.CreateResult(id, state)

    @_in_plain_words
    def read(self, id_: str, props: Values) -> dynamic.ReadResult:
        """Read the object; one that is gone has no id."""
        state = self.life.read(self.session, id_, read(props))
        if state is None:
            return dynamic.ReadResult("", {})
        return dynamic.ReadResult(id_, dict(state), self.life.spec.inputs(state))

    @_in_plain_words
    def update(self, _id: str, _olds: Values, _news: Values) -> dynamic.UpdateResult:
        """Change the object."""
        with self._recorded(_news):
            state = self.life.update(self.session, _id, read(_olds), read(_news))
        return dynamic.UpdateResult(state)

    @_in_plain_words
    def delete(self, _id: str, _props: Values) -> None:
        """Delete the object."""
        self.life.delete(self.session, _id, read(_props), calling_urn())

    @contextmanager
    def _recorded(self, props: Values) -> Iterator[None]:
        """Let the engine record what a failing call has made all the same."""
        try:
            yield
        except HalfMade as half:
            # An object of another kind, which this resource consists of, has no state of its own.
            if half.spec is self.life.spec:
                record_half_made(half, props)
            raise


_providers: dict[str, Provider] = {}


def load(kind: str) -> Provider:
    """The one provider of a kind in this process; what the state names leads here."""
    kind_named(kind)
    return _providers.setdefault(kind, Provider(kind))


@cache
def recorded_provider(kind: str) -> str:
    """What states record as the provider of a kind, by this release of Python."""
    return str(serialize_provider(load(kind)))
