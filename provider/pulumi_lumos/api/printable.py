"""Text from Lumos and from people, made fit for a terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_TOKEN = re.compile(r"lsk_[\w.~+/=-]+")


def printable(text: str) -> str:
    """One line that steers no terminal, reorders no other text and holds no token."""
    return _CONTROL.sub(" ", without_tokens(text)).strip()


def without_tokens(text: str) -> str:
    """The text with every token of Lumos blotted out."""
    return _TOKEN.sub("lsk_***", text)
