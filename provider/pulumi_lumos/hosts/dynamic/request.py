"""What Pulumi's dynamic host knows of a call and does not pass on.

The host calls a provider from a method that holds the engine's whole request and the context of
its answer, so both can be read off the stack. That is a private detail of the host: where it
differs, nothing is known of the caller, and the provider goes on without.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType

import grpc

FRAMES_TO_THE_HOST = 40


def calling_urn() -> str:
    """The URN of the resource that the engine is asking about, or "" if it cannot be told."""
    for frame in _frames():
        urn = getattr(frame.f_locals.get("request"), "urn", None)
        if isinstance(urn, str):
            return urn
    return ""


def calling_context() -> grpc.ServicerContext | None:
    """What the host's answer to the engine goes through, or None if it cannot be told."""
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
