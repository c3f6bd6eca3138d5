"""What Pulumi's dynamic host knows of a call and does not pass on.

The host calls a provider from a method of its servicer that holds the engine's whole request and
the context of its answer, so these can be read off the stack. That is a private detail of the
host. Without the request, nobody knows which resource a call is for: two resources could then share
an object, and an object could be made twice. Without the context, the engine could not record an
object that Lumos has made although the call failed. So where one of them is missing, the call is
refused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import NamedTuple

import grpc
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from pulumi_lumos.errors import LumosError

FRAMES_TO_THE_HOST = 40


class UnknownCaller(LumosError):
    """This release of Pulumi's host does not show which resource a call is for."""


class Caller(NamedTuple):
    """The servicer of the run, the URN of the resource, and the context of the answer."""

    servicer: ResourceProviderServicer
    urn: str
    context: grpc.ServicerContext


def get_caller() -> Caller:
    """Read off the frames who asks; raise UnknownCaller."""
    for frame in _frames():
        servicer, context = frame.f_locals.get("self"), frame.f_locals.get("context")
        urn = getattr(frame.f_locals.get("request"), "urn", None)
        if (
            isinstance(servicer, ResourceProviderServicer)
            and isinstance(context, grpc.ServicerContext)
            and isinstance(urn, str)
            and urn
        ):
            return Caller(servicer, urn, context)
    raise UnknownCaller(
        "pulumi-lumos cannot tell which resource Pulumi asks about, so it changes nothing. Use a "
        "release of Pulumi's Python SDK that pulumi-lumos supports, and report this with the "
        "output of `pulumi about`."
    )


def _frames() -> Iterator[FrameType]:
    """The frames above the caller's, the nearest first."""
    frame: FrameType | None = sys._getframe(1)
    for _ in range(FRAMES_TO_THE_HOST):
        frame = frame.f_back if frame else None
        if frame is None:
            return
        yield frame
