"""For how long access may be asked: labels that people see.

Lumos's document says of `time_based_access` only that it is a list of strings, so none is refused.
It lists the lengths of access requests (schema CreateAccessRequestInput, `access_length`). A label
that is one of those but for its spelling makes an option that requests through the API cannot
name, and is told.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from .declare.reading import rule
from .declare.spec import Problem

S = TypeVar("S", bound=type)

LISTED = (
    "2 hours",
    "4 hours",
    "8 hours",
    "12 hours",
    "1 day",
    "2 days",
    "3 days",
    "7 days",
    "14 days",
    "30 days",
    "90 days",
    "Unlimited",
)
_COUNTED = re.compile(r"(\d+) *([hd])[a-z]*", re.IGNORECASE)
_CLOSE = 0.8


def offers_durations(shape: S) -> S:
    """Declare what is told of `time_based_access`."""
    told = '`time_based_access` has a duration of Lumos in another spelling, such as "7d".'
    rule(shape, told, about="warning")(_respelled)
    return shape


def _respelled(time_based_access: Any) -> Iterator[Problem]:
    for index, label in enumerate(time_based_access or ()):
        meant = None if label in LISTED else _meant(label)
        if meant:
            advice = "write it so, unless people are to read it as it is"
            yield f"time_based_access[{index}]", f"looks like Lumos's own {meant!r}; {advice}"


def _meant(label: str) -> str | None:
    """The listed label that one looks like; one of another number is another duration."""
    length = _length(label)
    if length:
        return next((listed for listed in LISTED if _length(listed) == length), None)
    close = difflib.get_close_matches(label.strip().casefold(), ["unlimited"], cutoff=_CLOSE)
    return LISTED[-1] if close else None


def _length(label: str) -> tuple[int, str] | None:
    counted = _COUNTED.fullmatch(label.strip())
    return (int(counted[1]), counted[2].lower()) if counted else None
