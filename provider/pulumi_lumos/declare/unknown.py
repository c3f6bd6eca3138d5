"""A value that is not known yet, as in a preview."""

from __future__ import annotations

from typing import Any, Final


class _Unknown:
    """Stands for a value that another resource will give; never compared, never validated."""

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __deepcopy__(self, memo: object) -> _Unknown:
        return self

    def __copy__(self) -> _Unknown:
        return self


UNKNOWN: Final[Any] = _Unknown()


def contains_unknown(value: Any) -> bool:
    """Whether any part of a value is not known yet."""
    if isinstance(value, dict):
        return any(contains_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(contains_unknown(item) for item in value)
    return value is UNKNOWN
