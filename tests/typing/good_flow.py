"""The way of the fields of one object: inputs, body, answer, state."""

from __future__ import annotations

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.objects import Objects
from pulumi_lumos.values.live import Live


def make(objects: Objects, call: Call, inputs: Inputs) -> State:
    """Make an object; gives what Pulumi records."""
    answer = objects.post(call, inputs)
    return objects.state(inputs, answer)


def change(objects: Objects, call: Call, state: State, inputs: Inputs, answer: Answer) -> State:
    """Change an object; gives what Pulumi records."""
    lacks = Live(objects.spec, answer).lacks(inputs)
    body = objects.body(lacks, inputs, lambda: answer)
    return objects.state(objects.spec.inputs(state), objects.patch(call, answer["id"], body))
