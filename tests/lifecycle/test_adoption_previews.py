"""What a preview says of an object that it takes over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.emulator import seed_ids

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds.values import GRACE

NewRun = Callable[..., Run]
Values = dict[str, Any]


def told(run: Run, kind: str, **given: Any) -> str:
    """What a preview says of a new resource that adopts something, and makes no mistake."""
    assert run.check(kind, {}, {"adopt": True, **given}, preview=True) == {}
    return "\n".join(run.told)


def guests(visibility: str) -> Values:
    """A permission that is VISIBLE in Lumos."""
    config = {"appstore_visibility": visibility}
    return {"app_id": seed_ids.SLACK_APP_ID, "label": "Guest channels", "request_config": config}


def test_what_is_taken_over_is_named_with_what_is_set(new_run: NewRun) -> None:
    said = told(new_run(), "RequestablePermission", **guests("HIDDEN"))
    assert f"adopts RequestablePermission {seed_ids.SLACK_PERMISSION_ID} and sets " in said
    assert 'request_config.appstore_visibility: "VISIBLE" => "HIDDEN"' in said


def test_people_and_lists_that_an_adoption_changes_are_told(new_run: NewRun) -> None:
    said = told(
        new_run(),
        "AppStoreApp",
        app_id=seed_ids.SLACK_APP_ID,
        request_flow={"admins": {"users": [GRACE], "groups": []}},
        provisioning={"time_based_access": ["2 hours"]},
    )
    assert (
        "request_flow.admins.users (adds grace.okafor@acme.example, removes ada.admin@acme.example)"
    ) in said
    assert 'provisioning.time_based_access: [] => ["2 hours"]' in said


def test_what_is_taken_over_as_it_is_changes_nothing(new_run: NewRun) -> None:
    said = told(new_run(), "RequestablePermission", **guests("VISIBLE"))
    assert f"{seed_ids.SLACK_PERMISSION_ID} and changes nothing" in said
    assert "unless" not in said


def test_what_is_not_known_yet_is_not_guessed(new_run: NewRun) -> None:
    app: Values = {"app_id": seed_ids.SLACK_APP_ID, "custom_request_instructions": UNKNOWN}
    announced = "and changes nothing, unless custom_request_instructions turns out to differ"
    assert announced in told(new_run(), "AppStoreApp", **app)
    group = {"app_id": seed_ids.OKTA_APP_ID, "id": UNKNOWN}
    config = {"request_fulfillment_config": {"provisioning_group": group}}
    on_call: Values = {"app_id": seed_ids.OKTA_APP_ID, "label": "On-call", "request_config": config}
    assert "provisioning_group turns out to differ" in told(
        new_run(), "RequestablePermission", **on_call
    )


def test_an_integration_keeps_its_credentials_until_the_program_changes_them(
    tenant: Tenant, new_run: NewRun
) -> None:
    okta = {
        "name": "Okta of the subsidiary",
        "app_class_id": "okta.com",
        "auth": {"api_key": "a-key-that-nobody-may-read"},
        "settings": {"app_instance_identifier": "subsidiary.okta.com"},
    }
    made = tenant.call("POST", "/apps", okta)["id"]
    assert (
        f"adopts App {made} and changes nothing; Lumos keeps the auth and settings that it has, "
        "and gets those of the program when the program next changes them"
    ) in told(new_run(), "App", **okta)


def test_an_app_that_comes_back_says_which_settings_it_brings(new_run: NewRun) -> None:
    bare = {"app_id": seed_ids.GITHUB_APP_ID}
    flow = {"require_manager_approval": True, "admins": {"users": [GRACE]}}
    run = new_run()
    id, state = run.create("AppStoreApp", {**bare, "request_flow": flow})
    assert "comes back with settings" not in "\n".join(run.told)
    new_run().delete("AppStoreApp", id, state)
    again = new_run()
    assert again.check("AppStoreApp", {}, bare, preview=True) == {}
    asked = "\n".join(again.told)
    assert "granted at once, unless the app comes back with its approvers from before" in asked
    assert "nobody administers the app, unless it comes back with its admins from before" in asked
    again.create("AppStoreApp", bare)
    assert again.told[-1] == (
        "comes back with settings from before: request_flow.require_manager_approval, "
        "request_flow.admins.users"
    )
