"""What the packaged provider answers to calls that no dynamic host gets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi_lumos.emulator import seed_ids

from ..drivers.served import DEFAULT, EXPLICIT, Driver, running, secret, struct, urn
from ..drivers.tenant import Tenant

PERMISSION = "RequestablePermission"
GIVEN = {"appId": seed_ids.GITHUB_APP_ID, "label": "Reader"}
INSTRUCTIONS = {"requestFulfillmentConfig": {"manualInstructions": "Ask."}}
KINDS = {value: name for name, value in proto.PropertyDiff.Kind.items()}


def shown(answer: Any) -> dict[str, str]:
    return {path: KINDS[one.kind] for path, one in answer.detailedDiff.items()}


MISSPELT = {
    "serverURL": "serverUrl",
    "SERVER_URL": "serverUrl",
    "previewCheks": "previewChecks",
    "acessToken": "accessToken",
    "Host": "host",
}


def test_settings_are_refused_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUMOS_ACCESS_TOKEN", raising=False)
    token = secret("lsk_1")
    with running() as driver:
        assert driver.mistakes_in(EXPLICIT, accessToken=token, lag="30") == {}
        assert driver.mistakes_in(EXPLICIT, accessToken=rpc.UNKNOWN) == {}
        assert "`accessToken` of this provider" in driver.mistakes_in(EXPLICIT)["accessToken"]
        assert "config set --secret" in driver.mistakes_in(DEFAULT)["accessToken"]
        wrong = driver.mistakes_in(
            EXPLICIT, accessToken="lsk_1", serverURL="x", serverUrl="http://a.example", lag=61
        )
        assert wrong == {
            "serverURL": "there is no setting serverURL; did you mean serverUrl?",
            "serverUrl": "must begin with https://: plain http, which shows the token, is for "
            "this machine only",
            "lag": "must be a number of seconds from 0 to 60",
        }
        assert driver.mistakes_in(DEFAULT, accessToken="lsk_1", host="packaged", mine="1") == {}


@pytest.mark.parametrize(
    ("name", "is_default"),
    [
        ("default", True),
        ("default_0_1_0", True),
        ("default_0_2_0_alpha_1", True),
        ("default_0_2_0_https_/get.example/lumos", True),
        ("default_git_/git.example/lumos", True),
        ("default_eu", False),
        ("default_2", False),
        ("defaults", False),
        ("eu::default", False),
    ],
)
def test_only_a_provider_that_the_engine_names_may_have_what_is_no_setting(
    name: str, is_default: bool
) -> None:
    """The stack's configuration may hold what the program itself reads."""
    given = {"accessToken": secret("lsk_1"), "host": "packaged", "tokens": "7"}
    with running() as driver:
        wrong = driver.mistakes_in(DEFAULT.replace("default_0_1_0", name), **given)
    assert wrong.keys() == (set() if is_default else {"tokens"})


@pytest.mark.parametrize(("misspelt", "meant"), MISSPELT.items())
def test_a_misspelt_setting_of_the_stack_is_a_mistake(misspelt: str, meant: str) -> None:
    with running() as driver:
        wrong = driver.mistakes_in(DEFAULT, **{"accessToken": secret("lsk_1"), misspelt: "1"})
    assert wrong == {misspelt: f"there is no setting lumos:{misspelt}; did you mean lumos:{meant}?"}


@pytest.mark.parametrize(
    ("provider", "advice"),
    [(DEFAULT, "pulumi config set --secret"), (EXPLICIT, "the access token is plain text")],
)
def test_a_token_in_plain_text_is_refused(provider: str, advice: str) -> None:
    args = struct({"accessToken": "lsk_1"})
    with running() as driver:
        wrong = driver.refused("Configure", proto.ConfigureRequest(urn=provider, args=args))
    assert advice in wrong
    assert "lsk_1" not in wrong


def test_a_provider_of_its_own_reads_the_token_of_the_environment_itself(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMOS_ACCESS_TOKEN", tenant.token)
    with running() as driver:
        assert driver.mistakes_in(EXPLICIT, serverUrl=tenant.url) == {}
        driver.configure(serverUrl=tenant.url)
        assert driver.check(PERMISSION, GIVEN) == {}


def test_another_token_is_never_a_reason_to_make_objects_anew(driver: Driver) -> None:
    def difference(new: str) -> Any:
        old = struct({"accessToken": secret("lsk_1"), "version": "0.1.0"})
        news = struct({"accessToken": secret(new), "version": "0.2.0"})
        return driver.ask("DiffConfig", proto.DiffRequest(urn=EXPLICIT, olds=old, news=news))

    assert difference("lsk_1").changes == proto.DiffResponse.DIFF_NONE
    assert difference("lsk_2").changes == proto.DiffResponse.DIFF_SOME
    assert not difference("lsk_2").replaces


def test_names_are_spelled_as_the_schema_spells_them(driver: Driver, tenant: Tenant) -> None:
    assert driver.check(PERMISSION, {"app_id": GIVEN["appId"], "label": "Reader"}) == {
        "appId": "there is no property app_id here; did you mean appId?"
    }
    config = {"requestApprovalConfig": {"approvers": {"users": [{"idd": "1"}]}}}
    wrong = driver.check(PERMISSION, {**GIVEN, "labell": "R", "requestConfig": config})
    at = "requestConfig.requestApprovalConfig"
    assert wrong["labell"] == "there is no field labell here; did you mean label?"
    assert wrong[f"{at}.approvers.users[0].id"] == "is required"
    override = {"requestConfig": {"requestApprovalConfig": {"managerApproval": "NONE"}}}
    wrong = driver.check(PERMISSION, {**GIVEN, **override})
    assert wrong.keys() == {f"{at}.requestApprovalConfigOverride"}
    tenant.add_permission(seed_ids.GITHUB_APP_ID, "Reader")
    twice = driver.check(PERMISSION, {**GIVEN, "requestConfig": INSTRUCTIONS})
    assert "Pass `adopt: true` to manage what somebody else made" in twice["label"]


def test_a_difference_names_the_exact_properties(driver: Driver) -> None:
    users = [{"id": seed_ids.USERS[name].id} for name in ("Grace", "Linus", "Mei")]

    def config(who: list[Any], **more: Any) -> Any:
        stage = {"approvers": {"users": who}, "requestApprovalConfigOverride": True}
        return {**GIVEN, "requestConfig": {"requestApprovalConfig": stage, **more}}

    old = config(users[:1], appstoreVisibility="VISIBLE")
    id, state = driver.create(PERMISSION, old)
    same = driver.diff(PERMISSION, id, state, old, config(users[:1], appstoreVisibility="VISIBLE"))
    assert same.changes == proto.DiffResponse.DIFF_NONE
    at = "requestConfig.requestApprovalConfig.approvers"
    new = driver.diff(PERMISSION, id, state, old, config([*users[:1], users[1]]))
    assert shown(new) == {f"{at}.users[1]": "ADD", "requestConfig.appstoreVisibility": "DELETE"}
    hidden = config(users[:1], appstoreVisibility="HIDDEN")
    new = driver.diff(PERMISSION, id, state, old, hidden)
    assert shown(new) == {"requestConfig.appstoreVisibility": "UPDATE"}
    three, without_the_second = config(users), config([users[0], users[2]])
    new = driver.diff(PERMISSION, id, {**state, **three}, three, without_the_second)
    assert shown(new) == {f"{at}.users[1].id": "UPDATE", f"{at}.users[2]": "DELETE"}
    moved = driver.diff(PERMISSION, id, state, old, {**old, "appId": seed_ids.SLACK_APP_ID})
    assert shown(moved) == {"appId": "UPDATE_REPLACE"}
    assert list(moved.replaces) == ["appId"]


def test_keys_of_free_json_are_named_as_the_program_writes_them(driver: Driver) -> None:
    old = {"appClassId": "okta.com", "settings": {"api_key": "1", "a.b": {"c_d": 1}, "x y": [1]}}
    new = {**old, "settings": {"api_key": "2", "a.b": {"c_d": 2, 'say "e"': 3}, "x y": []}}
    assert shown(driver.diff("App", "a1", old, old, new)) == {
        "settings.api_key": "UPDATE",
        'settings["a.b"].c_d': "UPDATE",
        'settings["a.b"]["say \\"e\\""]': "ADD",
        'settings["x y"][0]': "DELETE",
    }
    given = {"appClassId": "okta.com", "auth": {"c_d": None, "e.f": None}}
    wrong = driver.check("App", {**given, "settings": {"bad_key": "1", "g h": "2"}})
    assert wrong.keys() == {
        "auth.api_key",
        "auth.c_d",
        'auth["e.f"]',
        "settings.bad_key",
        'settings["g h"]',
        "settings.app_instance_identifier",
    }


def test_what_is_no_property_is_named_as_the_program_writes_it(driver: Driver) -> None:
    groups = [{"app_id": seed_ids.OKTA_APP_ID, "id": "g1", "a_b": 1}]
    allowed = {"type": "SPECIFIED_GROUPS", "groups": groups}
    config = {"allowedGroupsOverride": True, "allowedGroups": allowed, "foo_bar": 1, "c.d": 2}
    wrong = driver.check(PERMISSION, {**GIVEN, "requestConfig": config})
    assert wrong.keys() == {
        "requestConfig.allowedGroups.groups[0].appId",
        "requestConfig.allowedGroups.groups[0].a_b",
        "requestConfig.foo_bar",
        'requestConfig["c.d"]',
    }
    assert "did you mean appId" in wrong["requestConfig.allowedGroups.groups[0].appId"]


def test_a_preview_makes_nothing_and_says_what_is_not_there(driver: Driver, tenant: Tenant) -> None:
    tenant.forget_requests()
    id, foreseen = driver.create(PERMISSION, GIVEN, preview=True)
    assert not id
    assert foreseen == {**GIVEN, "type": rpc.UNKNOWN, "groupIds": rpc.UNKNOWN} | {
        "responseDescribesEntireApprovalWorkflow": rpc.UNKNOWN
    }
    approvers = {"approvers": {"users": [{"id": "nobody"}]}, "requestApprovalConfigOverride": True}
    inputs = {**GIVEN, "requestConfig": {"requestApprovalConfig": approvers}}
    request = proto.CreateRequest(urn=urn(PERMISSION), properties=struct(inputs), preview=True)
    wrong = driver.refused("Create", request)
    assert "requestConfig.requestApprovalConfig.approvers.users[0].id: " in wrong
    assert tenant.requests("POST", "PATCH", "DELETE") == []


def test_secrets_stay_secret_wherever_they_go(driver: Driver, tenant: Tenant) -> None:
    given = {**GIVEN, "label": secret("Reader of plans"), "requestConfig": secret(INSTRUCTIONS)}
    checked = driver.checked(PERMISSION, given)
    assert MessageToDict(checked.inputs) == given
    id, state = driver.create(PERMISSION, given)
    assert state["label"] == secret("Reader of plans")
    assert state["requestConfig"] == secret(INSTRUCTIONS)
    assert tenant.permission(id)["label"] == "Reader of plans"
    request = proto.ReadRequest(
        urn=urn(PERMISSION), id=id, properties=struct(state), inputs=struct(given)
    )
    again = driver.ask("Read", request)
    assert MessageToDict(again.properties) == state
    assert MessageToDict(again.inputs) == given


def test_what_is_imported_says_only_what_a_program_has_to_say(
    driver: Driver, tenant: Tenant
) -> None:
    made = tenant.add_permission(
        seed_ids.GITHUB_APP_ID, "Reader", request_fulfillment_config={"manual_instructions": "Ask."}
    )
    state, inputs = driver.read(PERMISSION, made["id"])
    assert inputs == {**GIVEN, "requestConfig": INSTRUCTIONS}
    assert state["type"] == "NATIVE"
    assert driver.check(PERMISSION, inputs, inputs) == {}
    same = driver.diff(PERMISSION, made["id"], state, inputs, inputs)
    assert same.changes == proto.DiffResponse.DIFF_NONE
    less = driver.diff(PERMISSION, made["id"], state, inputs, GIVEN)
    assert less.changes == proto.DiffResponse.DIFF_SOME
    assert shown(less) == {}, "what is not said is not managed"
    other = {**GIVEN, "label": "Writer"}
    assert shown(driver.diff(PERMISSION, made["id"], state, inputs, other)) == {"label": "UPDATE"}


def test_a_function_is_called_in_camel_case(driver: Driver) -> None:
    def ask(token: str, **arguments: str) -> proto.InvokeRequest:
        return proto.InvokeRequest(tok=f"lumos:index:{token}", args=struct(arguments))

    found = MessageToDict(getattr(driver.ask("Invoke", ask("getApp", name="GitHub")), "return"))
    assert found["id"] == seed_ids.GITHUB_APP_ID
    assert found["userFriendlyLabel"] == "GitHub"
    assert "Similar are: GitHub" in driver.refused("Invoke", ask("getApp", name="Githib"))
    assert "no argument label; it takes id, name" in driver.refused(
        "Invoke", ask("getApp", label="GitHub")
    )
    assert "no function lumos:index:getAp" in driver.refused("Invoke", ask("getAp"))


def test_a_provider_that_serves_a_second_run_sees_lumos_as_it_is_then(
    tenant: Tenant, driver: Driver
) -> None:
    by_label = struct({"appId": seed_ids.SALESFORCE_APP_ID, "label": "Admin"})
    find = proto.InvokeRequest(tok="lumos:index:getPermission", args=by_label)
    made = tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin")
    assert getattr(driver.ask("Invoke", find), "return")["id"] == made["id"]
    tenant.edit_permission(made["id"], label="Owner")
    again = tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin")
    driver.configure(accessToken=secret(tenant.token), serverUrl=tenant.url)
    assert getattr(driver.ask("Invoke", find), "return")["id"] == again["id"]


def test_what_this_release_does_not_have_is_refused(driver: Driver) -> None:
    request = proto.CheckRequest(urn=urn("Unheard"), news=struct({}))
    assert "has no kind Unheard" in driver.refused("Check", request)
    assert "has no Construct" in driver.refused("Construct", proto.ConstructRequest())
    assert driver.ask("GetPluginInfo", Empty()).version
    driver.ask("Cancel", Empty())


def test_the_plugin_is_a_console_script() -> None:
    assert Path(sys.prefix, "bin", "pulumi-resource-lumos").exists()
