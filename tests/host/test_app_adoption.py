"""Apps and integrations that are there before the program."""

from __future__ import annotations

import json

from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from .apps import KIND, SECRET, await_sync, checked, okta, sent


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
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    made, _ = host.create(KIND, okta())
    tenant.forget_requests()
    given = okta(adopt=True)
    with host_of(settings_for(tenant)) as fresh:
        id, state = fresh.create(KIND, given)
    assert id == made
    assert not next_run.diff(KIND, id, state, given).changes
    assert tenant.requests("POST", "PUT", "PATCH") == []
    rotated = okta(adopt=True, auth={"api_key": "another"})
    await_sync(tenant, id)
    next_run.update(KIND, id, state, rotated)
    assert [body["auth"] for body in sent(tenant, "PUT")] == [{"api_key": "another"}]


def test_an_adopted_integration_may_be_named_and_given_credentials_later(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    made, _ = host.create(KIND, okta())
    bare = {"name": okta()["name"], "adopt": made}
    with host_of(settings_for(tenant)) as fresh:
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
    with host_of(settings_for(tenant)) as last:
        assert not last.diff(KIND, id, state, okta(adopt=made)).changes
        last.delete(KIND, id, state)
    assert tenant.app(id)["disconnected"] is False


def test_an_app_is_adopted_by_its_id_alone(tenant: Tenant, host: DynamicHost) -> None:
    made = tenant.add_app("Guide")["id"]
    given = {"category": "Internal", "adopt": made}
    assert checked(host, {}, given) == set()
    id, state = host.create(KIND, given)
    assert (id, tenant.app(id)["category"]) == (made, "Internal")
    assert not host.diff(KIND, id, state, given).changes
    assert checked(host, {}, {"category": "Internal", "adopt": True}) == {"adopt"}


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
