"""Keeps repeated parts of answers only once: thousands of permissions name the same group.

This halves the memory for a large tenant. Code changes an answer in place only to complete it, and
the same completion is right for every repetition.
"""

from __future__ import annotations

from typing import Any

_DEPRECATED = "request_approval_stages"
"""Repeats the approvers in another form (API document)."""


class Once:
    """The parts of answers that were already seen, by their content."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Any, ...], Any] = {}

    def each(self, value: Any) -> Any:
        """The value, with each repeated part replaced by the one already seen."""
        if isinstance(value, dict):
            kept = {name: self.each(item) for name, item in value.items() if name != _DEPRECATED}
            # Only pointers repeat; they hold nothing but texts.
            if "id" in kept and all(
                item is None or isinstance(item, str) for item in kept.values()
            ):
                return self._seen.setdefault(tuple(kept.items()), kept)
            return kept
        if isinstance(value, list):
            return [self.each(item) for item in value]
        if isinstance(value, str):
            return self._seen.setdefault((value,), value)
        return value
