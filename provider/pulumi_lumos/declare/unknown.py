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


_FORMATTED = ("on an Output[T] is not supported", "<pulumi.output.Output object at ")
"""What stands in a text where `str` or `repr` of an Output went into it: a warning of Pulumi."""
OUTPUT_IN_TEXT = (
    "an Output was put into this text before its value was known; "
    'use pulumi.Output.format("{0} …", output) instead of an f-string or str()'
)
"""What is wrong with a text that `holds_output`."""

UNKNOWN: Final[Any] = _Unknown()


def holds_output(text: str) -> bool:
    """Whether an Output was formatted into a text, which then holds Pulumi's warning instead."""
    return any(sign in text for sign in _FORMATTED)


def contains_unknown(value: Any) -> bool:
    """Whether any part of a value is not known yet."""
    if isinstance(value, dict):
        return any(contains_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(contains_unknown(item) for item in value)
    return value is UNKNOWN
