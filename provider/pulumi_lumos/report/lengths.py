"""Reads the length of a label of a duration.

Lumos takes any text as a label (schema AppStoreAppSettingsProvisioningInput, `time_based_access`);
an empty list means that access is not time-based, so that nothing ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .model import ENDLESS, UNREADABLE, Durations

_HOURS = {"h": 1, "hour": 1, "d": 24, "day": 24, "week": 168, "month": 720, "year": 8760}
_LENGTH = re.compile(r"\s*(\d{1,6})\s*(h|d|hour|day|week|month|year)s?\s*", re.IGNORECASE)
_UNLIMITED = "unlimited"
DIFFERENT_LABELS = 1_000
"""More than a company has; reading one label twice costs little."""


@lru_cache(DIFFERENT_LABELS)
def hours_of(label: str) -> int | str:
    """The length of a label in hours, ENDLESS, or UNREADABLE."""
    if label.strip().casefold() == _UNLIMITED:
        return ENDLESS
    found = _LENGTH.fullmatch(label)
    return int(found[1]) * _HOURS[found[2].lower()] if found else UNREADABLE


def as_length(longest: int | str) -> float:
    """A longest duration as a number that compares; no end is the longest."""
    return longest if isinstance(longest, int) else float("inf" if longest == ENDLESS else "nan")


def durations(labels: Iterable[str]) -> Durations:
    """The durations of a list of labels, shortest first."""
    return _durations(tuple(sorted(set(labels))))


@lru_cache(DIFFERENT_LABELS)
def _durations(labels: tuple[str, ...]) -> Durations:
    lengths = {label: hours_of(label) for label in labels}
    readable = [one for one in lengths.values() if one != UNREADABLE]
    longest: int | str = UNREADABLE
    if not labels:
        longest = ENDLESS
    elif readable:
        longest = max(readable, key=as_length)
    return Durations(
        labels=tuple(sorted(labels, key=lambda label: _order(lengths[label], label))),
        longest=longest,
        unreadable=tuple(label for label in labels if lengths[label] == UNREADABLE),
    )


def _order(length: int | str, label: str) -> tuple[float, str]:
    return (float("inf") if isinstance(length, str) else length, label)


def in_words(longest: int | str) -> str:
    """A length as people say it: "7 days", "2 hours", "no end"."""
    if not isinstance(longest, int):
        return longest
    number, noun = (longest // 24, "day") if longest and longest % 24 == 0 else (longest, "hour")
    return f"{number} {noun}{'' if number == 1 else 's'}"
