# mypy: ignore-errors
"""Inputs, a state, an answer of Lumos and the body of a request are never each other."""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Body, Inputs, State
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.objects import Objects
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.live import Live


def swap_in_lifecycle(lifecycle: Lifecycle, call: Call, inputs: Inputs, state: State) -> None:
    """Hand a lifecycle a state for inputs, and inputs for a state."""
    lifecycle.check(call, state, inputs, preview=True)  # error
    lifecycle.diff(call, "id", inputs, state)  # error
    lifecycle.create(call, state)  # error
    lifecycle.read(call, "id", inputs)  # error
    lifecycle.update(call, "id", state, state)  # error
    lifecycle.delete(call, "id", inputs)  # error
    lifecycle.create(call, {"label": "Admin"})  # error


def swap_in_objects(
    objects: Objects, call: Call, inputs: Inputs, state: State, answer: Answer, body: Body
) -> None:
    """Hand the calls to Lumos what another call takes."""
    objects.post(call, body)  # error
    objects.patch(call, "id", inputs)  # error
    objects.list_by_key(call, answer)  # error
    objects.state(state, answer)  # error
    objects.state(inputs, state)  # error
    objects.is_as_declared(answer, answer)  # error
    objects.spec.inputs(answer)  # error
    Live(objects.spec, inputs)  # error


def take_body(body: Body) -> None:
    """What a request sends."""


def take_state(state: State) -> None:
    """What the engine keeps."""


def take_answer(answer: Answer) -> None:
    """What Lumos says."""


def swap_with_a_body(state: State, answer: Answer, body: Body) -> None:
    """Hand on a body for what it is not, and something else for a body."""
    take_body(state)  # error
    take_body(answer)  # error
    take_state(body)  # error
    take_answer(body)  # error
