"""Reads Lumos's answers into the model. Fields that an answer leaves out stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from pulumi_lumos.api.errors import UnexpectedAnswer
from pulumi_lumos.api.paging import identified
from pulumi_lumos.lengths import UNLIMITED, seconds_of

from .errors import NotKnown
from .model import AccessRequest, App, AtOnce, Comment, Group, Permission, Person, Step, Task

Values = Mapping[str, Any]


def read_person(user: Any) -> Person | None:
    """Read a person; return None where there is none."""
    if not isinstance(user, Mapping) or not user.get("id"):
        return None
    names = [str(user.get(key) or "") for key in ("given_name", "family_name")]
    email = str(user.get("email") or "")
    name = " ".join(filter(None, names)) or email or str(user["id"])
    return Person(str(user["id"]), email, name, str(user.get("status") or ""))


def one_with_address(users: Iterable[Any], email: str) -> Person:
    """The one person with an email address. Raises NotKnown where there is not exactly one."""
    people = {one.id: one for one in map(read_person, users) if one}
    same = [one for one in people.values() if one.email.casefold() == email.casefold()]
    if len(same) != 1:
        count = len(same) or "no"
        raise NotKnown(
            f"Lumos knows {count} people with the address {email!r}. Give that of one person."
        )
    return same[0]


def read_people(members: Any) -> tuple[Person, ...]:
    """Read the people of approvers, admins or assignees, by name."""
    found = (read_person(one) for one in _list(members, "users"))
    return tuple(sorted(filter(None, found), key=lambda one: (one.name, one.id)))


def read_groups(members: Any) -> tuple[Group, ...]:
    """Read the groups of approvers, admins or assignees, by name."""
    found = [_group(one) for one in _list(members, "groups")]
    return tuple(sorted((one for one in found if one), key=lambda one: (one.name, one.id)))


def _group(group: Any) -> Group | None:
    if not isinstance(group, Mapping) or not group.get("id"):
        return None
    return Group(str(group["id"]), str(group.get("name") or group["id"]))


def _list(values: Any, name: str) -> list[Any]:
    # The document declares an empty list as the default of a field that holds an object.
    found = values.get(name) if isinstance(values, Mapping) else None
    return found if isinstance(found, list) else []


def read_app(app: Values) -> App:
    """Read an app of the AppStore."""
    return App(
        id=str(app["id"]),
        name=str(app.get("user_friendly_label") or app["id"]),
        description=str(app.get("description") or ""),
        category=str(app.get("category") or ""),
        takes_several=bool(app.get("allow_multiple_permission_selection")),
    )


def read_steps(manager: Any, *stages: Any) -> tuple[Step, ...]:
    """Read the approvals in their order; a stage without approvers is skipped (Lumos help center).

    `manager` is an app's `require_manager_approval` or a permission's `manager_approval`.
    """
    found = [Step(is_manager=True)] if manager in (True, "INITIAL_APPROVAL") else []
    for stage in stages:
        step = Step(people=read_people(stage), groups=read_groups(stage))
        if step.people or step.groups:
            found.append(step)
    return tuple(found)


def read_lengths(labels: Any) -> tuple[str, ...]:
    """Read the lengths that are offered, shortest first; no list means access without end."""
    found = [str(label) for label in labels or ()] or [UNLIMITED]
    return tuple(sorted(found, key=_order))


def _order(label: str) -> float:
    return seconds_of(label) or float("inf")


def read_permission(permission: Values, rules: Iterable[Values] = ()) -> Permission:
    """Read a permission with everything that it inherits of its app, and the app's rules."""
    config = part(permission, "request_config")
    approval = part(config, "request_approval_config")
    fulfillment = part(config, "request_fulfillment_config")
    stages = (approval.get("approvers"), approval.get("approvers_stage_2"))
    return Permission(
        id=str(permission["id"]),
        label=str(permission.get("label") or permission["id"]),
        steps=read_steps(approval.get("manager_approval"), *stages),
        lengths=read_lengths(fulfillment.get("time_based_access")),
        group=_group(fulfillment.get("provisioning_group")),
        is_whole=approval.get("response_describes_entire_approval_workflow") is not False,
        at_once=rules_for(permission.get("id"), rules),
    )


def rules_for(permission_id: Any, rules: Iterable[Values]) -> tuple[AtOnce, ...]:
    """The rules that cover a permission; one that names none covers all, and the app itself."""
    found = []
    for rule in rules:
        named = [one.get("id") for one in rule.get("preapproved_permissions") or []]
        if not named or permission_id in named:
            found.append(read_rule(rule))
    return tuple(found)


def read_rule(rule: Values) -> AtOnce:
    """Read a pre-approval rule, without the permissions that it covers."""
    attributes = rule.get("preapproved_users_by_attribute") or []
    return AtOnce(
        groups=read_groups({"groups": rule.get("preapproved_groups")}),
        attributes=tuple(f"{one.get('attribute')} is {one.get('value')}" for one in attributes),
        lengths=tuple(sorted(rule.get("time_based_access") or (), key=_order)),
        is_checked=bool(rule.get("preapproval_webhooks")),
    )


def part(values: Values, name: str) -> Values:
    """An object within another one; empty where it is missing."""
    found = values.get(name)
    return found if isinstance(found, Mapping) else {}


def allowed_groups(config: Values) -> frozenset[str] | None:
    """The ids of the groups that may ask; None where everybody may (API document)."""
    allowed = part(config, "allowed_groups")
    if allowed.get("type") != "SPECIFIED_GROUPS":
        return None
    return frozenset(group.id for group in read_groups(allowed))


def read_request(request: Values) -> AccessRequest:
    """Read a request without its tasks."""
    permissions = request.get("requestable_permissions") or []
    notes = request.get("notes") or {}
    return AccessRequest(
        id=str(request["id"]),
        app_id=str(request.get("app_id") or ""),
        app_name=str(request.get("app_name") or ""),
        status=str(request.get("status") or ""),
        labels=tuple(sorted(str(one.get("label") or one.get("id")) for one in permissions)),
        permission_ids=tuple(sorted(str(one.get("id")) for one in permissions)),
        requester=_required_person(request, "requester_user"),
        target=_required_person(request, "target_user"),
        decided_by=read_person(request.get("supporter_user")),
        notes={status: str(text) for status, text in notes.items() if text},
        requested_at=read_time(request.get("requested_at")),
        ends_at=read_time(request.get("expires_at")),
        lasts_seconds=request.get("expiration_in_seconds"),
    )


def read_requests(path: str, answer: Any) -> list[AccessRequest]:
    """Read the requests of a list."""
    if not isinstance(answer, list):
        raise UnexpectedAnswer("POST", path, 201, "no list of requests", in_doubt=True)
    return [read_request(one) for one in identified(path, answer)]


def _required_person(request: Values, name: str) -> Person:
    return read_person(request.get(name)) or Person("", "", "somebody")


def read_task(task: Values) -> Task:
    """Read a task, with assignees and comments where the answer has them."""
    assignees = [one for one in task.get("assignees") or [] if isinstance(one, Mapping)]
    users = [{**one, "given_name": one.get("name")} for one in assignees if _is_user(one)]
    groups = [one for one in assignees if not _is_user(one)]
    return Task(
        id=str(task["id"]),
        category=str(task.get("task_category") or ""),
        status=str(task.get("status") or ""),
        description=str(task.get("description") or ""),
        instructions=str(task.get("instructions") or ""),
        request_id=str(task.get("access_request_id") or ""),
        people=read_people({"users": users}),
        groups=read_groups({"groups": groups}),
        comments=tuple(_comments(task.get("comments") or [])),
        resolved_by=read_person(task.get("resolved_by")),
        target=read_person(task.get("target_user")),
    )


def _is_user(assignee: Values) -> bool:
    return bool(assignee.get("type") == "USER")


def _comments(comments: Iterable[Any]) -> Iterable[Comment]:
    for one in comments:
        by, at = read_person(one.get("created_by")), read_time(one.get("created_at"))
        yield Comment(str(one.get("body") or ""), by, at)


def read_time(text: Any) -> datetime | None:
    """Read a time in UTC: Lumos leaves the zone out. None for a text that is no time."""
    try:
        found = datetime.fromisoformat(str(text or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(timezone.utc) if found.tzinfo else found.replace(tzinfo=timezone.utc)
