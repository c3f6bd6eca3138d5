"""Reads the parts of a row from Lumos's answers; every list has a fixed order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pulumi_lumos.errors import LumosError

from .lengths import durations
from .model import (
    Admins,
    Asks,
    Attribute,
    Durations,
    Given,
    Group,
    Into,
    Rule,
    Stage,
    Unknown,
    User,
    Webhook,
)

T = TypeVar("T")
Values = Mapping[str, Any]


class NotUnderstood(LumosError):
    """Lumos has answered something that cannot be a part of a row; the text says what."""


def asks_of(allowed: Any) -> Asks | Unknown:
    """Who may ask (`allowed_groups`); without any setting everybody may (API document)."""
    if isinstance(allowed, Unknown):
        return allowed
    kind = (allowed or {}).get("type") or "ALL_GROUPS"
    if isinstance(kind, Unknown):
        return kind
    if kind == "ALL_GROUPS":
        return Asks(everybody=True)
    listed = allowed.get("groups")
    return listed if isinstance(listed, Unknown) else Asks(False, many(group_of, listed))


def stages_of(manager: Any, *stages: Any) -> tuple[Stage, ...] | Unknown:
    """Who decides, stage by stage; a stage without approvers is skipped (Lumos help).

    `manager` is an app's `require_manager_approval` or a permission's `manager_approval`.
    """
    found = [Stage(manager=True)] if manager in (True, "INITIAL_APPROVAL") else []
    for stage in stages:
        people = admins_of(stage)
        if isinstance(people, Unknown):
            return people
        if people.groups or people.users:
            found.append(Stage(groups=people.groups, users=people.users))
    return manager if isinstance(manager, Unknown) else tuple(found)


def admins_of(people: Any) -> Admins | Unknown:
    """Groups and users; the document gives the object an empty list as its default."""
    if isinstance(people, Unknown):
        return people
    given = people if isinstance(people, Mapping) else {}
    groups, users = given.get("groups"), given.get("users")
    for listed in (groups, users):
        if isinstance(listed, Unknown):
            return listed
    return Admins(groups=many(group_of, groups), users=many(user_of, users))


def durations_of(labels: Any) -> Durations | Unknown:
    """The durations of a list of labels."""
    if isinstance(labels, Unknown):
        return labels
    given = labels or ()
    if not isinstance(given, (list, tuple)):
        raise NotUnderstood("durations that are not a list")
    unknown = [label for label in given if isinstance(label, Unknown)]
    if not all(isinstance(label, (str, Unknown)) for label in given):
        raise NotUnderstood("a duration that is not a text")
    return unknown[0] if unknown else durations(given)


def into_of(config: Values) -> Into | Unknown:
    """What a grant does (`request_fulfillment_config`, or an app's `provisioning`)."""
    if isinstance(config, Unknown):
        return config
    group, webhook = config.get("provisioning_group"), config.get("provisioning_webhook")
    manual = config.get("manual_steps_needed")
    return Into(
        manual_steps=manual is True,
        group=group_of(group) if group else None,
        webhook=webhook_of(webhook) if webhook else None,
    )


def rule_of(rule: Values) -> Rule:
    """A pre-approval rule."""
    pointers = rule.get("preapproved_permissions") or ()
    return Rule(
        id=str(rule["id"]),
        why=str(rule.get("justification") or ""),
        groups=many(group_of, rule.get("preapproved_groups")),
        attributes=many(_attribute_of, rule.get("preapproved_users_by_attribute")),
        webhooks=many(webhook_of, rule.get("preapproval_webhooks")),
        lasts=durations_of(rule.get("time_based_access")),
        permissions=many(_id_of, pointers),
    )


def given_of(policy: Values, app: Values) -> Given:
    """What an access policy says of one app that it gives."""
    condition = json.dumps(policy.get("access_condition") or {}, sort_keys=True, default=str)
    return Given(
        id=str(policy["id"]),
        name=str(policy.get("name") or policy["id"]),
        everybody=bool(policy.get("is_everyone_condition")),
        approved=bool(app.get("is_preapproved")),
        condition=hashlib.sha256(condition.encode()).hexdigest()[:16],
    )


def group_of(group: Any) -> Group | Unknown:
    """A group that an answer names."""
    if isinstance(group, Unknown):
        return group
    names = _object(group, "a group")
    id = names.get("id") or _id_in(names, "a group", "integration_specific_id")
    if isinstance(id, Unknown):
        return id
    app_id = group.get("app_id") or ""
    owner = app_id if isinstance(app_id, str) else ""
    return Group(str(id), str(group.get("name") or id), owner)


def user_of(user: Any) -> User | Unknown:
    """A person that an answer names."""
    if isinstance(user, Unknown):
        return user
    id = _id_in(user, "a person")
    if isinstance(id, Unknown):
        return id
    email, status = str(user.get("email") or id), str(user.get("status") or "UNKNOWN")
    names = user.get("given_name"), user.get("family_name")
    return User(str(id), email, status, *names)


def webhook_of(webhook: Any) -> Webhook | Unknown:
    """A webhook that an answer names."""
    if isinstance(webhook, Unknown):
        return webhook
    id = _id_in(webhook, "a webhook")
    return id if isinstance(id, Unknown) else Webhook(str(id), str(webhook.get("name") or id))


def _object(value: Any, what: str) -> Values:
    if not isinstance(value, Mapping):
        raise NotUnderstood(f"{what} that is not an object")
    return value


def _id_in(value: Any, what: str, name: str = "id") -> Any:
    found = _object(value, what).get(name)
    if not found:
        raise NotUnderstood(f"{what} without an id")
    return found


def optional_webhook(webhook: Any) -> Webhook | Unknown | None:
    """A webhook where there may be none."""
    return webhook_of(webhook) if webhook else None


def many(read: Callable[[Any], T], items: Any) -> tuple[T, ...]:
    """The items of a list, each once, by name and then by id."""
    listed: Iterable[Any] = (items,) if isinstance(items, Unknown) else items or ()
    if not isinstance(listed, (list, tuple)):
        raise NotUnderstood("an object in place of a list")
    return tuple(sorted(dict.fromkeys(read(item) for item in listed), key=in_order))


def in_order(item: Any) -> tuple[str, ...]:
    """The sort key of a list's items: the text that people read, then the id."""
    if isinstance(item, Unknown):
        return ("\U0010ffff", item.unknown)
    name = getattr(item, "name", None) or getattr(item, "email", None) or str(item)
    return (str(name).casefold(), str(getattr(item, "id", item)))


def _attribute_of(attribute: Any) -> Attribute | Unknown:
    if isinstance(attribute, Unknown):
        return attribute
    given = _object(attribute, "an attribute")
    return Attribute(str(given.get("attribute")), str(given.get("value")))


def _id_of(pointer: Any) -> str | Unknown:
    if isinstance(pointer, Unknown):
        return pointer
    id = _id_in(pointer, "a permission")
    return id if isinstance(id, Unknown) else str(id)
