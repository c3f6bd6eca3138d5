"""Who gets what by a pre-approval rule, and for how long. Pure.

A rule without people (no group and no attribute) is for everyone unless switch rule_without_people
says otherwise: in a test of a policy a false alarm is better than false safety. A rule's webhooks
count too, but only once everything here holds; `asking` calls them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_lumos.emulator.state import Record


@dataclass(frozen=True)
class Receiver:
    """The person who is to get access: the groups they are in, and their attributes' values."""

    groups: frozenset[str]
    attributes: Mapping[str, object]


def covers(
    rule: Record,
    receiver: Receiver,
    *,
    permission_id: str | None,
    length: str | None,
    without_people: str,
) -> bool:
    """Whether a rule lets somebody have one permission, or the app as a whole, for a length.

    An empty list of a rule does not limit it. `length` is the label asked for, None where
    no label stands for the seconds. `without_people` is the switch rule_without_people.
    """
    permissions = [pointer["id"] for pointer in rule["preapproved_permissions"]]
    if permissions and permission_id not in permissions:
        return False
    if rule["time_based_access"] and length not in rule["time_based_access"]:
        return False
    return _is_for(rule, receiver, without_people)


def _is_for(rule: Record, receiver: Receiver, without_people: str) -> bool:
    """Whether somebody is in one of the groups and has every attribute."""
    groups = {pointer["id"] for pointer in rule["preapproved_groups"]}
    attributes = rule["preapproved_users_by_attribute"]
    if not groups and not attributes:
        return without_people == "everyone"
    return (not groups or bool(groups & receiver.groups)) and all(
        receiver.attributes.get(desired["attribute"]) == desired["value"] for desired in attributes
    )
