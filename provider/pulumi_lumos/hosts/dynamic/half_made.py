"""Lets the engine record an object that is in Lumos although its create or update failed.

The engine does so for an error that carries an `ErrorResourceInitFailed`: the run fails, the
resource is in the state with its id, and the next `pulumi up` reads it and then updates it. The
Python host has no way to say that (Node's has), but an error leaves it with the trailing metadata
of the call's context. Where that context is not found, the error goes out by itself; its text
names the object, and the next `pulumi up` finds it by its natural key.
"""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
from google.protobuf import any_pb2, descriptor_pool, message_factory
from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.lifecycle.errors import HalfMade

from ..texts import text
from .request import calling_context

DETAILS = "grpc-status-details-bin"


def record_half_made(half: HalfMade, state: Values, inputs: Values) -> bool:
    """Hand an object to the engine beside the error that is about to be raised.

    `state` is what to record of it, `inputs` are those of the call, with Pulumi's own. Says
    whether that was possible.
    """
    context = calling_context()
    if context is None:
        return False
    reason = text(str(half))
    details = provider_pb2.ErrorResourceInitFailed(
        id=half.id,
        properties=_struct({**state, PROVIDER_KEY: inputs[PROVIDER_KEY]}),
        inputs=_struct(inputs),
        reasons=[reason],
        refresh_before_update=True,
    )
    packed = any_pb2.Any()
    packed.Pack(details)
    code: int = grpc.StatusCode.UNKNOWN.value[0]
    status = _status_class()(code=code, message=reason, details=[packed])
    context.set_trailing_metadata(((DETAILS, status.SerializeToString()),))
    return True


def _struct(values: Values) -> Any:
    """Values as the host writes them."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(rpc.serialize_properties(values, {}))
    finally:
        loop.close()


def _status_class() -> Any:
    """The class of google.rpc.Status, of which a process takes only one.

    Pulumi brings a copy that another library's may have come before.
    """
    try:
        known = descriptor_pool.Default().FindMessageTypeByName("google.rpc.Status")
    except KeyError:
        from pulumi.runtime.proto.status_pb2 import Status

        return Status
    return message_factory.GetMessageClass(known)
