"""Says what a change of the durations of access means."""

from __future__ import annotations

from pulumi_lumos.report.lengths import as_length, in_words
from pulumi_lumos.report.model import ENDLESS, Durations, Unknown
from pulumi_lumos.report.words import lasts, listed

from . import changing
from .changing import Changes, Finding


def compare_durations(old: Durations | Unknown, new: Durations | Unknown) -> Changes:
    """Find what changed in the durations for which people may ask for access."""
    if old == new:
        return
    if isinstance(old, Unknown) or isinstance(new, Unknown):
        yield Finding("MAYBE", "for", f"access lasts {lasts(new)}.", f"Before: {lasts(old)}.")
        return
    if strange := sorted(set(old.unreadable) ^ set(new.unreadable)):
        what = f"access lasts {lasts(new)}. Cannot be told: how long {listed(strange)} is."
        yield Finding("MAYBE", "for", what, f"Before: {lasts(old)}.")
        return
    if as_length(old.longest) == as_length(new.longest) or old.longest == new.longest:
        yield Finding("TOLD", "for", f"{_choices(old, new)}.")
    elif new.longest == ENDLESS:
        yield Finding("WIDER", "for", "access may have no end.", _before(old), changing.NO_END)
    elif old.longest == ENDLESS:
        yield Finding("NARROWER", "for", f"{lasts(new)}.", "Before: access might have no end.")
    else:
        verdict = wider(old, new)
        yield Finding("WIDER" if verdict else "NARROWER", "for", f"{lasts(new)}.", _short(old))


def wider(old: Durations, new: Durations) -> bool:
    """Whether access may last longer than before."""
    return as_length(new.longest) > as_length(old.longest)


def _before(old: Durations) -> str:
    return f"Before: {in_words(old.longest)} at most."


def _short(old: Durations) -> str:
    return f"Before: {in_words(old.longest)}."


def _choices(old: Durations, new: Durations) -> str:
    """Which shorter durations people may choose now, or no longer."""
    more = [label for label in new.labels if label not in old.labels]
    less = [label for label in old.labels if label not in new.labels]
    parts = [f"{listed(more)} can be chosen too"] if more else []
    parts += [f"{listed(less)} can no longer be chosen"] if less else []
    return f"{'; '.join(parts)}; still {lasts(new)}"
