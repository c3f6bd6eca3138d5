"""Fits the changes into a number of bytes: first in full, then more and more together.

The bytes are those after escaping, and no line is ever cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pulumi_lumos.plurals import plural

from .counting import ASPECTS
from .escaping import escaped
from .sentences import Sentence, by_app, over_apps
from .words import shorten


def size(text: str) -> int:
    """The bytes of a text."""
    return len(text.encode())


@dataclass(frozen=True)
class _Step:
    """A way to say the same in fewer bytes."""

    join: Callable[[list[Sentence]], list[Sentence]]
    brief: bool = False


_STEPS = (
    _Step(lambda sentences: sentences),
    _Step(by_app),
    _Step(lambda sentences: over_apps(by_app(sentences))),
    _Step(lambda sentences: over_apps(by_app(sentences)), brief=True),
)


def fitted(sentences: list[Sentence], allowed: int) -> list[str]:
    """The lines of all sentences, or as many as fit and a count of the rest."""
    for step in _STEPS:
        said = step.join(sentences)
        lines = [_line(one.brief if step.brief else one.text, one) for one in said]
        if fits(lines, allowed):
            return lines
    return cut(_per_app(sentences), allowed, "more app")


def _line(text: str, sentence: Sentence) -> str:
    bold = escaped(sentence.subject)
    return f"- **{bold}**{escaped(text)[len(bold) :]}"


def fits(lines: Sequence[str], allowed: int) -> bool:
    return sum(size(line) + 1 for line in lines) <= allowed


def _per_app(sentences: list[Sentence]) -> list[str]:
    """A line for each app: its number of changes, by aspect."""
    apps: dict[tuple[str, str], Counter[str]] = {}
    for one in sentences:
        for change in one.changes:
            key = (change.app, change.app_id)
            apps.setdefault(key, Counter())[ASPECTS[change.aspect]] += 1
    return [
        f"- **{escaped(shorten(app))}**: {plural(count.total(), 'change')}"
        f" ({', '.join(f'{number:,} {aspect}' for aspect, number in count.items())})"
        for (app, _), count in apps.items()
    ]


def cut(lines: Sequence[str], allowed: int, noun: str) -> list[str]:
    """As many lines as fit, and one that counts the rest."""
    if fits(lines, allowed):
        return list(lines)
    kept = list(lines)
    while kept and not fits([*kept, _rest(len(lines), noun)], allowed):
        kept.pop()
    return [*kept, _rest(len(lines) - len(kept), noun)]


def _rest(count: int, noun: str) -> str:
    return f"- and {plural(count, noun)}"
