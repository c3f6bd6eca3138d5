"""The words of people, groups and lengths, the same wherever the report is printed.

Names come from Lumos and from people. This module makes them safe to print, so no text of the
report controls a terminal or holds a token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pulumi_lumos.printable import printable

from .lengths import in_words
from .model import (
    ENDLESS,
    Admins,
    Asks,
    Durations,
    Group,
    Into,
    Members,
    Row,
    Rule,
    Stage,
    Unknown,
    User,
    Webhook,
)

LONGEST_NAME = 64
NAMED = 3
"""The most names in a sentence."""
EVERYBODY_ASSUMED = "everybody (assumed)"
"""For whom a rule without people is: Lumos does not say, and nobody would be the safer answer."""
NOBODY_READ: Mapping[str, Members] = {}
"""No group whose members were read."""
OFFERED = {
    "YES": "yes",
    "BY_PERMISSION": "by its permissions",
    "NOT_OFFERED": "no",
    "WITH_THE_APP": "with the app",
    "ELSEWHERE": "elsewhere",
}
FOUND = {"FULL": "by browsing and searching", "LIMITED": "by searching", "NONE": "nowhere"}


def shorten(name: str) -> str:
    """A name that is safe to print; a long one loses its middle."""
    text = printable(name) or "(no name)"
    if len(text) <= LONGEST_NAME:
        return text
    half = (LONGEST_NAME - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


def listed(names: Sequence[str], last: str = "and", most: int = NAMED) -> str:
    """Names as a sentence has them: "A, B, C and 4 more"."""
    shown = [shorten(name) for name in names[:most]]
    left_out = len(names) - len(shown)
    if left_out:
        return f"{', '.join(shown)} and {left_out} more"
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def offer(row: Row) -> str:
    """What people call an offer."""
    return f"{shorten(row.app)} · {shorten(row.permission)}" if row.permission else shorten(row.app)


def called(item: Group | User | Webhook | Unknown) -> str:
    """The name of one group, person or webhook."""
    if isinstance(item, Unknown):
        return f"({printable(item.unknown)})"
    return printable(item.email if isinstance(item, User) else item.name) or item.id


def counted_group(item: Group | User | Webhook | Unknown, read: Mapping[str, Members]) -> str:
    """The name of one group, person or webhook; a group's with its number of members, if read."""
    members = read.get(item.id) if isinstance(item, Group) else None
    return f"{called(item)} ({members.count})" if members else called(item)


def named(item: Group | User | Unknown) -> str:
    """One group or person in a sentence: "members of Security", "grace@…"."""
    return f"members of {shorten(called(item))}" if isinstance(item, Group) else called(item)


def who(stage: Stage, last: str = "or") -> str:
    """The people of a stage in a sentence."""
    manager = ["the requester's manager"] if stage.manager else []
    groups, users = [called(one) for one in stage.groups], [called(one) for one in stage.users]
    members = [f"members of {listed(groups, last)}"] if groups else []
    return f" {last} ".join([*manager, *members, *([listed(users, last)] if users else [])])


def who_asks(asks: Asks | Unknown) -> str:
    """Who may ask, in a sentence."""
    if isinstance(asks, Unknown):
        return f"people who are not known yet ({printable(asks.unknown)})"
    if asks.everybody:
        return "everybody"
    return f"members of {listed([called(one) for one in asks.groups])}" if asks.groups else "nobody"


def who_decides(stages: tuple[Stage, ...] | Unknown) -> str:
    """Who decides, stage after stage, in a sentence."""
    if isinstance(stages, Unknown):
        return f"people who are not known yet ({printable(stages.unknown)})"
    return ", then ".join(who(stage) for stage in stages) or "nobody"


def in_a_sentence(stages: tuple[Stage, ...]) -> str:
    """Who decides, with the verb: "members of Security decide"."""
    if not stages:
        return "every request is approved at once"
    several = stages[-1].groups or len(stages[-1].users) > 1
    return f"{who_decides(stages)} {'decide' if several else 'decides'}"


def lasts(durations: Durations | Unknown) -> str:
    """How long access lasts at most, in a sentence."""
    if isinstance(durations, Unknown):
        return f"for a time that is not known yet ({printable(durations.unknown)})"
    if durations.longest == ENDLESS:
        return "without end"
    if isinstance(durations.longest, int):
        return f"for {in_words(durations.longest)} at most"
    return f"for {listed(durations.unreadable, 'or')}"


def goes_into(into: Into, read: Mapping[str, Members] = NOBODY_READ) -> str:
    """What a grant does, in a cell."""
    parts = [counted_group(into.group, read)] if into.group else []
    parts += [f"webhook {called(into.webhook)}"] if into.webhook else []
    parts += ["steps by hand"] if into.manual_steps else []
    return "; ".join(parts) or "nothing"


def asks_cell(asks: Asks | Unknown, read: Mapping[str, Members] = NOBODY_READ) -> str:
    """Who may ask, in a cell."""
    if isinstance(asks, Unknown):
        return called(asks)
    if asks.everybody:
        return "everybody"
    return "; ".join(counted_group(one, read) for one in asks.groups) or "nobody"


def decides_cell(row: Row, read: Mapping[str, Members] = NOBODY_READ) -> str:
    """Who decides, in a cell: stages in their order."""
    if isinstance(row.decides, Unknown):
        return called(row.decides)
    more = [] if row.decides_complete else ["stages that the API does not show"]
    stages = [_stage_cell(stage, read) for stage in row.decides]
    return ", then ".join([*stages, *more]) or "nobody"


def _stage_cell(stage: Stage, read: Mapping[str, Members]) -> str:
    people = [counted_group(one, read) for one in (*stage.groups, *stage.users)]
    return " or ".join([*(["the manager"] if stage.manager else []), *people])


def durations_cell(durations: Durations | Unknown) -> str:
    """The durations to choose from, in a cell."""
    if isinstance(durations, Unknown):
        return called(durations)
    return "; ".join(printable(label) for label in durations.labels) or ENDLESS


def people_cell(people: Admins) -> str:
    """Admins in a cell."""
    return "; ".join(called(one) for one in (*people.groups, *people.users)) or "nobody"


def rule_words(rule: Rule) -> str:
    """A pre-approval rule in a cell."""
    return f"{for_whom(rule)} {lasts(rule.lasts)} ({shorten(rule.why)})"


def for_whom(rule: Rule) -> str:
    """For whom a pre-approval rule is, in a sentence."""
    groups = [called(one) for one in rule.groups]
    members = [f"members of {listed(groups)}"] if groups else []
    of = [
        called(one) if isinstance(one, Unknown) else f"{one.attribute} {one.value}"
        for one in rule.attributes
    ]
    attributes = [f"people whose {listed([f'attribute {text}' for text in of])}"] if of else []
    webhooks = [called(one) for one in rule.webhooks]
    by = [f"people whom {listed(webhooks)} lets through"] if webhooks else []
    return " and ".join([*members, *attributes, *by]) or EVERYBODY_ASSUMED


def people_of(
    groups: Iterable[Group | Unknown],
    users: Iterable[User | Unknown],
    read: Mapping[str, Members],
) -> list[User] | None:
    """All people of some groups and users; None where that is unknown."""
    found: dict[str, User] = {}
    for user in users:
        if isinstance(user, Unknown):
            return None
        found[user.id] = user
    for group in groups:
        members = None if isinstance(group, Unknown) else read.get(group.id)
        if members is None or not members.with_people:
            return None
        found |= {one.id: one for one in members.people}
    return list(found.values())
