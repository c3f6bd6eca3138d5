"""Says what a change means of rules and policies, which give access without approval.

A pre-approval rule belongs to an app, so its changes appear once, at the app.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from pulumi_lumos.plurals import plural
from pulumi_lumos.report.lengths import as_length
from pulumi_lumos.report.model import Attribute, Durations, Given, Row, Rule, Unknown
from pulumi_lumos.report.whole import Verdict
from pulumi_lumos.report.words import EVERYBODY_ASSUMED, for_whom, lasts, listed, shorten

from .changing import WITHOUT_APPROVAL, Changes, Finding

ASPECT: Literal["without-approval"] = "without-approval"
ASSUMED = "assumed: Lumos's document does not say"


class RulesOfAnApp(NamedTuple):
    """The rules of an app by id, and the permissions of the app by id."""

    rules: dict[str, Rule]
    labels: dict[str, str]


def rules_of(rows: Iterable[Row]) -> dict[str, RulesOfAnApp]:
    """The rules of all apps, gathered from the rows that they cover."""
    found: dict[str, RulesOfAnApp] = {}
    for row in rows:
        here = found.setdefault(row.app_id, RulesOfAnApp({}, {}))
        here.rules.update({rule.id: rule for rule in row.without_approval})
        if row.permission_id:
            here.labels[row.permission_id] = row.permission
    return found


def compare_rules(old: RulesOfAnApp, new: RulesOfAnApp, same: Mapping[str, str]) -> Changes:
    """Find what changed in the rules of an app; `same` has a permission's old id by its new."""
    partner = _partners(old.rules, new.rules)
    labels = {**old.labels, **new.labels}
    for id, rule in new.rules.items():
        before = old.rules.get(partner.get(id, ""))
        if before is None:
            yield Finding("WIDER", ASPECT, _gets(rule, labels), level=WITHOUT_APPROVAL)
        elif before != rule:
            yield from _rule(before, rule, new.labels, labels, same)
    for id, rule in old.rules.items():
        if id not in partner.values():
            yield Finding("NARROWER", ASPECT, _loses(rule, labels))


def _partners(old: dict[str, Rule], new: dict[str, Rule]) -> dict[str, str]:
    """Pairs of old and new rules, with the same id, else justification, else content."""
    partner = {id: id for id in new if id in old}
    for name in (_why, _content):
        gone = _by(name, {id: old[id] for id in old if id not in partner.values()})
        come = _by(name, {id: new[id] for id in new if id not in partner})
        pairs = [(ids, gone.get(text, [])) for text, ids in come.items()]
        partner.update({new[0]: old[0] for new, old in pairs if len(new) == len(old) == 1})
    return partner


def _by(name: Callable[[Rule], Hashable], rules: dict[str, Rule]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for id, rule in rules.items():
        found.setdefault(name(rule), []).append(id)
    return found


def _why(rule: Rule) -> Hashable:
    return rule.why


def _content(rule: Rule) -> Hashable:
    lengths = rule.lasts
    return (rule.groups, rule.attributes, rule.webhooks, lengths, rule.permissions)


def _what(rule: Rule, labels: Mapping[str, str]) -> str:
    if not rule.permissions:
        return f"everything of the app ({plural(len(labels), 'permission')}; {ASSUMED})"
    names = [
        f"({one.unknown})" if isinstance(one, Unknown) else labels.get(one, one)
        for one in rule.permissions
    ]
    return listed(names)


def _gets(rule: Rule, labels: Mapping[str, str]) -> str:
    whom, what = for_whom(rule), f"{_what(rule, labels)} {lasts(rule.lasts)}"
    return f'{whom} {_get(whom)} {what} without anybody\'s approval ("{shorten(rule.why)}").'


def _loses(rule: Rule, labels: Mapping[str, str]) -> str:
    whom, what = for_whom(rule), _what(rule, labels)
    return f'{whom} no longer {_get(whom)} {what} without approval ("{shorten(rule.why)}").'


def _get(whom: str) -> str:
    return "gets" if whom == EVERYBODY_ASSUMED else "get"


def _rule(
    old: Rule,
    new: Rule,
    present: Mapping[str, str],
    labels: Mapping[str, str],
    same: Mapping[str, str],
) -> Changes:
    name = f'the rule "{shorten(new.why)}"'
    yield from _permissions(name, old, new, (present, labels), same)
    yield from _people(name, old, new)
    yield from _length(name, old.lasts, new.lasts)
    if old.why != new.why:
        yield Finding(
            "TOLD", ASPECT, f"{name} has another reason.", f'Before: "{shorten(old.why)}".'
        )


def _permissions(
    name: str,
    old: Rule,
    new: Rule,
    labels: tuple[Mapping[str, str], Mapping[str, str]],
    same: Mapping[str, str],
) -> Changes:
    was = {_key(one) for one in old.permissions}
    now = {same.get(_key(one), _key(one)) for one in new.permissions}
    present, known = labels
    if was == now:
        return
    before = f"Before: {_what(old, known)}."
    if not now:
        count = plural(len(present), "permission")
        what = f"names no permission any more, so it covers everything of the app, {count}"
        yield Finding("WIDER", ASPECT, f"{name} {what} ({ASSUMED}).", before, WITHOUT_APPROVAL)
    elif not was:
        yield Finding("NARROWER", ASPECT, f"{name} covers only {_what(new, known)}.", before)
    else:
        unknown = any(isinstance(one, Unknown) for one in (*old.permissions, *new.permissions))
        yield from _more_or_less(f"{name} covers {_what(new, known)}.", before, was, now, unknown)


def _more_or_less(
    what: str, before: str, was: set[str], now: set[str], unknown: bool = False
) -> Changes:
    if unknown:
        yield Finding("MAYBE", ASPECT, what, before)
        return
    if now - was:
        yield Finding("WIDER", ASPECT, what, before, WITHOUT_APPROVAL)
    if was - now:
        yield Finding("NARROWER", ASPECT, what, before)


def _key(item: str | Unknown) -> str:
    return f"? {item.unknown}" if isinstance(item, Unknown) else item


def _people(name: str, old: Rule, new: Rule) -> Changes:
    """The people of a rule; Lumos does not say how it joins groups, attributes and webhooks."""
    if for_whom(old) == for_whom(new) and _whom(old) == _whom(new):
        return
    what, before = f"{name} is for {for_whom(new)}.", f"Before: for {for_whom(old)}."
    was, now = _whom(old), _whom(new)
    kinds_was, kinds_now = {kind for kind, _ in was}, {kind for kind, _ in now}
    is_known = "unknown" not in kinds_was | kinds_now
    if is_known and not (was and now):
        # A rule without people counts as one for everybody.
        if now:
            yield Finding("NARROWER", ASPECT, what, before)
        elif was:
            yield Finding("WIDER", ASPECT, what, before, WITHOUT_APPROVAL)
        return
    unclear = "webhook" in {kind for kind, _ in was ^ now} or not is_known
    if unclear or (was and now and kinds_was != kinds_now):
        doubt = " Cannot be told: how Lumos joins groups, attributes and webhooks."
        yield Finding("MAYBE", ASPECT, what + doubt, before)
    elif was != now:
        texts = {_text(one) for one in was}, {_text(one) for one in now}
        yield from _more_or_less(what, before, *texts)


def _whom(rule: Rule) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for kind, items in (("group", rule.groups), ("webhook", rule.webhooks)):
        found |= {_atom(kind, one) for one in items}
    return found | {_of_attribute(one) for one in rule.attributes}


def _of_attribute(one: Attribute | Unknown) -> tuple[str, str]:
    if isinstance(one, Unknown):
        return ("unknown", one.unknown)
    return ("attribute", f"{one.attribute}={one.value}")


def _atom(kind: str, item: Any) -> tuple[str, str]:
    return ("unknown", item.unknown) if isinstance(item, Unknown) else (kind, item.id)


def _text(atom: tuple[str, str]) -> str:
    return " ".join(atom)


def _length(name: str, old: Durations | Unknown, new: Durations | Unknown) -> Changes:
    if old == new:
        return
    what, before = f"{name} lasts {lasts(new)}.", f"Before: {lasts(old)}."
    if isinstance(old, Unknown) or isinstance(new, Unknown) or old.unreadable != new.unreadable:
        yield Finding("MAYBE", ASPECT, what, before)
    elif as_length(new.longest) > as_length(old.longest):
        yield Finding("WIDER", ASPECT, what, before, WITHOUT_APPROVAL)
    elif as_length(new.longest) < as_length(old.longest):
        yield Finding("NARROWER", ASPECT, what, before)
    else:
        yield Finding("TOLD", ASPECT, f"{name} offers other durations, {lasts(new)}.", before)


def compare_given(old: Sequence[Given], new: Sequence[Given]) -> Iterator[Finding]:
    """Find what changed in the access policies, which give access that nobody asked for."""
    was, now = {one.id: one for one in old}, {one.id: one for one in new}
    for id, policy in now.items():
        before = was.get(id)
        if before is None:
            yield Finding("WIDER", ASPECT, f"{_policy(policy)}.", level=WITHOUT_APPROVAL)
        elif before != policy:
            yield from _given(before, policy)
    for id, policy in was.items():
        if id not in now:
            yield Finding("NARROWER", ASPECT, f"{_policy(policy, ' no longer')}.")


def _policy(policy: Given, no_longer: str = "") -> str:
    whom = "everybody" if policy.everybody else "people of a condition"
    how = "without approval" if policy.approved else "who need approval"
    return f'the access policy "{shorten(policy.name)}"{no_longer} gives it to {whom}, {how}'


def _given(old: Given, new: Given) -> Iterator[Finding]:
    before = f"Before: {_policy(old).partition(' gives it ')[2]}."
    verdict: Verdict
    if old.approved != new.approved:
        verdict = "WIDER" if new.approved else "NARROWER"
        yield Finding(verdict, ASPECT, f"{_policy(new)}.", before, WITHOUT_APPROVAL)
    if old.everybody != new.everybody:
        verdict = "WIDER" if new.everybody else "NARROWER"
        yield Finding(verdict, ASPECT, f"{_policy(new)}.", before, WITHOUT_APPROVAL)
    elif old.condition != new.condition:
        doubt = "Cannot be told: whom its new condition is for."
        yield Finding("MAYBE", ASPECT, f"{_policy(new)}. {doubt}")
    if old.name != new.name:
        yield Finding("TOLD", ASPECT, f'the access policy is called "{shorten(new.name)}" now.')
