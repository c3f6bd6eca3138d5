"""How long a length of Lumos is, such as "8 hours" or "7 days"."""

from __future__ import annotations

import re

UNLIMITED = "Unlimited"
"""The length of access that does not end."""
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def seconds_of(length: str) -> int | None:
    """The seconds of a length; None for Unlimited and for words that are not a length."""
    words = re.fullmatch(r"(\d{1,6}) ([a-z]+?)s?", length.strip())
    unit = _UNITS.get(words[2]) if words else None
    return int(words[1]) * unit if words and unit else None
