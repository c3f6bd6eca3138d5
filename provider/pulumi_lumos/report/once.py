"""Keeps what many answers repeat once: the same group stands in thousands of permissions.

A large tenant takes half the memory so. Nothing changes an answer in place but to complete it, and
what completes one repetition is right for all.
"""

from __future__ import annotations

from typing import Any

_DEPRECATED = "request_approval_stages"
"""Repeats the approvers in another form (API document)."""


class Once:
    """The parts of answers that were seen already, by what they hold."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Any, ...], Any] = {}

    def each(self, value: Any) -> Any:
        """The value, with each part that was seen already in the place of its repetition."""
        if isinstance(value, dict):
            kept = {name: self.each(item) for name, item in value.items() if name != _DEPRECATED}
            # Only what points at something is repeated; it holds nothing but texts.
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
