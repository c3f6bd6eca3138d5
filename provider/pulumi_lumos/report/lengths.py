"""Reads the length of a label of a duration.

Lumos takes any text as a label (schema AppStoreAppSettingsProvisioningInput, `time_based_access`);
an empty list means that access is not time-based, so that nothing ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pulumi_lumos import lengths

from .model import ENDLESS, UNREADABLE, Durations

_HOUR = 3_600
DIFFERENT_LABELS = 1_000
"""More than a company has; reading one label twice costs little."""


@lru_cache(DIFFERENT_LABELS)
def hours_of(label: str) -> int | str:
    """The length of a label in whole hours, ENDLESS, or UNREADABLE."""
    if label.strip().casefold() == lengths.UNLIMITED.casefold():
        return ENDLESS
    seconds = lengths.seconds_of(label)
    return UNREADABLE if seconds is None or seconds % _HOUR else seconds // _HOUR


def as_length(longest: int | str) -> float:
    """A longest duration as a number that compares; no end is the longest."""
    return longest if isinstance(longest, int) else float("inf" if longest == ENDLESS else "nan")


def durations(labels: Iterable[str]) -> Durations:
    """The durations of a list of labels, shortest first."""
    return _durations(tuple(sorted(set(labels))))


@lru_cache(DIFFERENT_LABELS)
def _durations(labels: tuple[str, ...]) -> Durations:
    hours = {label: hours_of(label) for label in labels}
    readable = [one for one in hours.values() if one != UNREADABLE]
    longest: int | str = UNREADABLE
    if not labels:
        longest = ENDLESS
    elif readable:
        longest = max(readable, key=as_length)
    return Durations(
        labels=tuple(sorted(labels, key=lambda label: _order(hours[label], label))),
        longest=longest,
        unreadable=tuple(label for label in labels if hours[label] == UNREADABLE),
    )


def _order(length: int | str, label: str) -> tuple[float, str]:
    return (float("inf") if isinstance(length, str) else length, label)


def in_words(longest: int | str) -> str:
    """A length as people say it: "7 days", "2 hours", "no end"."""
    return lengths.in_words(longest * _HOUR) if isinstance(longest, int) else longest
