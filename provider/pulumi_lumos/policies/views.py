"""The rows of a report as policies see them: short names, sets of names, lengths that compare.

A fact that was not read, or that only `up` can tell, raises CannotTell, so that no policy takes a
missing fact for a good one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from pulumi_lumos.report.lengths import as_length
from pulumi_lumos.report.model import (
    Admins,
    Asks,
    CannotTell,
    Durations,
    Group,
    Members,
    Row,
    Rule,
    Stage,
    Unknown,
    User,
)
from pulumi_lumos.report.whole import Report
from pulumi_lumos.report.words import people_of, shorten

NO_END = timedelta.max
"""The length of access that nothing ends; longer than every other length."""


def _length(durations: Durations | Unknown) -> timedelta:
    if isinstance(durations, Unknown):
        raise CannotTell(durations.unknown)
    if durations.unreadable:
        raise CannotTell(f"how long {shorten(durations.unreadable[0])} is")
    hours = as_length(durations.longest)
    return NO_END if hours == float("inf") else timedelta(hours=hours)


def _names(groups: Iterable[Group | Unknown]) -> frozenset[str]:
    found = set()
    for group in groups:
        if isinstance(group, Unknown):
            raise CannotTell(group.unknown)
        found.add(group.name)
    return frozenset(found)


def _people(admins: Admins | Stage, read: Mapping[str, Members]) -> list[User]:
    """Everybody, named or in a named group; raises CannotTell where members were not read."""
    found = people_of(admins.groups, admins.users, read)
    if found is not None:
        return found
    for group in admins.groups:
        if isinstance(group, Unknown):
            raise CannotTell(group.unknown)
        if group.id not in read or not read[group.id].with_people:
            name = shorten(group.name)
            raise CannotTell(f"members of {name} were not read; add --members=names")
    raise CannotTell("who they are is not known before up")


@dataclass(frozen=True)
class AsksView:
    """Who may ask: `everybody`, or the names of `groups`."""

    everybody: bool
    groups: frozenset[str]


class StageView:
    """One stage, in which one approval is enough; `manager`: the requester's may give it too."""

    def __init__(self, stage: Stage, read: Mapping[str, Members]) -> None:
        self._stage, self._read = stage, read
        self.manager = stage.manager

    @property
    def groups(self) -> frozenset[str]:
        """The names of the groups whose members decide."""
        return _names(self._stage.groups)

    @property
    def users(self) -> tuple[User, ...]:
        """The people who are named: each has `email`, `status` and `active`."""
        people = _people(Stage(users=self._stage.users), self._read)
        return tuple(people)

    @property
    def people(self) -> int:
        """How many people can decide; the manager counts as one. Needs the members."""
        return len([one for one in _people(self._stage, self._read) if one.active]) + self.manager


@dataclass(frozen=True)
class IntoView:
    """What a grant does; false where it does nothing. `group` is a name, or ""."""

    group: str
    webhook: str
    manual_steps: bool

    def __bool__(self) -> bool:
        return bool(self.group or self.webhook or self.manual_steps)


class RuleView:
    """A pre-approval rule that covers the row."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    @property
    def why(self) -> str:
        """Its justification."""
        return self._rule.why

    @property
    def groups(self) -> frozenset[str]:
        """The names of the groups that it is for."""
        return _names(self._rule.groups)

    @property
    def longest(self) -> timedelta:
        """How long it gives access at most."""
        return _length(self._rule.lasts)

    @property
    def permissions(self) -> int:
        """How many permissions it names; none covers everything of the app (assumed)."""
        return len(self._rule.permissions)


class AdminsView:
    """Who administers an app: `active` and `inactive` count people. Needs members of groups."""

    def __init__(self, admins: Admins, read: Mapping[str, Members]) -> None:
        self._admins, self._read = admins, read

    @property
    def active(self) -> int:
        """How many can act."""
        return sum(one.active for one in _people(self._admins, self._read))

    @property
    def inactive(self) -> int:
        """How many are named and cannot act."""
        return sum(not one.active for one in _people(self._admins, self._read))


class RowView:
    """One offer, as a policy sees it."""

    def __init__(self, row: Row, report: ReportView) -> None:
        self._row = row
        self.report = report
        self.key, self.app, self.permission = row.key, row.app, row.permission
        self.kind, self.offered = row.kind, row.offered

    @property
    def asks(self) -> AsksView:
        """Who may ask."""
        asks = self._row.asks
        if not isinstance(asks, Asks):
            raise CannotTell(asks.unknown)
        return AsksView(asks.everybody, _names(asks.groups))

    @property
    def decides(self) -> tuple[StageView, ...]:
        """Who decides, stage after stage; empty where every request is approved at once."""
        decides = self._row.decides
        if isinstance(decides, Unknown):
            raise CannotTell(decides.unknown)
        if not self._row.decides_complete:
            raise CannotTell("Lumos says that its approval has stages which the API does not show")
        return tuple(StageView(stage, self.report.read) for stage in decides)

    @property
    def deciding_groups(self) -> frozenset[str]:
        """The names of the groups whose members decide, in any stage."""
        return frozenset(name for stage in self.decides for name in stage.groups)

    @property
    def longest(self) -> timedelta:
        """The longest time that people may ask for; NO_END if access does not end."""
        return _length(self._row.durations)

    @property
    def into(self) -> IntoView:
        """What a grant does."""
        into = self._row.into
        for part in (into.group, into.webhook):
            if isinstance(part, Unknown):
                raise CannotTell(part.unknown)
        group = into.group.name if into.group else ""
        return IntoView(group, into.webhook.name if into.webhook else "", into.manual_steps)

    @property
    def without_approval(self) -> tuple[RuleView, ...]:
        """The pre-approval rules that cover it."""
        return tuple(RuleView(rule) for rule in self._row.without_approval)

    @property
    def only_preapproved(self) -> bool:
        """Whether a rule covers it, and nobody else may ask."""
        return bool(self.without_approval) and not self.asks.everybody and not self.asks.groups

    @property
    def admins(self) -> AdminsView:
        """Who administers its app."""
        return AdminsView(self._row.admins, self.report.read)

    @property
    def app_row(self) -> RowView:
        """The row of its app."""
        return self.report.app_row(self._row)

    @property
    def risks(self) -> frozenset[str]:
        """The codes of its risks."""
        return frozenset(risk.code for risk in self._row.risks)


class ReportView:
    """All rows, as policies see them."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.read = {one.id: one for one in report.groups}

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        """All rows: offers, apps, and what nobody can ask for."""
        return tuple(RowView(row, self) for row in self._report.rows)

    @cached_property
    def _apps(self) -> dict[str, Row]:
        return {row.app_id: row for row in self._report.rows if row.is_app}

    def app_row(self, row: Row) -> RowView:
        """The row of the app that a row is of."""
        return RowView(self._apps.get(row.app_id, row), self)

    def ways_into(self, group: str) -> tuple[RowView, ...]:
        """The offers that put people into the group of a name."""
        return tuple(
            RowView(row, self)
            for row in self._report.rows
            if row.is_offered and isinstance(row.into.group, Group) and row.into.group.name == group
        )
