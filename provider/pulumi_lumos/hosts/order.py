"""Which resources a resource comes after, as `depends_on` says.

The engine tells a provider nothing of the options of a resource. So the program passes them on as
a hidden input, out of which `check` takes them again: they are in no state.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import pulumi

from pulumi_lumos.declare.spec import Values

from .mocks import mocks

ORDER_MARK = "__after"
"""The hidden input that names the resources that come before."""


def order_mark(opts: pulumi.ResourceOptions | None) -> Values:
    """The hidden input that names what `depends_on` names; none where a program is tested."""
    if opts is None or opts.depends_on is None or mocks() is not None:
        return {}
    return {ORDER_MARK: _Urns(opts.depends_on)}


def take_order(inputs: Values) -> list[str]:
    """Take the hidden input out; return the URNs of the resources that come before."""
    return [str(urn) for urn in inputs.pop(ORDER_MARK, None) or ()]


class _Urns:
    """Waits for the resources that `depends_on` names, and lists their URNs.

    This is no Output: the engine would write its dependencies into the state. It is no coroutine
    either: Python warns of one that nobody waits for, as after an error of the program.
    """

    def __init__(self, depends_on: Any) -> None:
        self._depends_on = depends_on

    def __await__(self) -> Generator[Any, None, list[Any]]:
        return self._urns().__await__()

    async def _urns(self) -> list[Any]:
        named = await pulumi.Output.from_input(self._depends_on).future()
        resources = named if isinstance(named, list) else [named]
        return [await one.urn.future() for resource in resources for one in _parts(resource)]


def _parts(resource: Any) -> Iterator[pulumi.Resource]:
    """A resource and its children, which Pulumi waits for as well."""
    if not isinstance(resource, pulumi.Resource):
        return
    yield resource
    for child in list(getattr(resource, "_childResources", ())):
        yield from _parts(child)
