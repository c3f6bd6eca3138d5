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
from functools import cache, cached_property
from typing import Any, ClassVar, Literal

import pulumi
from pulumi import dynamic
from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider
from typing_extensions import Self, dataclass_transform

from ..config import Settings
from ..declare.fields import Computed, computed, field
from ..declare.registry import kind_named, register, resource_spec
from ..declare.spec import Endpoints, ResourceSpec, Values
from ..lifecycle.adoption import SECRETS_BEFORE
from ..lifecycle.errors import HalfMade
from ..lifecycle.guarded import GuardedLife
from ..lifecycle.life import Life
from ..lifecycle.session import Diagnostics, Session, shared_session
from ..values.identity import ALIASES
from .diagnostics import progress, remark, warn
from .engine import end_if_engine_is_gone, end_with_engine
from .half_made import record_half_made
from .marks import marks, take_marks
from .order import order_mark, take_order
from .program import (
    InvalidInputs,
    check_settings,
    keep_interrupts_quiet,
    known,
    of_options,
    of_texts,
    plain,
    secret,
)
from .properties import read, written
from .request import calling_urn
from .secrets import secret_texts, with_secrets
from .stack_state import recorded_mark, take_recorded
from .stack_trace import only_frames_of_the_program
from .subclass import check_subclass
from .texts import failures, hide, in_plain_words
from .workers import allow_calls_at_once


def positional(*, default: Any = ..., kw_only: Literal[False] = False) -> Any:
    """Declare one of Pulumi's own arguments, for type checkers only."""


@dataclass_transform(kw_only_default=True, field_specifiers=(field, computed, positional))
class _Declared:
    """Tells type checkers that the declared fields are the constructor's arguments."""


class LumosResource(_Declared, dynamic.Resource):
    """A resource of Lumos, declared by its fields.

    The class line says where it lives in the API (see `Endpoints`) and which fields name it. A
    program may subclass a kind, to set defaults of its own in `__init__`: it stays that kind.
    """

    resource_name: str = positional(kw_only=False)
    opts: pulumi.ResourceOptions | None = positional(kw_only=False, default=None)

    group_ids: Computed[dict[str, str]] = computed()
    """Lumos's ids of the groups that the object names, by `<integration_specific_id>@<app_id>`."""

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
            # Pulumi would give the subclass a type of its own, which no provider knows.
            return check_subclass(cls)
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
        """Declare this resource, under a name that no other of its kind has in the program.

        The class says what the resource is in Lumos, and each argument what it means.
        """
        spec = type(self).spec
        values = plain(self.expand(fields))
        problems = [
            *of_texts(resource_name=resource_name),
            *type(self).life.problems(known(values)),
            *of_options(opts),
        ]
        if problems:
            raise InvalidInputs(spec.name, resource_name, problems)
        keep_interrupts_quiet()
        check_settings()
        hidden = [name for name, field in spec.fields.items() if field.marks.secret]
        given = secret(values, hidden)
        told = {**marks(given), **order_mark(opts), **recorded_mark(type(self).life, values)}
        self._register(resource_name, opts, {**told, **given})

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
        if wrong := of_texts(resource_name=resource_name, id=id):
            raise InvalidInputs(cls.spec.name, resource_name, wrong)
        found = cls.__new__(cls)
        read = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        found._register(resource_name, read, dict.fromkeys(cls.spec.fields))
        # Newer SDKs wait for the engine to tell the id, which engines before 3.260 do not. The URN
        # is known once the object has been read.
        both = pulumi.Output.all(found.urn, pulumi.Output.from_input(id))
        vars(found)["id"] = both.apply(lambda known: known[1])
        return found

    def gives(self, field: str) -> bool:
        """Whether the program gives a field."""
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
            self._session = shared_session(
                settings,
                Diagnostics(warn, remark, progress),
                allow_calls_at_once,
                end_if_engine_is_gone,
            )
        return self._session

    def configure(self, req: dynamic.ConfigureRequest) -> None:
        """Take the stack's configuration; called once in each host process."""
        # The host prints whole tracebacks to people who made no mistake in Python.
        sys.tracebacklimit = 0
        end_with_engine()
        self._config = lambda name: req.config.get(f"lumos:{name}")

    @in_plain_words
    def check(self, _olds: Values, news: Values) -> dynamic.CheckResult:
        """Validate; every mistake becomes a failure with its property path."""
        new, owner = read(news), calling_urn()
        preview, beside = take_marks(new)
        self.session.beside[owner] = beside
        self.session.order(owner, take_order(new))
        for recorded in take_recorded(new):
            self.session.note_origin(self.life.adopts, *recorded)
        hide(secret_texts(self.life.spec, new, beside))
        inputs, problems = self.life.check(self.session, read(_olds), new, owner, preview=preview)
        return dynamic.CheckResult(written(inputs), failures(problems))

    @in_plain_words
    def diff(self, _id: str, _olds: Values, _news: Values) -> dynamic.DiffResult:
        """Say whether anything changes, and what a change replaces."""
        found = self.life.diff(self.session, _id, read(_olds), read(_news), calling_urn())
        if found.awaited:
            # The engine, comparing inputs, would see no difference: they were given before.
            self.session.warn(f"not yet in Lumos: {', '.join(found.awaited)}")
            return dynamic.DiffResult(changes=True, replaces=found.replaces)
        return dynamic.DiffResult(changes=None if found.changed else False, replaces=found.replaces)

    @in_plain_words
    def create(self, props: Values) -> dynamic.CreateResult:
        """Make the object."""
        inputs = read(props)
        with self._recorded(props, {}):
            id, state = self.life.create(self.session, inputs, calling_urn())
        return dynamic.CreateResult(id, self._with_secrets(state, {}, inputs))

    @in_plain_words
    def read(self, id_: str, props: Values) -> dynamic.ReadResult:
        """Read the object; one that is gone has no id."""
        known = read(props)
        state = self.life.read(self.session, id_, known)
        if state is None:
            return dynamic.ReadResult("", {})
        # The engine itself keeps secret what was so in the state before.
        paths = {name: known[name] for name in (SECRETS_BEFORE,) if name in known}
        return dynamic.ReadResult(id_, {**state, **paths}, self.life.spec.inputs(state))

    @in_plain_words
    def update(self, _id: str, _olds: Values, _news: Values) -> dynamic.UpdateResult:
        """Change the object."""
        known, inputs = read(_olds), read(_news)
        with self._recorded(_news, known):
            state = self.life.update(self.session, _id, known, inputs)
        return dynamic.UpdateResult(self._with_secrets(state, known, inputs))

    @in_plain_words
    def delete(self, _id: str, _props: Values) -> None:
        """Delete the object."""
        self.life.delete(self.session, _id, read(_props), calling_urn())

    @contextmanager
    def _recorded(self, props: Values, known: Values) -> Iterator[None]:
        """Let the engine record what a failing call has made; `known` is the state so far."""
        try:
            yield
        except HalfMade as half:
            # An object of another kind, which this resource consists of, has no state of its own.
            if half.spec is self.life.spec:
                record_half_made(half, self._with_secrets(half.state, known, read(props)), props)
            raise

    def _with_secrets(self, state: Values, known: Values, inputs: Values) -> Values:
        beside = self.session.beside_of(calling_urn())
        return with_secrets(self.life.spec, state, known, inputs, beside)


_providers: dict[str, Provider] = {}


def load(kind: str) -> Provider:
    """The one provider of a kind in this process; what the state names leads here."""
    kind_named(kind)
    return _providers.setdefault(kind, Provider(kind))


@cache
def recorded_provider(kind: str) -> str:
    """What states record as the provider of a kind, by this release of Python."""
    return str(serialize_provider(load(kind)))
