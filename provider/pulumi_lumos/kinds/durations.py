"""For how long people may ask for access.

Lumos's document says of `time_based_access` only that it is a list of strings, so none is refused.
But it lists "all possible values" of a request's length (schema CreateAccessRequestInput,
`access_length`). Nobody can ask for a duration that is not one of those, so the preview warns.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.lengths import UNLIMITED, seconds_of

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
    UNLIMITED,
)
_MISSPELT = re.compile(r"(\d+) *([hd])[a-z]*", re.IGNORECASE)
"""A length by the first letter of its unit, whatever follows that: "2hrs"."""
_CLOSE = 0.8


_ALL = f"{', '.join(LISTED[:-1])} and {LISTED[-1]}"


def offers_durations(shape: S) -> S:
    """Declare the warnings about `time_based_access`."""
    rule(
        shape,
        f"`time_based_access` has a text that is none of Lumos's durations: {_ALL}.",
        about="warning",
    )(_offered)
    return shape


def starts_with_duration(shape: S) -> S:
    """Declare the warning about `default_time_based_access_option`."""
    rule(
        shape,
        "`default_time_based_access_option` is none of Lumos's durations.",
        about="warning",
    )(_preselected)
    return shape


def _offered(time_based_access: Any) -> Iterator[Problem]:
    for index, label in enumerate(time_based_access or ()):
        if label not in LISTED:
            yield f"time_based_access[{index}]", _reason(label)


def _preselected(
    default_time_based_access_option: Any, time_based_access: Any
) -> Iterator[Problem]:
    chosen = default_time_based_access_option
    # One that is offered is reported there.
    if chosen and chosen not in LISTED and chosen not in (time_based_access or ()):
        yield "default_time_based_access_option", _reason(chosen)


def _reason(label: str) -> str:
    if meant := _meant(label):
        return f"looks like Lumos's own {meant!r}, but nobody can ask for it in this spelling"
    return f"nobody can ask for {label!r}; Lumos's durations are {_ALL}"


def _meant(label: str) -> str | None:
    """The listed label that one looks like; one of another length is another duration."""
    length = _length(label)
    if length:
        return next((listed for listed in LISTED if _length(listed) == length), None)
    close = difflib.get_close_matches(
        label.strip().casefold(), [UNLIMITED.casefold()], cutoff=_CLOSE
    )
    return UNLIMITED if close else None


def _length(label: str) -> int | None:
    misspelt = _MISSPELT.fullmatch(label.strip())
    return seconds_of(f"{misspelt[1]}{misspelt[2]}" if misspelt else label)
