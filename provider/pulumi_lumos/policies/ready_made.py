"""Policies that many companies have, to be named and given their numbers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from fnmatch import fnmatchcase

from pulumi_lumos.lengths import in_words
from pulumi_lumos.plurals import plural

from .policy import Level, Policy
from .views import NO_END, RowView


def hours(count: float) -> timedelta:
    """A length of so many hours."""
    return timedelta(hours=count)


def days(count: float) -> timedelta:
    """A length of so many days."""
    return timedelta(days=count)


def matches(name: str, *patterns: str) -> bool:
    """Whether a name fits one of some patterns, such as "*admin*", in any case."""
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)


def max_duration(
    length: timedelta, *, app: str = "*", permission: str = "*", level: Level = "mandatory"
) -> Policy:
    """Access to apps and permissions that fit the patterns ends within a time."""

    def holds(row: RowView) -> object:
        return not _fits(row, app, permission) or row.longest <= length

    what = _named("Access", app, permission)
    time = in_words(length.total_seconds())
    return Policy("max-duration", f"{what} ends within {time}", holds, level=level)


def ends(*, but_for: Collection[str] = (), level: Level = "mandatory") -> Policy:
    """No access without an end, except to some apps."""

    def holds(row: RowView) -> object:
        return row.app in but_for or row.longest < NO_END

    return Policy("ends", "No access without an end", holds, level=level)


def min_stages(
    count: int, *, app: str = "*", permission: str = "*", level: Level = "mandatory"
) -> Policy:
    """At least `count` stages decide about apps and permissions that fit the patterns."""

    def holds(row: RowView) -> object:
        return not _fits(row, app, permission) or len(row.decides) >= count

    what = _named("Access", app, permission)
    return Policy("min-stages", f"{what} needs {plural(count, 'approval')}", holds, level=level)


def somebody_decides(*, level: Level = "mandatory") -> Policy:
    """No request approves itself."""

    def holds(row: RowView) -> object:
        return row.decides or row.only_preapproved

    return Policy("somebody-decides", "Somebody decides", holds, level=level)


def nobody_decides_alone(*, level: Level = "mandatory") -> Policy:
    """Every stage has two people who can decide; reads the members of groups."""

    def holds(row: RowView) -> object:
        return all(stage.people >= 2 or stage.manager for stage in row.decides)

    return Policy("nobody-decides-alone", "Nobody is the only approver", holds, level=level)


def approvers_active(*, level: Level = "mandatory") -> Policy:
    """Everybody who is named as an approver can act in Lumos."""

    def holds(row: RowView) -> object:
        return all(user.active for stage in row.decides for user in stage.users)

    return Policy("approvers-active", "Approvers are active", holds, level=level)


def not_for_everybody(
    *, app: str = "*", permission: str = "*", group: str = "*", level: Level = "mandatory"
) -> Policy:
    """Only some groups may ask for what fits the patterns."""

    def holds(row: RowView) -> object:
        sensitive = _fits(row, app, permission) and matches(row.into.group, group)
        return not sensitive or not row.asks.everybody

    what = _named("Access", app, permission)
    return Policy("not-for-everybody", f"{what} is not for everybody", holds, level=level)


def min_admins(count: int = 2, *, level: Level = "mandatory") -> Policy:
    """At least `count` people can administer each app; reads the members of groups."""

    def holds(row: RowView) -> object:
        return row.admins.active >= count

    verb = "administers" if count == 1 else "administer"
    sentence = f"{plural(count, 'active person')} {verb} each app"
    return Policy("min-admins", sentence, holds, "apps", level)


def _fits(row: RowView, app: str, permission: str) -> bool:
    return matches(row.app, app) and matches(row.permission, permission)


def _named(what: str, app: str, permission: str) -> str:
    """What a policy with patterns is about, in words."""
    to = f" to {permission}" if permission != "*" else ""
    return f"{what}{to}{f' of {app}' if app != '*' else ''}"
