"""The kinds of resources: what each declares, and the lifecycle that follows from it.

A kind is a class that no program makes instances of. What programs use is a class of the same name
that extends it, see `program/resource.py`; so the emulator and the command line know the kinds
without Pulumi.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from pulumi_lumos.declare.endpoints import Endpoints
from pulumi_lumos.declare.resource_spec import object_spec, resource_spec
from pulumi_lumos.declare.spec import ResourceSpec, Values

from .object_lifecycle import ObjectLifecycle
from .protocol import Lifecycle

_kinds: dict[str, type[Kind]] = {}


class Kind:
    """What a class declares, and the lifecycle of such resources.

    The class line says which fields name one, and where its objects live in the API (see
    `Endpoints`), unless a resource is no object of its own. Objects are listed together by the
    first of those fields, unless `listed_by` says otherwise.
    """

    spec: ClassVar[ResourceSpec]
    lifecycle: ClassVar[Lifecycle]

    def __init_subclass__(
        cls,
        *,
        at: str = "",
        key: tuple[str, ...] = (),
        else_key: tuple[str, ...] = (),
        listed_by: str | None = None,
        id: str = "",
        gone: str = "",
        lifecycle: Callable[[Any], Lifecycle] = ObjectLifecycle,
        **more: Any,
    ) -> None:
        if not key:
            return super().__init_subclass__(**more)
        super().__init_subclass__()
        cls.spec = resource_spec(cls, key, else_key)
        if at:
            scope = key[0] if listed_by is None else listed_by
            endpoints = Endpoints.at(at, **more)
            cls.spec = object_spec(cls.spec, endpoints, listed_by=scope, id=id, gone=gone)
        # Pulumi would take the annotations of the class for the types of its outputs.
        cls.__annotations__ = {}
        cls.lifecycle = lifecycle(cls.spec)
        _register(cls)

    @classmethod
    def expand(cls, fields: Values) -> Values:
        """The fields behind what the program gives, where it may give a resource for several."""
        return fields


def _register(kind: type[Kind]) -> None:
    """Enter a kind; two of one name are refused."""
    known = _kinds.setdefault(kind.__name__, kind)
    if known is not kind:
        raise TypeError(f"{kind.__name__} is declared in {known.__module__} already")


def get_kind(name: str) -> type[Kind]:
    """Return the kind of a name; raise KeyError. `pulumi_lumos.kinds` declares all of them."""
    return _kinds[name]


def kinds() -> dict[str, type[Kind]]:
    """All kinds that are declared by now, by name; see `get_kind`."""
    return dict(sorted(_kinds.items()))
