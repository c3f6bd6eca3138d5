"""Integrations and custom apps, through the real dynamic host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.forked_host import ForkedHost
from ..drivers.tenant import Tenant
from ..kinds import Values, samples
from .conftest import settings_for

KIND = "App"
SECRET = "a-key-that-nobody-may-read"
WIKI = samples(KIND)[0]


def okta(**given: Any) -> Values:
    """An integration with credentials."""
    return {
        "name": "Okta of the subsidiary",
        "app_class_id": "okta.com",
        "auth": {"api_key": SECRET},
        "settings": {"app_instance_identifier": "subsidiary.okta.com"},
        **given,
    }


def sent(tenant: Tenant, method: str) -> list[Values]:
    """The bodies of all requests of a method."""
    return [
        body if isinstance(body, dict) else json.loads(body)
        for body in (one["body"] for one in tenant.requests(method))
    ]


def await_sync(tenant: Tenant, id: str) -> None:
    while tenant.app(id)["sync_status"] == "SYNCING":
        pass


def test_an_integration_is_connected_and_has_its_name(tenant: Tenant, host: DynamicHost) -> None:
    id, state = host.create(KIND, okta(category="Other"))
    live = tenant.app(id)
    assert (live["user_friendly_label"], live["category"]) == ("Okta of the subsidiary", "Other")
    assert live["instance_id"] == "subsidiary.okta.com"
    assert state["auth"] == {"api_key": SECRET}
    assert SECRET not in json.dumps({name: state[name] for name in state if name != "auth"})
    _, seen, inputs = host.read(KIND, id, state)
    assert inputs == okta(category="Other")
    assert seen == state


def test_credentials_are_sent_only_when_the_program_changes_them(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, okta())
    await_sync(tenant, id)
    tenant.forget_requests()
    state = next_run.update(KIND, id, state, okta(description="Who signs in."))
    assert sent(tenant, "PUT") == []
    assert sent(tenant, "PATCH") == [{"description": "Who signs in."}]
    tenant.forget_requests()
    rotated = okta(description="Who signs in.", auth={"api_key": "another"})
    assert next_run.diff(KIND, id, state, rotated).changes
    state = next_run.update(KIND, id, state, rotated)
    (body,) = sent(tenant, "PUT")
    assert body == {name: rotated[name] for name in ("app_class_id", "auth", "settings")}
    tenant.forget_requests()
    less = {name: rotated[name] for name in rotated if name not in ("auth", "settings")}
    state = next_run.update(KIND, id, state, less)
    assert "auth" not in state
    assert tenant.requests("PUT", "PATCH") == []


def test_a_sync_in_flight_is_waited_for(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    # Long enough that a slow machine sends the PUT while the sync lasts.
    tenant.switch(sync_seconds=5)
    id, state = host.create(KIND, okta())
    assert tenant.app(id)["sync_status"] == "SYNCING"
    tenant.forget_requests()
    next_run.update(KIND, id, state, okta(auth={"api_key": "another"}))
    assert len(tenant.requests("PUT")) > 1
    assert tenant.app(id)["disconnected"] is False


def test_an_app_that_is_disconnected_counts_as_gone_and_is_connected_again(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, okta())
    tenant.add_permission(id, "Admin")
    await_sync(tenant, id)
    tenant.disconnect(id)
    assert tenant.app(id)["disconnected"] is True
    assert next_run.read(KIND, id, state) == ("", {}, {})
    assert next_run.check(KIND, {}, okta()).failures == {}
    tenant.forget_requests()
    again, _ = next_run.create(KIND, okta())
    assert again == id
    assert tenant.requests("POST") == []
    assert tenant.app(id)["disconnected"] is False


def test_a_custom_app_that_is_still_named_stays_disconnected(
    tenant: Tenant, host: DynamicHost
) -> None:
    id, state = host.create(KIND, WIKI)
    assert tenant.app(id)["instance_id"] == "custom_app_import"
    tenant.add_permission(id, "Editor")
    host.delete(KIND, id, state)
    assert tenant.app(id)["disconnected"] is True
    with ForkedHost(settings_for(tenant)) as later:
        other, _ = later.create(KIND, WIKI)
    assert other != id


def test_a_second_instance_is_refused_in_words(tenant: Tenant, host: DynamicHost) -> None:
    given = okta(settings={"app_instance_identifier": "acme.okta.com"})
    with pytest.raises(Failed, match="An instance for this app already exists") as failed:
        host.create(KIND, given)
    assert SECRET not in str(failed.value)


def mistakes() -> Iterator[tuple[Values, set[str]]]:
    """What a preview refuses, with the paths."""
    yield {**WIKI, "category": "Engineering"}, {"category"}
    yield okta(app_class_id="okta.example", category="Nonsense"), {"app_class_id", "category"}
    wrong = {"auth": {"apikey": SECRET}, "settings": {"region": "eu"}, "category": "Nonsense"}
    yield (
        okta(**wrong),
        {
            "auth.apikey",
            "auth.api_key",
            "settings.region",
            "settings.app_instance_identifier",
            "category",
        },
    )
    nested = {"role": {"arn": "x"}}
    aws = {"name": "AWS", "app_class_id": "aws.amazon.com", "auth": nested}
    yield aws, {"auth.role.arn", "auth.role.role_arn"}
    slack = {"name": "Slack 2", "app_class_id": "slack.com", "auth": {"token": SECRET}}
    yield slack, {"auth.token"}


@pytest.mark.parametrize(("given", "paths"), [*mistakes()])
def test_the_preview_asks_lumos_what_an_app_takes(
    given: Values, paths: set[str], tenant: Tenant, host: DynamicHost
) -> None:
    failures = host.check(KIND, {}, {**given, PREVIEW_MARK: True}).failures
    assert set(failures) == paths
    assert SECRET not in json.dumps(failures)
    assert tenant.requests("POST", "PUT", "PATCH") == []


def test_a_mistake_is_named_although_lumos_cannot_be_asked(
    tenant: Tenant, host: DynamicHost
) -> None:
    tenant.fault("status", path="^/apps/categories", status=400, times=100)
    wrong = {**WIKI, "category": "Nonsense", "description": "x" * 1001}
    assert set(host.check(KIND, {}, {**wrong, PREVIEW_MARK: True}).failures) == {"description"}


def checked(host: DynamicHost, old: Values, new: Values) -> set[str]:
    """The paths that a preview finds wrong."""
    return set(host.check(KIND, old, {**new, PREVIEW_MARK: True}).failures)


def test_an_adopted_integration_lacks_nothing_that_the_program_leaves_out(
    tenant: Tenant, host: DynamicHost
) -> None:
    host.create(KIND, okta())
    bare = {"name": okta()["name"], "app_class_id": "okta.com", "adopt": True}
    assert checked(host, {}, bare) == set()
    assert checked(host, {}, {**bare, "auth": {"api_key": SECRET}}) == set()
    wrong = {**bare, "auth": {"apikey": SECRET}}
    assert checked(host, {}, wrong) == {"auth.apikey", "auth.api_key"}


def test_what_the_program_stops_giving_of_an_integration_is_not_missing(host: DynamicHost) -> None:
    less = {name: one for name, one in okta().items() if name not in ("auth", "settings")}
    assert checked(host, okta(), less) == set()
    assert checked(host, okta(), {**less, "description": "Who signs in."}) == set()
    # All of it is sent together, so a part is too little.
    rotated = {**less, "auth": {"api_key": "another"}}
    assert checked(host, okta(), rotated) == {"settings.app_instance_identifier"}
    newer = {**less, "version": "2"}
    assert checked(host, okta(), newer) == {"auth.api_key", "settings.app_instance_identifier"}


def test_an_adoption_sends_the_credentials_of_the_program_once_they_change(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    made, _ = host.create(KIND, okta())
    tenant.forget_requests()
    given = okta(adopt=True)
    with ForkedHost(settings_for(tenant)) as fresh:
        id, state = fresh.create(KIND, given)
    assert id == made
    assert not next_run.diff(KIND, id, state, given).changes
    assert tenant.requests("POST", "PUT", "PATCH") == []
    rotated = okta(adopt=True, auth={"api_key": "another"})
    await_sync(tenant, id)
    next_run.update(KIND, id, state, rotated)
    assert [body["auth"] for body in sent(tenant, "PUT")] == [{"api_key": "another"}]


def test_an_adopted_integration_may_be_named_and_given_credentials_later(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    made, _ = host.create(KIND, okta())
    bare = {"name": okta()["name"], "adopt": made}
    with ForkedHost(settings_for(tenant)) as fresh:
        id, state = fresh.create(KIND, bare)
    await_sync(tenant, id)
    tenant.forget_requests()
    found = next_run.diff(KIND, id, state, okta(adopt=made))
    assert (found.changes, list(found.replaces)) == (True, [])
    another = next_run.diff(KIND, id, state, {**bare, "app_class_id": "github.com"})
    assert list(another.replaces) == ["app_class_id"]
    state = next_run.update(KIND, id, state, okta(adopt=made))
    (body,) = sent(tenant, "PUT")
    assert body == {name: okta()[name] for name in ("app_class_id", "auth", "settings")}
    with ForkedHost(settings_for(tenant)) as last:
        assert not last.diff(KIND, id, state, okta(adopt=made)).changes
        last.delete(KIND, id, state)
    assert tenant.app(id)["disconnected"] is False


ZOOM: Values = {
    "app_class_id": "zoom.us",
    "auth": {"client_id": "acme", "client_secret": SECRET},
    "settings": {"app_instance_identifier": "acme.zoom.us"},
}
"""An integration that the demo company does not have yet, without a name in the program."""


def zooms(tenant: Tenant) -> list[Values]:
    """All apps of that integration."""
    return [one for one in tenant.state()["apps"].values() if one["app_class_id"] == "zoom.us"]


def test_an_integration_without_a_name_has_the_name_of_lumos(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, ZOOM)
    assert "name" not in sent(tenant, "POST")[0]
    assert "name" not in state
    assert state["user_friendly_label"] == "Zoom"
    _, seen, inputs = host.read(KIND, id, state)
    assert (inputs, seen) == (ZOOM, state)
    tenant.edit_app(id, name="Renamed by hand")
    _, seen, inputs = next_run.read(KIND, id, state)
    assert inputs == ZOOM
    assert not next_run.diff(KIND, id, seen, ZOOM).changes


def test_a_name_that_the_program_no_longer_gives_is_reset(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    given = {**ZOOM, "name": "Meetings", "category": "Other", "description": "Ours."}
    id, state = host.create(KIND, given)
    await_sync(tenant, id)
    tenant.forget_requests()
    assert next_run.check(KIND, given, {**ZOOM, PREVIEW_MARK: True}).failures == {}
    assert next_run.diff(KIND, id, state, ZOOM).changes
    state = next_run.update(KIND, id, state, ZOOM)
    assert sent(tenant, "PATCH") == [{"name": None, "category": None, "description": None}]
    live = tenant.app(id)
    shown = (live["user_friendly_label"], live["category"], live["description"])
    assert shown == ("Zoom", "Communication", None)
    assert state["user_friendly_label"] == "Zoom"
    assert not {"name", "category", "description"} & state.keys()
    with DynamicHost(settings_for(tenant)) as last:
        assert not last.diff(KIND, id, state, ZOOM).changes


def test_the_next_run_takes_the_nameless_integration_that_a_killed_one_has_connected(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    made, _ = host.create(KIND, ZOOM)
    assert next_run.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}).failures == {}
    taken, _ = next_run.create(KIND, ZOOM)
    assert taken == made
    assert len(zooms(tenant)) == 1


@pytest.mark.parametrize("settings", [rpc.UNKNOWN, {"app_instance_identifier": rpc.UNKNOWN}])
def test_a_nameless_integration_of_an_instance_that_is_not_known_yet_is_not_taken_for_ours(
    settings: Any, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    made, _ = host.create(KIND, ZOOM)
    given = {**ZOOM, "settings": settings, PREVIEW_MARK: True}
    (failure,) = next_run.check(KIND, {}, given).failures.values()
    assert f"already has an App with app_class_id 'zoom.us' (id {made})" in failure


def test_another_integration_of_the_class_is_never_taken_for_ours(
    tenant: Tenant, host: DynamicHost
) -> None:
    other = {**ZOOM, "settings": {"app_instance_identifier": "emea.zoom.us"}}
    named = {**ZOOM, "name": "Meetings"}
    for there in (other, named):
        id = tenant.call("POST", "/apps", there)["id"]
        with DynamicHost(settings_for(tenant)) as fresh:
            failures = fresh.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}).failures
            assert list(failures) == ["app_class_id"]
            (failure,) = failures.values()
            assert f"already has an App with app_class_id 'zoom.us' (id {id})" in failure
            assert failure.endswith(" Where you mean another one, give it a name.")
            with pytest.raises(Failed, match="already has an App"):
                fresh.create(KIND, ZOOM)
        await_sync(tenant, id)
        tenant.disconnect(id)
    # Connected by hand: what a program connects is connected over the API.
    with pytest.raises(Failed, match=rf"\(id {seed_ids.AWS_APP_ID}\)"):
        host.create(KIND, {"app_class_id": "aws.amazon.com", "auth": {"role": {"role_arn": "x"}}})


def test_several_integrations_of_the_class_are_listed(tenant: Tenant, host: DynamicHost) -> None:
    two = [
        tenant.call("POST", "/apps", {**ZOOM, "name": name, "settings": {**place}})["id"]
        for name, place in (
            ("Meetings", {}),
            ("Meetings 2", {"app_instance_identifier": "emea.zoom.us"}),
        )
    ]
    for given in (ZOOM, {"app_class_id": "zoom.us", "adopt": True}):
        (failure,) = host.check(KIND, {}, {**given, PREVIEW_MARK: True}).failures.values()
        assert all(id in failure for id in two)


def test_an_integration_is_adopted_by_its_class_alone(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    given = {"app_class_id": "zoom.us", "category": "Other", "adopt": True}
    made = tenant.call("POST", "/apps", {**ZOOM, "name": "Meetings"})["id"]
    before = tenant.app(made)
    id, state = host.create(KIND, given)
    assert (id, tenant.app(id)["category"]) == (made, "Other")
    assert tenant.app(id)["user_friendly_label"] == "Meetings"
    next_run.delete(KIND, id, state)
    assert tenant.app(made) == {**before, "sync_status": tenant.app(made)["sync_status"]}


def test_an_app_is_adopted_by_its_id_alone(tenant: Tenant, host: DynamicHost) -> None:
    made = tenant.add_app("Guide")["id"]
    given = {"category": "Internal", "adopt": made}
    assert checked(host, {}, given) == set()
    id, state = host.create(KIND, given)
    assert (id, tenant.app(id)["category"]) == (made, "Internal")
    assert not host.diff(KIND, id, state, given).changes
    assert checked(host, {}, {"category": "Internal", "adopt": True}) == {"adopt"}


def test_two_nameless_integrations_of_a_class_are_one_too_many(host: DynamicHost) -> None:
    named = {**ZOOM, "name": "Meetings", PREVIEW_MARK: True}
    assert host.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}, name="one").failures == {}
    assert host.check(KIND, {}, named, name="two").failures == {}
    failures = host.check(KIND, {}, {**ZOOM, PREVIEW_MARK: True}, name="three").failures
    assert list(failures) == ["app_class_id"]
    assert "or give each a name" in failures["app_class_id"]


def test_what_a_destroy_has_disconnected_is_connected_again_without_its_old_name(
    tenant: Tenant, host: DynamicHost
) -> None:
    named = {**ZOOM, "name": "Meetings"}
    id, state = host.create(KIND, named)
    tenant.add_permission(id, "Host")
    await_sync(tenant, id)
    host.delete(KIND, id, state)
    emea = {**ZOOM, "settings": {"app_instance_identifier": "emea.zoom.us"}}
    with DynamicHost(settings_for(tenant)) as fresh:
        another, _ = fresh.create(KIND, emea)
    assert another != id
    await_sync(tenant, another)
    tenant.disconnect(another)
    with DynamicHost(settings_for(tenant)) as fresh:
        again, state = fresh.create(KIND, ZOOM)
    assert again == id
    assert state["user_friendly_label"] == "Zoom"


def test_a_custom_app_needs_a_name(host: DynamicHost) -> None:
    given = {"auth": {}, "request_instructions": "x" * 512}
    missing = {"name", "category", "description"}
    assert checked(host, {}, given) == {*missing, "auth", "request_instructions"}


def test_a_consent_is_left_to_a_person(tenant: Tenant, host: DynamicHost) -> None:
    given = {"name": "Chat", "app_class_id": "slack.com", "auth": {}}
    id, state = host.create(KIND, given)
    assert tenant.app(id)["sync_status"] is None
    assert not host.diff(KIND, id, state, given).changes


def test_null_resets_what_an_integration_is_called(tenant: Tenant, host: DynamicHost) -> None:
    id, state = host.create(KIND, okta(category="Other", description="Ours."))
    host.update(KIND, id, state, okta())
    live = tenant.app(id)
    assert (live["category"], live["description"]) == ("IT & Security", None)


def test_an_adopted_app_keeps_its_credentials_and_comes_back_as_it_was(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    before = tenant.app(seed_ids.OKTA_APP_ID)
    given = okta(name="Sign-in", adopt=seed_ids.OKTA_APP_ID)
    id, state = host.create(KIND, given)
    assert id == seed_ids.OKTA_APP_ID
    assert tenant.requests("PUT", "POST") == []
    assert SECRET not in json.dumps(state["before_adoption"])
    next_run.delete(KIND, id, state)
    assert tenant.app(id) == before
