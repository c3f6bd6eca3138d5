"""What the state of a stack has of an object that a program is about to adopt.

The engine does not tell a provider what else is in the state. So a resource that has been renamed
without an alias, and then adopts the very object that the stack has made, would record it as
somebody else's. And of a replacement that a person forces, it does not tell which object is the
resource's own. The engine's own function `readStackResourceOutputs` gives the program the state as
the last run has left it. It is called only where a program adopts or deletes before it replaces,
once in a run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.settings import get_monitor

from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.declare.spec import ResourceSpec, Values
from pulumi_lumos.lifecycle.adoption import ADOPT, BEFORE_ADOPTION
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.kind import kinds
from pulumi_lumos.lifecycle.protocol import Lifecycle

from .mocks import mocks
from .names import declared_within, in_declared_names
from .resource_types import kind_of_type

RECORDED_MARK = "__recorded"
"""The hidden input that says what the stack has of the object to be adopted or made anew."""

_Objects = Mapping[str, list[tuple[str, str, Values]]]
"""The objects that the stack has by the name of their kind: the URN, the id and the outputs."""

_states: WeakKeyDictionary[Any, asyncio.Future[_Objects]] = WeakKeyDictionary()
"""The objects of the stack, by the monitor of the run that has asked for them."""


def recorded_mark(
    lifecycle: Lifecycle, values: Values, opts: pulumi.ResourceOptions | None
) -> Values:
    """The hidden input that says what the stack has of the object to be adopted or made anew."""
    is_one_object = lifecycle.adopts is lifecycle.spec
    deleted_first = (
        is_one_object
        and opts is not None
        and bool(opts.delete_before_replace)
        and not opts.retain_on_delete
    )
    if not (values.get(ADOPT) or deleted_first) or mocks() is not None:
        return {}
    return {RECORDED_MARK: _RecordedObjects(lifecycle, values)}


def note_recorded(call: Call, spec: ResourceSpec, inputs: Values, hidden: Values) -> None:
    """Take the hidden input out, and note what it says of the objects that the stack has.

    Where the program does not adopt, it deletes before it replaces. If a person forces that, the
    engine asks for no difference, which would show the resource's own object.
    """
    ownership = call.run.ownership
    for id, urn, found, managed in take_recorded(spec, hidden):
        ownership.remember_origin(spec, id, urn, found, managed)
        if urn == call.resource and found is None and not inputs.get(ADOPT):
            ownership.note_deleted_first(spec, id)


def take_recorded(
    spec: ResourceSpec, inputs: Values
) -> list[tuple[str, str, Inputs | None, Inputs]]:
    """Take the hidden input out; return the objects that the stack has.

    Each is its id, the URN of its resource, how it was found if that has adopted it, and what that
    manages of it. Pulumi's SDK spells the properties in it as the schema does.
    """

    def declared(values: Any) -> Any:
        return declared_within(spec.shape, values)

    objects = inputs.pop(RECORDED_MARK, None) or ()
    return [
        (
            str(one["id"]),
            str(one["urn"]),
            declared(one.get("found")),
            Inputs(declared(one.get("managed") or {})),
        )
        for one in objects
    ]


class _RecordedObjects:
    """Waits for the state, and lists the objects of it that the inputs may mean."""

    def __init__(self, lifecycle: Lifecycle, values: Values) -> None:
        self._lifecycle = lifecycle
        self._values = values

    def __await__(self) -> Generator[Any, None, list[Values]]:
        return _recorded_objects(self._lifecycle, self._values).__await__()


async def _recorded_objects(lifecycle: Lifecycle, values: Values) -> list[Values]:
    spec = lifecycle.spec
    names = [ADOPT, *spec.key, *spec.else_key]
    given = {name: await pulumi.Output.from_input(values.get(name)).future() for name in names}
    key = spec.key_of(given)
    desired = lifecycle.adopts.name
    return [
        {
            "id": id,
            "urn": urn,
            **_before_adoption(lifecycle.adopts, State(outputs)),
        }
        for urn, id, outputs in (await _objects_of_the_stack()).get(desired, ())
        if _may_be_meant(given[ADOPT], key, id, outputs)
    ]


def _before_adoption(spec: ResourceSpec, outputs: State) -> Values:
    """How an adopted object was found, and what its resource manages of it.

    What Lumos never answers is left out: it may be secret, and was not found.
    """
    if BEFORE_ADOPTION not in outputs:
        return {}
    given = spec.inputs(outputs)
    managed = {name: given[name] for name in given if not spec.fields[name].marks.write_only}
    return {"found": outputs[BEFORE_ADOPTION], "managed": managed}


def _may_be_meant(adopt: object, key: Values, id: str, outputs: Values) -> bool:
    if isinstance(adopt, str):
        return id == adopt
    return all(outputs.get(name, value) == value for name, value in key.items())


async def _objects_of_the_stack() -> _Objects:
    monitor = get_monitor()
    if monitor not in _states:
        _states[monitor] = asyncio.ensure_future(_read_objects())
    return await _states[monitor]


async def _read_objects() -> _Objects:
    known = kinds()
    found: dict[str, list[tuple[str, str, Values]]] = {}
    for urn, resource in (await _read()).items():
        name, recorded = kind_of_type(str(resource.get("type"))), resource.get("outputs") or {}
        if name not in known:
            continue
        outputs = State(in_declared_names(known[name], recorded))
        if made := known[name].lifecycle.object_of(outputs):
            spec, id = made
            found.setdefault(spec.name, []).append((urn, id, outputs))
    return found


async def _read() -> Values:
    name = f"{pulumi.get_organization()}/{pulumi.get_project()}/{pulumi.get_stack()}"
    try:
        answer = await pulumi.runtime.invoke_async(
            "pulumi:pulumi:readStackResourceOutputs", {"stackName": name}
        )
    except Exception as error:  # Pulumi raises no class of its own here.
        pulumi.log.debug(f"The state of the stack cannot be read: {error}")
        return {}
    return dict((answer or {}).get("outputs") or {})
