"""How long a length is, such as "8 hours" or "7d": read off a label, and said in words."""

from __future__ import annotations

import re

from .plurals import plural

UNLIMITED = "Unlimited"
"""Lumos's label for access that does not end."""
_HOUR, _DAY = 3_600, 86_400
_UNITS = {
    "second": 1,
    "minute": 60,
    "h": _HOUR,
    "hour": _HOUR,
    "d": _DAY,
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 30 * _DAY,
    "year": 365 * _DAY,
}
_LENGTH = re.compile(rf"\s*(\d{{1,6}})\s*({'|'.join(_UNITS)})s?\s*", re.IGNORECASE)


def seconds_of(length: str) -> int | None:
    """The seconds of a length; None for Unlimited and for words that are not a length."""
    found = _LENGTH.fullmatch(length)
    return int(found[1]) * _UNITS[found[2].lower()] if found else None


def in_words(seconds: float) -> str:
    """A length as people say it: "7 days", "1 hour", "1.5 hours"."""
    if seconds and seconds % _DAY == 0:
        return plural(int(seconds // _DAY), "day")
    hours = round(seconds / _HOUR, 2)
    return plural(int(hours) if hours.is_integer() else hours, "hour")
