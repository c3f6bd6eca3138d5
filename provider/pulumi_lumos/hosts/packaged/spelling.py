"""How a text names properties, arguments and functions, in the language of the program.

Sentences are written once, as Python programs read them. For another language, names get their
camelCase, and what is Python's alone becomes words: the option `aliases` instead of its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.hosts.names import camel

from .properties import Properties, spelled_path

ARGUMENT = re.compile(r"`?\b([a-z]\w*)=(True|False|'[^']*'|<[^>]*>)`?")
"""An argument as Python writes it."""
PYTHON_TRUTH = re.compile(r"(?<=\bto )(True|False)\b|(?<=: )(True|False)(?=`)")
"""A truth value as Python writes it, in a sentence or after the name of an argument."""
PYTHON_WORDS = (
    (r'\bpulumi\.Alias\(name=(".*?")\)', r"the name \1"),
    (r"\bopts=pulumi\.ResourceOptions\(aliases=\[(.*?)\]\)", r"`aliases` and \1"),
    (r"\bdepends_on=\[<(.*?)>\]", r"`dependsOn: <\1>`"),
    (r"\bdepends_on\b", "dependsOn"),
    # Only the classes of Python tell the provider of this option.
    (r"\bgive it delete_before_replace=True, .*? or (?=make its )", ""),
    (r"\buse pulumi\.Output\.format\(.*? or str\(\)", "make the text with `apply`"),
)
"""Options as Python writes them, and as other languages read them."""
LOOKUP = re.compile(r"\blumos\.(get_\w+)")
"""A lookup as Python calls it."""


class Spelling:
    """Spells names in texts for people as their language writes them.

    `pythonic` leaves them as they are declared, which is how Python programs write them.
    """

    def __init__(self, names: Iterable[str], *, pythonic: bool) -> None:
        self._pythonic = pythonic
        words = sorted({name for name in names if "_" in name}, key=len, reverse=True)
        # What stands behind a colon is the name of a resource in its URN.
        self._name = re.compile(rf"(?<![\w/:])(?:{'|'.join(words)})(?![\w/])")

    def path(self, declared: Properties, path: str) -> str:
        """A path among declared properties."""
        return path if self._pythonic else spelled_path(declared, path)

    def text(self, text: str) -> str:
        """A text that may name properties and values of them."""
        if self._pythonic:
            return text
        for code, words in PYTHON_WORDS:
            text = re.sub(code, words, text)
        text = LOOKUP.sub(lambda found: f"the function {camel(found[1])}", text)
        text = self._name.sub(lambda found: camel(found[0]), text)
        text = ARGUMENT.sub(lambda found: f"`{found[1]}: {found[2]}`", text)
        return PYTHON_TRUTH.sub(lambda found: found[0].lower(), text)

    def problem(self, declared: Properties, problem: Problem) -> Problem:
        """A problem with its path among declared properties."""
        path, reason = problem
        return self.path(declared, path), self.text(reason)
