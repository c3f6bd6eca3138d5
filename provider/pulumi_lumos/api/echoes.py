"""Hides the values of a request in what Lumos answers to it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "***"
_LEAST = 3
"""Shorter values stand in every sentence, and no secret is so short."""
_BEGINNING = 8
"""So many equal characters at the beginning of a value are no accident: it may have been cut."""
_PART = 16
"""So many equal characters in the midst of a value are no accident either."""
_LONGEST = 20_000
"""What stands behind so many characters of a value is not looked for."""
_WORDS = {"true", "false"}
"""What queries say of switches."""
_IDS = re.compile(r"(?:^|[._])id(?:\[\d+\])?$")
"""Ids are no secrets, and "User u-1 not found" helps nobody without the id."""
_WRITTEN: tuple[Callable[[str], str], ...] = (
    str,
    lambda text: json.dumps(text)[1:-1],
    lambda text: repr(text)[1:-1],
    html.escape,
    quote,
    quote_plus,
)
"""How a server writes a value into a sentence."""


class Echoes:
    """The values of one request, as an answer to it may repeat them.

    They are found in upper and lower case, quoted, cut off, in part and line by line. Ids and the
    names of fields stay visible, even where a value is equal to one.
    """

    def __init__(self, *sent: Any) -> None:
        names = set(_names(sent))
        texts = [(at, value) for at, value in leaves(sent) if isinstance(value, str)]
        ids = {value for at, value in texts if _IDS.search(at)}
        values = {value for _, value in texts} - ids - names - _WORDS
        lines = {line for value in values for line in (value, *value.splitlines())}
        forms = {_folded(write(line[:_LONGEST])).strip() for line in lines for write in _WRITTEN}
        self._forms = [form for form in forms if len(form) >= _LEAST]
        self._parts = {
            form[begin : begin + _PART]
            for form in self._forms
            for begin in range(len(form) - _PART + 1)
        }

    def hide(self, text: str) -> str:
        """Return the text with `***` in place of each value."""
        hidden = bytearray(len(text))
        for begin, end in self._found(_folded(text)):
            hidden[begin:end] = b"\1" * (end - begin)
        runs = groupby(zip(text, hidden, strict=True), key=lambda pair: pair[1])
        return "".join(
            HIDDEN if is_hidden else "".join(character for character, _ in run)
            for is_hidden, run in runs
        )

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text, in lower case, repeats a value."""
        for form in self._forms:
            yield from _whole(text, form) if len(form) < _BEGINNING else _beginnings(text, form)
        for begin in range(len(text) - _PART + 1):
            if text[begin : begin + _PART] in self._parts:
                yield begin, begin + _PART


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value within nested dicts and lists, with its dotted path."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from leaves(item, f"{at}.{name}".removeprefix("."))
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from leaves(item, f"{at}[{number}]")
    else:
        yield at, value


def _names(value: Any) -> Iterator[str]:
    """The name of every field within nested dicts and lists."""
    if isinstance(value, Mapping):
        yield from value
        value = tuple(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _names(item)


def _whole(text: str, form: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
        yield match.span()


def _beginnings(text: str, form: str) -> Iterator[tuple[int, int]]:
    begin = text.find(form[:_BEGINNING])
    while begin >= 0:
        end = begin + _BEGINNING
        for character in form[_BEGINNING:]:
            if text[end : end + 1] != character:
                break
            end += 1
        yield begin, end
        begin = text.find(form[:_BEGINNING], end)


def _folded(text: str) -> str:
    """In lower case, each character in its place: that of some has more than one."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
