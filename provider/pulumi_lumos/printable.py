"""The one filter for text that reaches a person: the engine's, the command line's and exports'.

Names in Lumos are typed by anybody and synced from anywhere, so a name may try to wipe or forge
the line that a reviewer reads. Whatever shows a line to people passes it through `printable`:
`hosts/texts.py` for the engine and the program, `cli/output.py` for the commands, `export/code.py`
for comments in exported programs.
"""

from __future__ import annotations

import re

NAME_LENGTH = 100
"""How many characters a sentence shows of one name: enough for any that a person has to read."""

_UNPRINTABLE = re.compile("\0+")
_TOKEN = re.compile(r"lsk_[\w.~+/=-]+")
_COLOUR_TAG = "<{%"
"""Begins a colour tag of Pulumi. The engine obeys it, and panics at a colour it does not know."""


def printable(text: str) -> str:
    """One line that steers no terminal, hides or reorders no text and holds no token.

    Only what Python calls printable stays: no control characters, line breaks, invisible
    characters or lone surrogates, and no marks that reorder the text around them.
    """
    marked = "".join(one if one.isprintable() else "\0" for one in text)
    line = _UNPRINTABLE.sub(" ", marked).strip()
    return without_tokens(line).replace(_COLOUR_TAG, "<{ %")


def printable_name(name: str) -> str:
    """A name for use within a sentence: printable, and cut where it would flood the line."""
    shown = printable(name)
    return shown if len(shown) <= NAME_LENGTH else f"{shown[: NAME_LENGTH - 1]}…"


def without_tokens(text: str) -> str:
    """The text with every token of Lumos blotted out."""
    return _TOKEN.sub("lsk_***", text)
