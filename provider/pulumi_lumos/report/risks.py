"""Finds in the rows what a reviewer should look at, without another request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from pulumi_lumos.plurals import plural

from .lengths import as_length, in_words
from .model import ENDLESS, Asks, Durations, Group, Members, Risk, Row, Rule, Stage, Unknown, User
from .strictness import Atom, Clause, atom, clauses, compare
from .words import called, listed, offer, people_of, shorten

LEVELS = {
    "nobody-decides": "high",
    "rule-without-people": "high",
    "weaker-way-in": "high",
    "approvers-gone": "high",
    "empty-group": "high",
    "given-to-everybody": "medium",
    "approval-unknown": "medium",
    "everybody-no-end": "medium",
    "approver-inactive": "medium",
    "asks-and-decides": "medium",
    "rule-covers-all": "medium",
    "rule-longer": "medium",
    "grants-nothing": "medium",
    "cannot-provision": "medium",
    "few-admins": "medium",
    "no-end": "low",
    "one-approver": "low",
    "manager-only": "low",
    "not-found": "low",
}
"""Every risk and its level, the worst first."""
ENOUGH_ADMINS = 2
_ORDER = {code: number for number, code in enumerate(LEVELS)}


def with_risks(rows: tuple[Row, ...], groups: Mapping[str, Members]) -> tuple[Row, ...]:
    """The rows with their risks, the worst first; `groups` are those whose members were read."""
    ways = [_way(row) for row in rows]
    weaker = _weaker_ways(ways)
    return tuple(
        replace(row, risks=_sorted(_risks(row, groups, weaker.get(way.key, "") if way else "")))
        for row, way in zip(rows, ways, strict=True)
    )


def _sorted(found: Iterator[tuple[str, str]]) -> tuple[Risk, ...]:
    risks = {(code, why): Risk(code, LEVELS[code], why) for code, why in found}
    return tuple(risks[key] for key in sorted(risks, key=lambda key: (_ORDER[key[0]], key[1])))


def _risks(row: Row, groups: Mapping[str, Members], weaker_way: str) -> Iterator[tuple[str, str]]:
    if row.is_offered:
        yield from _of_decision(row, groups)
        yield from _of_length(row)
        if weaker_way:
            yield "weaker-way-in", weaker_way
        yield from _of_empty_groups(row, groups)
        if not row.is_app and not (row.into.group or row.into.webhook or row.into.manual_steps):
            yield "grants-nothing", "a grant changes nothing: no group, webhook or step by hand"
        if row.found == "NONE":
            yield "not-found", "nobody finds the app in the AppStore"
    yield from _of_rules(row)
    for one in row.given:
        if one.everybody and one.approved:
            yield "given-to-everybody", f"the access policy {shorten(one.name)} gives it to all"
    if row.is_app:
        yield from _of_app(row, groups)


def _of_decision(row: Row, groups: Mapping[str, Members]) -> Iterator[tuple[str, str]]:
    if not row.decides_complete:
        yield "approval-unknown", "Lumos holds approval stages that its API does not show"
    if isinstance(row.decides, Unknown):
        return
    if not row.decides:
        if row.decides_complete:
            yield "nobody-decides", "every request is approved at once"
        return
    if row.decides == (Stage(manager=True),):
        yield "manager-only", "only the requester's manager decides; some people have none"
    yield from _of_approvers(row.decides, groups)
    asking = row.asks.groups if isinstance(row.asks, Asks) else ()
    deciding = {one for stage in row.decides for one in stage.groups}
    for group in asking:
        if isinstance(group, Group) and group in deciding:
            yield "asks-and-decides", f"members of {shorten(group.name)} may ask and decide"


def _of_approvers(
    stages: tuple[Stage, ...], groups: Mapping[str, Members]
) -> Iterator[tuple[str, str]]:
    for stage in stages:
        yield from _of_stage(stage, groups)
    users = [one for stage in stages for one in stage.users if isinstance(one, User)]
    named = [one for stage in stages for one in (*stage.groups, *stage.users)]
    if len(named) == 1 and users:
        yield "one-approver", f"{shorten(users[0].email)} is the only approver"


def _of_stage(stage: Stage, groups: Mapping[str, Members]) -> Iterator[tuple[str, str]]:
    """The risks of a stage in which nobody can act, also by groups whose members were read."""
    users = [one for one in stage.users if isinstance(one, User)]
    gone = [f"{one.email} is {one.status}" for one in users if not one.active]
    people = None if stage.manager else people_of(stage.groups, stage.users, groups)
    if people is not None and not any(one.active for one in people):
        gone += [f"{called(one)} has no active member" for one in stage.groups]
        yield "approvers-gone", f"none of the approvers can act: {listed(gone)}"
    elif gone:
        yield "approver-inactive", listed(gone)


def _of_length(row: Row) -> Iterator[tuple[str, str]]:
    if isinstance(row.durations, Durations) and row.durations.longest == ENDLESS:
        yield "no-end", "access may have no end"
        if isinstance(row.asks, Asks) and row.asks.everybody and row.into.group:
            yield "everybody-no-end", "everybody may ask, access may have no end"


def _of_rules(row: Row) -> Iterator[tuple[str, str]]:
    for rule in row.without_approval:
        name = f"the rule {shorten(rule.why)}"
        if row.is_app and not rule.permissions:
            yield "rule-covers-all", f"{name} names no permission, so it covers all (assumed)"
        if not (rule.groups or rule.attributes or rule.webhooks) and _is_home(row, rule):
            why = "Lumos does not say whom such a rule is for; the report assumes everybody"
            yield "rule-without-people", f"{name} names no group, attribute or webhook: {why}"
        if row.is_offered and _is_longer(rule.lasts, row.durations):
            assert isinstance(rule.lasts, Durations)
            yield "rule-longer", f"{name} lasts longer: {in_words(rule.lasts.longest)}"


def _is_home(row: Row, rule: Rule) -> bool:
    """Whether this row shows the risks of a rule: the app's row does if the rule covers the app."""
    return row.is_app if not rule.permissions else not row.is_app


def _is_longer(one: Durations | Unknown, other: Durations | Unknown) -> bool:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return False
    return as_length(one.longest) > as_length(other.longest)


def _of_app(row: Row, groups: Mapping[str, Members]) -> Iterator[tuple[str, str]]:
    if row.disconnected or row.sync_status == "FAILED":
        why = "the app is disconnected" if row.disconnected else "the last sync of the app failed"
        yield "cannot-provision", why
    people = people_of(row.admins.groups, row.admins.users, groups)
    if people is None:
        return
    active = {one.id: one for one in people if one.active}
    if len(active) < ENOUGH_ADMINS:
        names = listed([one.email for one in active.values()])
        who = f" ({names})" if active else ""
        yield "few-admins", f"{plural(len(active), 'active admin')}{who}"


def _of_empty_groups(row: Row, groups: Mapping[str, Members]) -> Iterator[tuple[str, str]]:
    stages = () if isinstance(row.decides, Unknown) else row.decides
    asking = row.asks.groups if isinstance(row.asks, Asks) else ()
    roles = [("asks", one) for one in asking]
    roles += [("decides", one) for stage in stages for one in stage.groups]
    for role, group in roles:
        read = groups.get(group.id) if isinstance(group, Group) else None
        if read and read.count == 0:
            yield "empty-group", f"{shorten(read.name)}, which {role}, has no member"


class _Way(NamedTuple):
    """One way into a provisioning group: what it requires, and a row that shows it."""

    group: Group
    everybody: bool
    groups: frozenset[str]
    clauses: frozenset[Clause]
    longest: float
    atoms: frozenset[Atom]
    row: Row

    @property
    def key(self) -> _Key:
        """Equal for all rows that are the same way into the same group."""
        return (self.group.id, self.everybody, self.groups, self.clauses, self.longest)


_Key = tuple[str, bool, frozenset[str], frozenset[Clause], float]


def _way(row: Row) -> _Way | None:
    """The way into a group that a row offers, where all of it is known."""
    group = row.into.group
    if not (isinstance(group, Group) and row.is_offered and row.decides_complete):
        return None
    if isinstance(row.asks, Unknown) or isinstance(row.decides, Unknown):
        return None
    if isinstance(row.durations, Unknown):
        return None
    groups = frozenset(atom(one)[1] for one in row.asks.groups)
    decides, longest = frozenset(clauses(row.decides)), as_length(row.durations.longest)
    atoms = frozenset().union(*decides)
    return _Way(group, row.asks.everybody, groups, decides, longest, atoms, row)


def _weaker_ways(ways: Iterable[_Way | None]) -> dict[_Key, str]:
    """For each way into a group that has an easier one: the easier way, and why.

    Thousands of rows share a few hundred ways, so each way is compared once.
    """
    distinct: dict[str, dict[_Key, _Way]] = defaultdict(dict)
    for way in ways:
        if way:
            distinct[way.group.id].setdefault(way.key, way)
    found: dict[_Key, str] = {}
    for of_group in distinct.values():
        for key, own in of_group.items():
            if why := _why_weaker(own, of_group.values()):
                found[key] = why
    return found


def _why_weaker(own: _Way, others: Iterable[_Way]) -> str:
    easier = [(other.row, [*_easier(other, own)]) for other in others]
    weaker = [(row, reasons) for row, reasons in easier if reasons]
    if not weaker:
        return ""
    names = listed([offer(row) for row, _ in weaker])
    leads = "leads" if len(weaker) == 1 else "lead"
    reasons = dict.fromkeys(reason for _, reasons in weaker for reason in reasons)
    return f"{names} {leads} into {shorten(own.group.name)} too: {listed(list(reasons))}"


def _easier(other: _Way, own: _Way) -> Iterator[str]:
    """The respects in which another way into the same group is easier."""
    if not own.everybody and (other.everybody or own.groups < other.groups):
        yield "more people may ask"
    if _needs_less(other, own):
        yield "less approval is needed"
    if other.longest > own.longest:
        yield "access lasts longer"


def _needs_less(other: _Way, own: _Way) -> bool:
    if not other.clauses or not own.clauses:
        return len(other.clauses) < len(own.clauses)
    # If two approvals share nobody, neither is stricter. Most pairs are like that.
    if other.atoms.isdisjoint(own.atoms):
        return False
    return compare(other.clauses, own.clauses) == "weaker"
