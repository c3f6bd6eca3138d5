"""Compares two reports: every change of every offer, with a verdict and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pulumi_lumos.errors import LumosError
from pulumi_lumos.report.counting import VERDICTS
from pulumi_lumos.report.model import Members, Row, Untold, User
from pulumi_lumos.report.risks import LEVELS
from pulumi_lumos.report.whole import Aspect, Comparison, NewRisk, OfferChange, Report
from pulumi_lumos.report.words import called, listed

from .asks import compare_asks
from .changing import Changes, Finding, change_of
from .checks import compare_checks
from .decides import compare_decides
from .grants import RulesOfAnApp, compare_given, compare_rules, rules_of
from .into import compare_into
from .lasts import compare_durations
from .offered import compare_found, compare_offered, compare_provisioning
from .pairing import Pair, pairs_of

_WORST = {code: number for number, code in enumerate(LEVELS)}
_ORDER = {verdict: number for number, verdict in enumerate(VERDICTS)}


class CannotCompare(LumosError):
    """Two reports are of different things; the text names them."""


def compare(before: Report, after: Report) -> Comparison:
    """Find what changed from one report to another, the worst first. Raises CannotCompare."""
    read = {one.id: one for one in (*before.groups, *after.groups)}
    scope, was, now = _in_both(before, after)
    pairs = pairs_of(was, now)
    changes = [*_of_pairs(pairs, read), *_of_rules(was, now, pairs)]
    changes += [_undecided(one) for one in after.untold if one not in before.untold]
    changed = {change.key for change in changes}
    return Comparison(
        before_taken_at=before.header.taken_at,
        before_of=before.header.of,
        unchanged=sum(row.is_there and row.key not in changed for row in now),
        changes=tuple(sorted(set(changes), key=_place)),
        new_risks=tuple(sorted(_new_risks(pairs), key=_worst_first)),
        scope=scope,
    )


def _in_both(before: Report, after: Report) -> tuple[str, tuple[Row, ...], tuple[Row, ...]]:
    """The rows of the apps that both reports cover, and the words for these apps.

    An app that one report was never asked to cover has neither come nor gone.
    """
    old, new = before.header, after.header
    if old.only or new.only:
        raise CannotCompare("a report that --only has narrowed lacks rows; keep one without it")
    if old.app_ids == new.app_ids:
        return (old.scope if old.app_ids else ""), before.rows, after.rows
    asked = [set(one.app_ids) for one in (old, new) if one.app_ids]
    common = set.intersection(*asked)
    if not common:
        raise CannotCompare(f"the one is of {old.scope}, the other of {new.scope}")
    was, now = (tuple(row for row in one.rows if row.app_id in common) for one in (before, after))
    names = sorted({row.app for row in (*was, *now)}, key=str.casefold)
    return f"only {', '.join(names)}", was, now


def _undecided(one: Untold) -> OfferChange:
    what = f"cannot be told: {one.what}."
    return OfferChange("MAYBE", "offered", one.key, "", one.name, "", what)


def _worst_first(risk: NewRisk) -> tuple[object, ...]:
    where = (risk.app.casefold(), risk.permission.casefold(), risk.key)
    return (_WORST[risk.code], *where, risk.why)


def _place(change: OfferChange) -> tuple[object, ...]:
    where = (change.app.casefold(), change.permission.casefold(), change.key)
    return (_ORDER[change.verdict], change.level, *where, change.aspect, change.what, change.before)


def _of_pairs(pairs: Sequence[Pair], read: Mapping[str, Members]) -> Iterator[OfferChange]:
    opened = {pair.new.app_id for pair in pairs if pair.old and pair.new and _both(pair)}
    for pair in pairs:
        row = pair.new or pair.old
        assert row is not None
        for finding in _of_pair(pair, read, opened):
            yield change_of(row, finding)


def _both(pair: Pair) -> bool:
    """Whether people can ask for it before and after."""
    return bool(pair.old and pair.new and pair.old.is_offered and pair.new.is_offered)


def _of_pair(pair: Pair, read: Mapping[str, Members], opened: set[str]) -> Changes:
    old, new = pair
    yield from compare_offered(old, new)
    yield from compare_given(old.given if old else (), new.given if new else ())
    if old is None or new is None:
        return
    if old.is_app and new.is_app:
        yield from compare_provisioning(old, new)
        yield from _admins(old, new)
        if new.app_id in opened:
            yield from compare_found(old, new)
    if _both(pair):
        yield from compare_asks(old.asks, new.asks, read)
        yield from compare_decides(old, new, read)
        yield from compare_durations(old.durations, new.durations)
        yield from compare_into(old, new)
        yield from compare_checks(old, new)
        yield from _names(old, new)


def _names(old: Row, new: Row) -> Changes:
    """Another name, another default, and settings that no longer come from the app."""
    if old.permission != new.permission or (new.is_app and old.app != new.app):
        was, now = (old.app, new.app) if new.is_app else (old.permission, new.permission)
        yield Finding(
            "TOLD", "offered", f"is called {listed([now])} now.", f"Before: {listed([was])}."
        )
    if old.default_duration != new.default_duration:
        what = f"requests start with {new.default_duration or 'no duration chosen'}."
        yield Finding("TOLD", "for", what, f"Before: {old.default_duration or 'none'}.")
    for aspect, name, what in _INHERITABLE:
        same = getattr(old, name) == getattr(new, name)
        if same and (aspect in old.own) != (aspect in new.own):
            follows = "no longer follows" if aspect in new.own else "follows"
            yield Finding("TOLD", aspect, f"{follows} the app in {what}; nothing else changes.")


_INHERITABLE: tuple[tuple[Aspect, str, str], ...] = (
    ("asks", "asks", "who may ask"),
    ("decides", "decides", "who decides"),
    ("for", "durations", "for how long"),
)
"""The aspects with a flag of their own: each with the attribute of a row, and its words."""


def _admins(old: Row, new: Row) -> Changes:
    was = {_id(one): called(one) for one in (*old.admins.groups, *old.admins.users)}
    now = {_id(one): called(one) for one in (*new.admins.groups, *new.admins.users)}
    if was.keys() == now.keys():
        return
    gone = [name for id, name in was.items() if id not in now]
    who = f"administered by {listed(list(now.values()))}" if now else "administered by nobody"
    alone = " alone" if len(now) == 1 and new.admins.users else ""
    left = f"; {listed(gone)} no longer" if gone else ""
    few = any(risk.code == "few-admins" for risk in new.risks)
    yield Finding(
        "TOLD", "admins", f"{who}{alone}{left}.{' Fewer than two people can act.' if few else ''}"
    )


def _id(item: object) -> str:
    if isinstance(item, User):
        return f"user {item.id}"
    return f"group {getattr(item, 'unknown', None) or getattr(item, 'id', '')}"


def _of_rules(
    before: Sequence[Row], after: Sequence[Row], pairs: Sequence[Pair]
) -> Iterator[OfferChange]:
    was, now = rules_of(before), rules_of(after)
    same = {
        pair.new.permission_id: pair.old.permission_id for pair in pairs if pair.old and pair.new
    }
    apps = {row.app_id: row for row in (*before, *after) if row.is_app}
    nothing = RulesOfAnApp({}, {})
    for app_id, row in apps.items():
        if app_id not in now:
            continue  # The app is gone, and another change says so.
        for finding in compare_rules(was.get(app_id, nothing), now[app_id], same):
            yield change_of(row, finding)


def _new_risks(pairs: Sequence[Pair]) -> Iterator[NewRisk]:
    for old, new in pairs:
        if new is None:
            continue
        known = {risk.code for risk in old.risks} if old else set()
        for risk in new.risks:
            if risk.code not in known:
                yield NewRisk(new.key, new.app, new.permission, risk.code, risk.level, risk.why)
