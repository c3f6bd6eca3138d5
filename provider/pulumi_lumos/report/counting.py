"""A comparison in numbers: how many changes of each aspect have which verdict."""

from __future__ import annotations

from collections import Counter

from .whole import Aspect, Comparison, Verdict

VERDICTS: tuple[Verdict, ...] = ("WIDER", "MAYBE", "NARROWER", "TOLD")
"""The verdicts in the order of people's interest."""
TITLES: dict[Verdict, str] = {
    "WIDER": "More",
    "MAYBE": "Cannot be told",
    "NARROWER": "Less",
    "TOLD": "Other",
}
"""What people read for each."""
ASPECTS: dict[Aspect, str] = {
    "asks": "who may ask",
    "decides": "who decides",
    "for": "for how long",
    "offered": "what can be asked for",
    "into": "what a grant does",
    "without-approval": "without approval",
    "checks": "checks and removal",
    "admins": "who administers",
}
"""What people read for each aspect."""


def counted(comparison: Comparison) -> list[tuple[str, list[int]]]:
    """A line for each aspect that changes: its words, and a number for each verdict."""
    count = Counter((change.aspect, change.verdict) for change in comparison.changes)
    lines = [
        (words, [count[aspect, verdict] for verdict in VERDICTS])
        for aspect, words in ASPECTS.items()
    ]
    return [(words, numbers) for words, numbers in lines if any(numbers)]
