"""Tenants as people might have made them: any value of any declared field that Lumos takes."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import httpx
from hypothesis import Phase, settings
from hypothesis import strategies as st
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.fields import Marks
from pulumi_lumos.declare.spec import Json, ListOf, Reference, ShapeSpec, TypeSpec
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.export.tenant import exported_kinds
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle

from ..convergence.values import CONDITIONS
from ..drivers.tenant import Tenant
from ..kinds import FACTS
from ..patience import PATIENCE_SECONDS, wait_until

EXAMPLES = int(os.environ.get("EXPORTED_TENANTS", "3"))
"""How many tenants are tried; each takes a second or two."""
some_tenants = settings(max_examples=EXAMPLES, phases=[Phase.generate])

Values = dict[str, Any]
Leaf = tuple[tuple[str, ...], Any]

TEXTS = [
    "",
    "Plain",
    "https://intranet.acme.example/ask",
    "2 hours",
    "7 days",
    'She said "yes", it\'s fine \\ {braces} %s',
    "two\nlines\tand a tab",
    "\x1b[2J\x7f\u202e\u2028\x9b[red]steers[/red]",
    "Größe 漢字 🦊",
    '""" """',
    "a text that is too long for any line of a program, " * 3,
]
APPS = [
    seed_ids.SLACK_APP_ID,
    seed_ids.SALESFORCE_APP_ID,
    seed_ids.GITHUB_APP_ID,
    seed_ids.OKTA_APP_ID,
]
texts = st.sampled_from(TEXTS) | st.text(max_size=12)
REFERENCES = {
    "/apps": [{"id": id} for id in APPS],
    "/groups": [{"id": one.id, "app_id": one.app_id} for one in seed_ids.GROUPS.values()],
    "/users": [{"id": one.id} for one in seed_ids.USERS.values()],
    "/appstore/requestable_permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}],
}


def value(spec: TypeSpec, marks: Marks) -> st.SearchStrategy[Any]:
    """Any value of a declared type; references are to objects of the demo company."""
    if isinstance(spec, ListOf):
        return st.lists(value(spec.item, marks), max_size=3, unique_by=repr)
    if isinstance(spec, Reference) and spec.refers_to:
        if spec.refers_to.path == "/inline_webhooks":
            return st.just({"id": seed_ids.WEBHOOK_IDS[marks.hook_type]})
        return st.sampled_from(REFERENCES[spec.refers_to.path])
    if isinstance(spec, ShapeSpec):
        fields = {name: value(one.type, one.marks) for name, one in spec.fields.items()}
        return st.fixed_dictionaries(fields)
    if isinstance(spec, Json):
        return st.sampled_from(CONDITIONS)
    if get_origin(spec.annotation) is Literal:
        return st.sampled_from(get_args(spec.annotation))
    return st.booleans() if spec.annotation is bool else texts


def leaves(shape: ShapeSpec, above: tuple[str, ...] = ()) -> list[st.SearchStrategy[Leaf]]:
    """One strategy for each field that is no mere group of others."""
    found: list[st.SearchStrategy[Leaf]] = []
    for name, field in shape.fields.items():
        at = (*above, name)
        if field.marks.option:
            continue
        if field.group:
            found += leaves(field.group, at)
        else:
            found.append(st.tuples(st.just(at), value(field.type, field.marks)))
    return found


def objects(
    lifecycle: ObjectLifecycle,
) -> st.SearchStrategy[tuple[ObjectLifecycle, Values, list[Leaf]]]:
    """An object: what it is made with, and the fields that are set afterwards, one by one."""
    if not FACTS[lifecycle.spec.name].belongs_to_an_app:
        return objects_of_no_app(lifecycle)
    key = [name for name in lifecycle.spec.key if name != "app_id"]
    names = st.fixed_dictionaries({name: texts for name in key})
    made = st.builds(
        lambda app_id, named: {"app_id": app_id, **named}, st.sampled_from(APPS), names
    )
    changes = [one for one in leaves(lifecycle.spec.shape)]
    return st.tuples(
        st.just(lifecycle),
        made,
        st.lists(st.one_of(changes), max_size=12, unique_by=lambda leaf: leaf[0]),
    )


def objects_of_no_app(
    lifecycle: ObjectLifecycle,
) -> st.SearchStrategy[tuple[ObjectLifecycle, Values, list[Leaf]]]:
    """An object that names its apps; one for some people is for everyone until a change."""
    fields = {n: one for n, one in lifecycle.spec.fields.items() if not one.marks.option}
    made = {n: value(one.type, one.marks) for n, one in fields.items() if one.required}
    made["apps"] = _apps(fields["apps"].type)
    if EVERYONE in fields:
        made[EVERYONE] = st.booleans()
    changes = [
        st.tuples(st.just((name,)), value(field.type, field.marks))
        for name, field in fields.items()
        if name not in ("apps", EVERYONE)
    ]
    return st.tuples(
        st.just(lifecycle),
        st.fixed_dictionaries(made).flatmap(_audience),
        st.lists(st.one_of(changes), max_size=4, unique_by=lambda leaf: leaf[0]),
    )


EVERYONE = "is_everyone_condition"


def _apps(spec: TypeSpec) -> st.SearchStrategy[list[Values]]:
    """Some apps, each once, with any flags that the list has beside them."""
    assert isinstance(spec, ListOf) and isinstance(spec.item, ShapeSpec)
    beside = spec.item.fields.items()
    flags = {n: st.booleans() for n, one in beside if getattr(one.type, "annotation", 0) is bool}
    apps = [st.fixed_dictionaries({"id": st.just(id)}, optional=flags) for id in APPS]
    return st.lists(st.one_of(apps), min_size=1, max_size=3, unique_by=lambda app: str(app["id"]))


def _audience(given: Values) -> st.SearchStrategy[Values]:
    if given.get(EVERYONE, True):
        return st.just(given)
    return st.sampled_from(CONDITIONS).map(lambda one: {**given, "access_condition": one})


INTEGRATIONS: list[Values] = [
    {
        "name": "Okta of the subsidiary",
        "app_class_id": "okta.com",
        "auth": {"api_key": "k"},
        "settings": {"app_instance_identifier": "subsidiary.okta.com"},
    },
    {"app_class_id": "github.com", "auth": {"api_key": "k"}, "description": "Ours."},
    {"name": "Chat", "app_class_id": "slack.com", "auth": {}},
]
tenants = st.fixed_dictionaries(
    {
        "integrations": st.lists(st.sampled_from(INTEGRATIONS), max_size=2, unique_by=repr),
        "objects": st.lists(
            st.one_of([objects(lifecycle) for lifecycle in exported_kinds()]), max_size=7
        ),
        "app_names": st.lists(texts, max_size=2),
        "describes_entire_workflow": st.booleans(),
    }
)


def fill(tenant: Tenant, drawn: Values) -> None:
    """Make what was drawn; what Lumos refuses is left out."""
    tenant.switch(describes_entire_workflow=drawn["describes_entire_workflow"])
    headers = {"Authorization": f"Bearer {tenant.token}"}
    with httpx.Client(base_url=tenant.url, headers=headers, timeout=PATIENCE_SECONDS) as http:
        for name in drawn["app_names"]:
            app = {"name": name, "category": "Other", "description": "Made by a test."}
            _answer(http, "POST", "/apps", app)
        for app in drawn["integrations"]:
            _answer(http, "POST", "/apps", app)
        wait_until(lambda: not _syncs(tenant), "the syncs end")
        for lifecycle, made, changes in drawn["objects"]:
            _make(http, lifecycle, made, changes)
    tenant.switch(shuffle=True)


def _syncs(tenant: Tenant) -> bool:
    """Whether an app is syncing."""
    return any(app["sync_status"] == "SYNCING" for app in tenant.state()["apps"].values())


def _make(
    http: httpx.Client, lifecycle: ObjectLifecycle, made: Values, changes: list[Leaf]
) -> None:
    endpoints = lifecycle.spec.endpoints
    only_made = [_nested(at, one) for at, one in changes if at[-1] == "provisioning_group"]
    body = {**made, **(only_made[0] if only_made else {})}
    answer = _answer(http, endpoints.create.method, endpoints.create.path, body)
    if answer is None:
        return
    id = answer["id"] if "id" in answer else made["app_id"]
    is_whole = endpoints.update.method == "PUT"
    required = {
        name: made[name]
        for name, one in lifecycle.spec.fields.items()
        if one.marks.required_by_patch or (is_whole and name in made)
    }
    for at, one in changes:
        path = endpoints.update.path.replace("{id}", id)
        _answer(http, endpoints.update.method, path, {**required, **_nested(at, one)})


def _answer(http: httpx.Client, method: str, path: str, body: Values) -> Any:
    response = http.request(method, path, json=body)
    assert response.status_code < 500, response.text
    return response.json() if response.is_success else None


def _nested(at: tuple[str, ...], one: Any) -> Values:
    for step in reversed(at):
        one = {step: one}
    nested: Values = one
    return nested


@contextmanager
def opened(emulator: EmulatorProcess) -> Iterator[tuple[Tenant, LumosClient, Path]]:
    """A tenant that no other example uses, and a folder for its program."""
    tenant = Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")
    client = LumosClient(Settings(tenant.token, tenant.url))
    with closing(tenant), closing(client), tempfile.TemporaryDirectory() as folder:
        yield tenant, client, Path(folder) / "program"
