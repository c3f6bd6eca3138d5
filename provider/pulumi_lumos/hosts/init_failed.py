"""The details of an error that let the engine record an object although its call has failed.

The engine records what an `ErrorResourceInitFailed` holds: the run fails, the resource is in the
state with its id, and the next `pulumi up` reads it and then updates it.
"""

from __future__ import annotations

from typing import Any

import grpc
from google.protobuf import any_pb2, descriptor_pool, message_factory, struct_pb2
from pulumi.runtime.proto import provider_pb2

DETAILS = "grpc-status-details-bin"
"""The trailing metadata of a call that holds the details of its error."""


def attach_details(
    context: grpc.ServicerContext,
    id: str,
    state: struct_pb2.Struct,
    inputs: struct_pb2.Struct,
    reason: str,
) -> None:
    """Hand an object to the engine beside the error that is about to be raised."""
    details = provider_pb2.ErrorResourceInitFailed(
        id=id, properties=state, inputs=inputs, reasons=[reason], refresh_before_update=True
    )
    packed = any_pb2.Any()
    packed.Pack(details)
    code: int = grpc.StatusCode.UNKNOWN.value[0]
    status = _status_class()(code=code, message=reason, details=[packed])
    context.set_trailing_metadata(((DETAILS, status.SerializeToString()),))


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
