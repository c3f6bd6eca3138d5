"""A number with its noun."""

from __future__ import annotations

_IRREGULAR = {"person": "people", "policy": "policies"}


def plural(count: float, noun: str) -> str:
    """A number with its noun, in the form that goes with it: "1 app", "2,000 apps"."""
    if count == 1:
        return f"{count:,} {noun}"
    before, space, last = noun.rpartition(" ")
    return f"{count:,} {before}{space}{_IRREGULAR.get(last, f'{last}s')}"
