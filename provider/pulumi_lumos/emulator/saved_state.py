"""A tenant's state from a file: a seed made by hand, or what an earlier emulator saved.

A file may leave out what nobody has configured. It must not point at objects that are missing:
the error comes before the first request, not in the middle of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from . import apps, permissions, rules, syncing
from .clock import Clock
from .copies import copy_of
from .references import (
    PERMISSION_REFERENCES,
    RULE_REFERENCES,
    SETTINGS_REFERENCES,
    Reference,
    places,
)
from .requests import records, tasks
from .state import COLLECTIONS, Record, Tenant


def _blank_user(_given: Record) -> Record:
    names: Record = dict.fromkeys(("email", "given_name", "family_name"))
    return {**names, "status": "ACTIVE", "custom_attributes": {}, "roles": []}


def _blank_group(given: Record) -> Record:
    source = {"source_app_id": given["app_id"], "integration_specific_id": given.get("id")}
    return {**source, "description": "", "group_lifecycle": "SYNCED", "member_ids": []}


def _blank_task(given: Record) -> Record:
    category = tasks.CATEGORIES.get(given["task_category"])
    task_type = category.task_type if category else ""
    updated = {"task_type": task_type, "updated_at": given["created_at"]}
    return {**records.blank_task(), **updated}


def _blank_account(_given: Record) -> Record:
    return {"account_type": "USER", "email": None, "sources": ["LUMOS_INTEGRATION"]}


class Saved(NamedTuple):
    """What a file may leave out of the objects of a collection."""

    needed: tuple[str, ...] = ()
    """The fields that a file must give, because they have no default."""
    blank: Callable[[Record], Record] = lambda _given: {}
    """An object as nobody has configured it, made for the fields that are given."""


SAVED: dict[str, Saved] = {
    "users": Saved(blank=_blank_user),
    "apps": Saved(("user_friendly_label",), lambda _given: apps.new("", "")),
    "groups": Saved(("app_id", "name"), _blank_group),
    "inline_webhooks": Saved(("hook_type", "name"), lambda _given: {"description": None}),
    "permissions": Saved(("app_id", "label"), lambda _given: permissions.new({"id": ""}, "")),
    "pre_approval_rules": Saved(("app_id", "justification"), lambda _given: rules.blank()),
    "access_policies": Saved(("name", "business_justification", "apps")),
    "access_requests": Saved(
        ("app_id", "app_name", "requester_user", "target_user", "status"), records.blank_request
    ),
    "tasks": Saved(
        ("task_category", "app_id", "target_user", "created_at", "access_request_id"), _blank_task
    ),
    "accounts": Saved(("app_id", "user_id", "status", "unique_identifier"), _blank_account),
}
"""By the name of a collection; the others of `COLLECTIONS` are saved as they are."""


def complete(data: Any) -> dict[str, Any]:
    """The whole state that a file describes; ValueError names the first thing wrong with it."""
    if not isinstance(data, dict) or not isinstance(data.get("users"), dict):
        raise ValueError("it must be a JSON object that has an object of users")
    if data.get("current_user_id") not in data["users"]:
        raise ValueError("current_user_id is not the id of one of its users")
    _check_clock(data.get("clock", {}))
    state = {**data, **{name: _collection(name, data.get(name, {})) for name in COLLECTIONS}}
    for problem in (*_dangling(state), *_dangling_in_requests(state)):
        raise ValueError(problem)
    _add_missing_source_groups(state, data.get("apps", {}))
    tenant = Tenant(state)
    syncing.finish_interrupted(tenant)
    return tenant.export()


def _check_clock(saved: Any) -> None:
    if not isinstance(saved, dict):
        raise ValueError("its clock is not an object")
    try:
        Clock(saved)
    except (TypeError, ValueError) as error:
        raise ValueError(f"its clock cannot be read: {error}") from None


def _collection(name: str, given: Any) -> dict[str, Record]:
    if not isinstance(given, dict):
        raise ValueError(f"{name} is not an object that holds objects by their ids")
    return {key: _record(name, key, record) for key, record in given.items()}


def _record(collection: str, key: str, given: Any) -> Record:
    at = f"{collection}.{key}"
    if not isinstance(given, dict):
        raise ValueError(f"{at} is not an object")
    saved = SAVED.get(collection, Saved())
    for field in saved.needed:
        if given.get(field) is None:
            raise ValueError(f"{at} has no {field}")
    return _filled(saved.blank(given), {**given, "id": key}, at)


def _filled(blank: Record, given: Record, at: str) -> Record:
    """The given fields, and those of `blank` where they are left out."""
    whole = {**copy_of(blank), **given}
    for key in blank.keys() & given.keys():
        value, here = given[key], f"{at}.{key}"
        for kind, words in ((dict, "an object"), (list, "a list")):
            if isinstance(blank[key], kind) and not isinstance(value, kind):
                raise ValueError(f"{here} is not {words}")
        if isinstance(blank[key], dict):
            whole[key] = _filled(blank[key], value, here)
    return whole


def _dangling(state: Record) -> Iterator[str]:
    """Every pointer that leads nowhere, in words."""
    for name in ("groups", "permissions", "pre_approval_rules"):
        for key, record in state[name].items():
            if record["app_id"] not in state["apps"]:
                yield f"{name}.{key}.app_id: there is no app {record['app_id']}"
    for at, record, references in _pointing(state):
        for reference, parent, field in places(record, references):
            for collection, key in _pointers(reference, parent[field]):
                if key not in state[collection]:
                    where = ".".join((at, *reference.path))
                    yield f"{where}: {key} is not one of {collection}"


def _dangling_in_requests(state: Record) -> Iterator[str]:
    """Every pointer of a request or a task that leads nowhere, in words."""
    for key, request in state["access_requests"].items():
        for field in ("requester_user", "target_user"):
            if _id(request[field]) not in state["users"]:
                yield f"access_requests.{key}.{field}: {_id(request[field])} is not one of users"
    for key, task in state["tasks"].items():
        if task["access_request_id"] not in state["access_requests"]:
            yield f"tasks.{key}: there is no access request {task['access_request_id']}"
        if task["task_category"] not in tasks.CATEGORIES:
            yield f"tasks.{key}.task_category: must be one of {', '.join(tasks.CATEGORIES)}"


def _pointing(state: Record) -> Iterator[tuple[str, Record, tuple[Reference, ...]]]:
    for key, app in state["apps"].items():
        yield f"apps.{key}.settings", app["settings"], SETTINGS_REFERENCES
    for key, permission in state["permissions"].items():
        at = f"permissions.{key}.request_config"
        yield at, permission["request_config"], PERMISSION_REFERENCES
    for key, rule in state["pre_approval_rules"].items():
        yield f"pre_approval_rules.{key}", rule, RULE_REFERENCES


def _pointers(reference: Reference, value: Any) -> Iterator[tuple[str, Any]]:
    """The collection and the id of everything that one place points at."""
    if reference.kind == "members":
        for collection in ("groups", "users"):
            for item in value.get(collection, ()):
                yield collection, _id(item)
        return
    word = reference.kind.removesuffix("s")
    collection = {"webhook": "inline_webhooks"}.get(word, f"{word}s")
    for item in value if isinstance(value, list) else [value]:
        yield collection, _id(item)


def _id(pointer: Any) -> Any:
    return pointer.get("id") if isinstance(pointer, dict) else pointer


def _add_missing_source_groups(state: Record, given: Record) -> None:
    """Give an app's third party the groups that Lumos has, where the file names none.

    Else the next sync would remove them all from Lumos.
    """
    for group in state["groups"].values():
        app = state["apps"][group["app_id"]]
        if "source_groups" not in given[app["id"]] and group["group_lifecycle"] == "SYNCED":
            source = {name: group[name] for name in ("name", "description", "member_ids")}
            app["source_groups"][group["integration_specific_id"]] = copy_of(source)
