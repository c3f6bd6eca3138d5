"""What Pulumi's dynamic host knows of a call and does not pass on.

The host calls a provider from a method of its servicer that holds the engine's whole request and
the context of its answer, so these can be read off the stack. That is a private detail of the
host. Where it differs, nobody knows which resource a call is for: two resources could then share an
object, and an object could be made twice. So the call is refused.
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
    """The servicer of the run and the URN of the resource, as the frames show them."""

    servicer: ResourceProviderServicer
    urn: str


def get_caller() -> Caller:
    """Read off the frames who asks; raise UnknownCaller."""
    for frame in _frames():
        servicer = frame.f_locals.get("self")
        urn = getattr(frame.f_locals.get("request"), "urn", None)
        if isinstance(servicer, ResourceProviderServicer) and isinstance(urn, str) and urn:
            return Caller(servicer, urn)
    raise UnknownCaller(
        "pulumi-lumos cannot tell which resource Pulumi asks about, so it changes nothing. Use a "
        "release of Pulumi's Python SDK that pulumi-lumos supports, and report this with the "
        "output of `pulumi about`."
    )


def calling_context() -> grpc.ServicerContext | None:
    """Find the context of the host's answer to the engine; None if no frame shows it."""
    for frame in _frames():
        context = frame.f_locals.get("context")
        if isinstance(context, grpc.ServicerContext):
            return context
    return None


def _frames() -> Iterator[FrameType]:
    """The frames above the caller's, the nearest first."""
    frame: FrameType | None = sys._getframe(1)
    for _ in range(FRAMES_TO_THE_HOST):
        frame = frame.f_back if frame else None
        if frame is None:
            return
        yield frame
