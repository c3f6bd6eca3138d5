"""What is wrong with a text wherever it stands, and how texts that look alike differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from pulumi_lumos.declare.spec import Problem, ShapeSpec, Values
from pulumi_lumos.declare.unknown import OUTPUT_IN_TEXT, holds_output

from .changes import changes
from .paths import joined, value_at

SHOWN_AROUND = 8
"""How many characters around the first difference of two texts are shown."""


def text_problems(values: Any, at: str = "") -> Iterator[Problem]:
    """Every text that cannot be meant: one that holds an Output, or half of a character."""
    if isinstance(values, dict):
        for name, value in values.items():
            yield from text_problems(value, joined(at, str(name)))
    elif isinstance(values, list):
        for index, item in enumerate(values):
            yield from text_problems(item, f"{at}[{index}]")
    elif isinstance(values, str):
        if holds_output(values):
            yield at, OUTPUT_IN_TEXT
        if any("\ud800" <= one <= "\udfff" for one in values):
            yield at, "holds half of a character (a lone surrogate), which cannot be sent"


def look_alikes(shape: ShapeSpec, old: Values, new: Values) -> Iterator[Problem]:
    """Changes that a preview shows as two equal lines: other characters that look the same."""
    for change in changes(shape, old, new, {}):
        before = _texts(value_at(old, change.path))
        for text in _texts(change.new) - before:
            if alike := next((one for one in before if _looks(one) == _looks(text)), None):
                was, is_now = _difference(alike, text)
                yield (
                    change.name,
                    f"looks the same as before, but is written with other characters: {was} "
                    f"becomes {is_now}",
                )


def _texts(value: Any) -> set[str]:
    """A text, or the texts of a list."""
    items = value if isinstance(value, list) else [value]
    return {item for item in items if isinstance(item, str)}


def _looks(text: str) -> str:
    """What people see of a text: one form of each character, without what is invisible."""
    seen = unicodedata.normalize("NFKC", text)
    return " ".join("".join(one for one in seen if unicodedata.category(one) != "Cf").split())


def _difference(one: str, other: str) -> tuple[str, str]:
    """Where two texts begin to differ, spelled so that the difference can be read."""
    pairs = enumerate(zip(one, other, strict=False))
    first = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(0, first - SHOWN_AROUND)
    end = first + SHOWN_AROUND
    return ascii(one[start:end]), ascii(other[start:end])
