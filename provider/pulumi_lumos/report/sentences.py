"""The sentences of a comparison: each change once, however many offers it is about.

Permissions that follow a change of their app always share one sentence. Other equal changes share
one only where there is too little room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from pulumi_lumos.plurals import plural

from .model import Row
from .whole import Broken, NewRisk, OfferChange, Verdict
from .words import listed, shorten

NAMED = 5
ENOUGH_APPS = 3
"""The number of apps that must have a change before one sentence stands for all of them."""
SPARED_BEFORE = 5
"""From this level on, a sentence may leave out the old state."""


@dataclass(frozen=True)
class Sentence:
    """A sentence for people: its offers, their new state, and their old one."""

    verdict: Verdict
    subject: str
    what: str
    before: str
    level: int
    changes: tuple[OfferChange, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.subject}: {self.what} {self.before}".rstrip()

    @property
    def brief(self) -> str:
        """The sentence without the old state, where that matters least."""
        return f"{self.subject}: {self.what}" if self.level >= SPARED_BEFORE else self.text


def sentences_of(changes: Iterable[OfferChange], rows: Sequence[Row] = ()) -> list[Sentence]:
    """One sentence a change; permissions that follow their app share one."""
    own = _own(rows)
    found: list[Sentence] = []
    shared: dict[tuple[object, ...], list[OfferChange]] = defaultdict(list)
    for change in changes:
        key = (
            change.app,
            change.app_id,
            change.verdict,
            change.aspect,
            change.what,
            change.before,
        )
        shared[key if change.follows else (change.key, change)].append(change)
    for together in shared.values():
        is_shared = len(together) > 1
        found.append(_following(together, own) if is_shared else _one(together[0]))
    return found


def _own(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """How many permissions of an app have an aspect of their own."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if row.is_offered:
            for aspect in row.own:
                found[row.app_id, aspect] += 1
    return found


def subject_of(change: OfferChange | NewRisk | Broken) -> str:
    """The name of the offer that a change, a risk or a policy is about."""
    if not change.permission:
        return shorten(change.app)
    return f"{shorten(change.app)} · {shorten(change.permission)}"


def _one(change: OfferChange) -> Sentence:
    return Sentence(
        change.verdict, subject_of(change), change.what, change.before, change.level, (change,)
    )


def _following(changes: list[OfferChange], own: dict[tuple[str, str], int]) -> Sentence:
    first = changes[0]
    keep = own[first.app_id, first.aspect]
    rest = f"; {keep:,} {'keeps its' if keep == 1 else 'keep their'} own" if keep else ""
    before = f" {first.before}" if first.before else ""
    what = f"{plural(len(changes), 'permission')} follow a change of the app{rest}: {first.what}"
    return Sentence(
        first.verdict, shorten(first.app), f"{what}{before}", "", first.level, tuple(changes)
    )


def by_app(sentences: Sequence[Sentence]) -> list[Sentence]:
    """One sentence for all offers of an app with the same change."""
    return _joined(sentences, lambda one: (one.changes[0].app, one.changes[0].app_id), _of_app)


def over_apps(sentences: Sequence[Sentence]) -> list[Sentence]:
    """One sentence for the same change in three or more apps."""
    return _joined(sentences, lambda _one: (), _of_apps)


def _joined(
    sentences: Sequence[Sentence],
    where: Callable[[Sentence], Hashable],
    join: Callable[[list[Sentence]], Sentence | None],
) -> list[Sentence]:
    """Join sentences that say the same of the same place, where possible."""
    groups: dict[Hashable, list[Sentence]] = defaultdict(list)
    for one in sentences:
        groups[one.verdict, one.what, one.before, where(one)].append(one)
    found: list[Sentence] = []
    for together in groups.values():
        joined = join(together) if len(together) > 1 else None
        found += [joined] if joined else together
    return found


def _of_app(together: list[Sentence]) -> Sentence:
    changes = tuple(change for one in together for change in one.changes)
    names = [change.permission or change.app for change in changes]
    first = together[0]
    subject = f"{shorten(changes[0].app)}: {plural(len(changes), 'permission')}"
    shown = f"({listed(names, most=NAMED)})"
    return Sentence(
        first.verdict, f"{subject} {shown}", first.what, first.before, first.level, changes
    )


def _of_apps(together: list[Sentence]) -> Sentence | None:
    changes = tuple(change for one in together for change in one.changes)
    apps = sorted({change.app for change in changes}, key=str.casefold)
    if len(apps) < ENOUGH_APPS:
        return None
    first = together[0]
    subject = f"{plural(len(changes), 'offer')} of {plural(len(apps), 'app')}"
    shown = f"({listed(apps, most=NAMED)})"
    return Sentence(
        first.verdict, f"{subject} {shown}", first.what, first.before, first.level, changes
    )
