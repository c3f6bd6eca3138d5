"""A comparison in numbers: the changes of each aspect, by verdict."""

from __future__ import annotations

from collections import Counter

from .whole import Aspect, Comparison, Verdict

VERDICTS: tuple[Verdict, ...] = ("WIDER", "MAYBE", "NARROWER", "TOLD")
"""The verdicts, the most interesting first."""
TITLES: dict[Verdict, str] = {
    "WIDER": "More",
    "MAYBE": "Cannot be told",
    "NARROWER": "Less",
    "TOLD": "Other",
}
"""The words for each verdict."""
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
"""The words for each aspect."""


def counted(comparison: Comparison) -> list[tuple[str, list[int]]]:
    """A line for each aspect that changes: its words, and a number for each verdict."""
    count = Counter((change.aspect, change.verdict) for change in comparison.changes)
    lines = [
        (words, [count[aspect, verdict] for verdict in VERDICTS])
        for aspect, words in ASPECTS.items()
    ]
    return [(words, numbers) for words, numbers in lines if any(numbers)]
