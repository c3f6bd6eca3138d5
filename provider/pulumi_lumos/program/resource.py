"""The classes of resources that programs use, made from the kinds that are declared."""

from __future__ import annotations

from types import new_class
from typing import Any, Literal, cast

import pulumi
from pulumi import dynamic
from typing_extensions import Self, dataclass_transform

from pulumi_lumos.declare.fields import Computed, computed, field
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.hosts.chosen import PACKAGED_HOST
from pulumi_lumos.hosts.dynamic import registration as dynamic_host
from pulumi_lumos.hosts.names import from_wire, to_wire
from pulumi_lumos.hosts.packaged import registration as packaged_host
from pulumi_lumos.lifecycle.kind import Kind
from pulumi_lumos.values.identity import ALIASES

from .host import choose_host, has_own_provider
from .inputs import (
    InvalidInputs,
    check_settings,
    keep_interrupts_quiet,
    of_options,
    of_providers,
    of_texts,
    plain,
    secret,
)
from .mistakes import mistakes_in
from .stack_trace import only_frames_of_the_program
from .subclass import check_subclass
from .whole_results import watch


def positional(*, default: Any = ..., kw_only: Literal[False] = False) -> Any:
    """Declare one of Pulumi's own arguments, for type checkers only."""


@dataclass_transform(kw_only_default=True, field_specifiers=(field, computed, positional))
class _Declared:
    """Tells type checkers that the declared fields are the constructor's arguments."""


class LumosResource(_Declared, Kind, dynamic.Resource):
    """A resource of Lumos, declared by its fields.

    A program may subclass a kind, to set defaults of its own in `__init__`: it stays that kind.
    """

    resource_name: str = positional(kw_only=False)
    opts: pulumi.ResourceOptions | None = positional(kw_only=False, default=None)

    group_ids: Computed[dict[str, str]] = computed()
    """Lumos's ids of the groups that the object names, by `<integration_specific_id>@<app_id>`."""

    def __init_subclass__(cls, *, is_kind: bool = False, **declared: Any) -> None:
        if is_kind:
            return super().__init_subclass__(module="lumos", name=cls.__name__)
        # Pulumi would give the subclass a type of its own, which no provider knows.
        check_subclass(cls)

    def __init__(
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **fields: Any
    ) -> None:
        """Declare this resource, under a name that no other of its kind has in the program.

        The class says what the resource is in Lumos, and each argument what it means.
        """
        spec = type(self).spec
        host = choose_host(spec.name, opts)
        values = plain(self.expand(fields), spec.shape)
        problems = [
            *of_texts(resource_name=resource_name),
            *mistakes_in(type(self).lifecycle, values, opts),
            *of_providers(opts),
            *of_options(opts, imports=host == PACKAGED_HOST),
        ]
        if problems:
            raise InvalidInputs(spec.name, resource_name, problems)
        keep_interrupts_quiet()
        if not has_own_provider(spec.name, opts):
            check_settings()
        values = watch(spec.name, resource_name, values, spec.shape)
        hidden = [name for name, field in spec.fields.items() if field.marks.secret]
        given = secret(values, hidden)
        if host == PACKAGED_HOST:
            hidden_too = packaged_host.hidden_inputs(type(self), values, opts)
        else:
            hidden_too = dynamic_host.hidden_inputs(type(self), values, given, opts)
        self._register(host, resource_name, opts, {**hidden_too, **given})

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Self:
        """An existing object of Lumos as a resource that is only read, never managed.

        An object that Lumos does not have fails the run.
        """
        if wrong := [*of_texts(resource_name=resource_name, id=id), *of_providers(opts)]:
            raise InvalidInputs(cls.spec.name, resource_name, wrong)
        found = cls.__new__(cls)
        read = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        host = choose_host(cls.spec.name, opts)
        found._register(host, resource_name, read, dict.fromkeys(cls.spec.fields))
        # Newer SDKs wait for the engine to tell the id, which engines before 3.260 do not. The URN
        # is known once the object has been read.
        both = pulumi.Output.all(found.urn, pulumi.Output.from_input(id))
        vars(found)["id"] = both.apply(lambda known: known[1])
        return found

    def gives(self, field: str) -> bool:
        """Whether the program gives a field, so that its output can have a value."""
        return field in vars(self)["_given"]

    def translate_input_property(self, prop: str) -> str:
        """A property path as the host of this resource spells it."""
        packaged = vars(self)["_host"] == PACKAGED_HOST
        return to_wire(type(self), prop) if packaged else prop

    def translate_output_property(self, prop: str) -> str:
        """A property of the host as the program spells it."""
        packaged = vars(self)["_host"] == PACKAGED_HOST
        return from_wire(type(self), prop) if packaged else prop

    def _register(
        self,
        host: str,
        resource_name: str,
        opts: pulumi.ResourceOptions | None,
        values: Values,
    ) -> None:
        vars(self)["_host"] = host
        spec = type(self).spec
        # Pulumi gives a resource only the outputs that it has seen a name for, and works on each.
        outputs = dict.fromkeys([*spec.computed, ALIASES])
        given = {**outputs, **values}
        what = type(self), resource_name, given, opts
        kind, given, opts = (
            packaged_host.registration(*what)
            if host == PACKAGED_HOST
            else dynamic_host.registration(*what)
        )
        # Not by the constructor of dynamic resources, which pickles the provider for each of them:
        # Pulumi takes the caller of the third constructor from here for the line of the program.
        with only_frames_of_the_program():
            pulumi.CustomResource.__init__(self, kind, resource_name, given, opts)
        vars(self)["_given"] = frozenset(values)
        # What a program does not give, Lumos never gives either. Registered as an output, it would
        # be unknown in every preview, and so would be whatever is made of it.
        nothing = pulumi.Output.from_input(None)
        vars(self).update(dict.fromkeys(spec.fields.keys() - values.keys(), nothing))


_classes: dict[str, type[LumosResource]] = {}
"""One class for programs of each kind, by its name."""


def resource_class(kind: type[Kind]) -> type[LumosResource]:
    """The class that programs use for a kind: always the same one."""
    name = kind.__name__
    if name not in _classes:
        _classes.setdefault(name, _make_class(kind))
    return _classes[name]


def _make_class(kind: type[Kind]) -> type[LumosResource]:
    members = {"__doc__": kind.__doc__, "__module__": kind.__module__}
    made = new_class(
        kind.__name__, (kind, LumosResource), {"is_kind": True}, lambda body: body.update(members)
    )
    return cast("type[LumosResource]", made)
