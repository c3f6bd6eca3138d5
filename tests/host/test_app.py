"""Integrations and custom apps, through the real dynamic host."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import Values
from .apps import KIND, SECRET, WIKI, await_sync, checked, okta, sent


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
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    id, state = host.create(KIND, WIKI)
    assert tenant.app(id)["instance_id"] == "custom_app_import"
    tenant.add_permission(id, "Editor")
    host.delete(KIND, id, state)
    assert tenant.app(id)["disconnected"] is True
    with host_of(settings_for(tenant)) as later:
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
