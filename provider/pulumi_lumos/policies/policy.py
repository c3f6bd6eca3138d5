"""What a policy is, how one is declared, and how policies are held against a report."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pulumi_lumos.report.model import CannotTell, Row
from pulumi_lumos.report.whole import Broken, OfferChange, Report

from .views import ReportView, RowView

Over = Literal["offers", "apps", "rows", "changes"]
Level = Literal["mandatory", "advisory"]


@dataclass(frozen=True)
class Policy:
    """A rule that every offer has to keep: `holds` says of one whether it does.

    `over` says what it judges: the offers that people can ask for, the apps, all rows, or the
    changes of a comparison. A "mandatory" one fails the command, an "advisory" one prints.
    """

    id: str
    sentence: str
    holds: Callable[[Any], object]
    over: Over = "offers"
    level: Level = "mandatory"

    def __post_init__(self) -> None:
        """Refuse a misspelled word: an unknown level would fail nothing."""
        for name, known in (("over", get_args(Over)), ("level", get_args(Level))):
            given = getattr(self, name)
            if given not in known:
                words = " or ".join(map(repr, known))
                raise ValueError(f"the policy {self.id!r} has {name}={given!r}; it takes {words}")

    def __call__(self, subject: Any) -> object:
        """Whether it holds of one row or change."""
        return self.holds(subject)


def policy(
    id: str, sentence: str, *, over: Over | None = None, level: Level = "mandatory"
) -> Callable[[Callable[[Any], object]], Policy]:
    """Make a policy of a function that says whether it holds.

    The function takes one argument: `row`, or `change` for a policy over what changes. It returns
    something true where the policy holds, something false where it is broken, and None where it
    cannot tell, which counts as broken.
    """

    def declare(holds: Callable[[Any], object]) -> Policy:
        names = list(inspect.signature(holds).parameters)
        usual: Over = "changes" if names == ["change"] else "offers"
        return Policy(id, sentence, holds, over or usual, level)

    return declare


def broken_in(report: Report, policies: Iterable[Policy]) -> Iterator[Broken]:
    """Everything in a report that breaks a policy, or may break it."""
    view = ReportView(report)
    rows = list(zip(report.rows, view.rows, strict=True))
    for one in policies:
        if one.over == "changes":
            changes = report.comparison.changes if report.comparison else ()
            subjects: Iterable[tuple[Row | OfferChange, Any]] = (
                (change, change) for change in changes
            )
        else:
            subjects = ((row, seen) for row, seen in rows if _is_asked(one.over, row))
        for subject, seen in subjects:
            reason = _why_not(one, seen)
            if reason is not None:
                yield _broken(one, subject, reason)


def _is_asked(over: Over, row: Row) -> bool:
    return over == "rows" or (row.is_app if over == "apps" else row.is_offered)


def _why_not(one: Policy, subject: Any) -> str | None:
    """None where a policy holds; "" where it is broken; else why nobody can know."""
    try:
        held = one(subject)
    except CannotTell as unknown:
        return str(unknown)
    except Exception as mistake:  # A policy is somebody's own code.
        return f"the policy raised {type(mistake).__name__}: {mistake}"
    if held is None:
        return "the policy cannot tell"
    return None if held else ""


def _broken(one: Policy, subject: Row | OfferChange, reason: str) -> Broken:
    return Broken(
        policy=one.id,
        sentence=one.sentence,
        mandatory=one.level == "mandatory",
        key=subject.key,
        app=subject.app,
        permission=subject.permission,
        cannot_tell=reason,
    )


__all__ = ["Level", "Over", "Policy", "RowView", "broken_in", "policy"]
