"""What Pulumi's dynamic host knows of a call and does not pass on.

The host calls a provider from a method that holds the engine's whole request, so the resource's
URN can be read off the stack. That is a private detail of the host: where it differs, nothing is
known of the caller, and the provider goes on without.
"""

from __future__ import annotations

import sys
from types import FrameType

FRAMES_TO_THE_HOST = 40


def calling_urn() -> str:
    """The URN of the resource that the engine is asking about, or "" if it cannot be told."""
    frame: FrameType | None = sys._getframe(1)
    for _ in range(FRAMES_TO_THE_HOST):
        frame = frame.f_back if frame else None
        if frame is None:
            break
        urn = getattr(frame.f_locals.get("request"), "urn", None)
        if isinstance(urn, str):
            return urn
    return ""
