"""Programs of two tenants: a provider of its own stands for the second one."""

from __future__ import annotations

import json
import re
import uuid
from contextlib import closing

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..repository import ROOT

pytestmark = [pytest.mark.engine, pytest.mark.one_host]

PAGE = (ROOT / "docs" / "hosts.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_one_program_manages_two_tenants(
    stack: Stack, tenant: Tenant, emulator: EmulatorProcess
) -> None:
    """docs/hosts.md shows the program; the app has another id in each tenant."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as trials:
        here, there = (one.add_app("Expenses")["id"] for one in (tenant, trials))
        assert here != there
        stack.use_packaged_host()
        stack.environment["LUMOS_HOST"] = "dynamic"
        stack.program_file(program.replace("GitHub", "Expenses"))
        stack.pulumi("config", "set", "--secret", "trialsToken", trials.token)
        stack.up()
        held = [tenant.settings(here), trials.settings(there)]
        assert {one["custom_request_instructions"] for one in held} == {"Say what you need it for."}
        assert trials.token not in stack.export()
        stack.preview("--refresh", "--expect-no-changes")
        stack.destroy()
        assert not trials.settings(there)["in_app_store"]


ASKS_TRIALS = """
team, opts = pulumi.ResourceOptions(provider=trials), pulumi.InvokeOptions(provider=trials)
of = pulumi.ComponentResource("acme:index:Team", "team", opts=team)
apps = [
    lumos.get_app_output(name="Expenses", opts=opts),
    lumos.get_app_output(name="Expenses", opts=pulumi.InvokeOptions(parent=of)),
]
pulumi.export("ids", [app.id for app in apps])
lumos.AppStoreApp("it", app_id=apps[0].id, opts=team)
"""
TRIALS = (
    'trials = lumos.Provider("trials", access_token=pulumi.Config().require_secret("trials"))\n'
)
NOT_YET = """
from pulumi.dynamic import Resource, ResourceProvider, CreateResult
class Token(ResourceProvider):
    def create(self, props):
        return CreateResult("token", {**props, "text": props["given"]})
class Made(Resource):
    text: pulumi.Output[str]
given = pulumi.Config().require_secret("trials")
made = Made(Token(), "token", {"given": given, "text": None})
trials = lumos.Provider("trials", access_token=made.text)
"""
NOW = 'lumos.get_app(name="Expenses", opts=opts)\n'


@pytest.mark.slow
def test_a_lookup_asks_the_tenant_of_its_provider(
    stack: Stack, tenant: Tenant, emulator: EmulatorProcess
) -> None:
    """By its options or its parent; a preview knows what it can know of the provider."""
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as trials:
        there = trials.add_app("Expenses")["id"]
        tenant.forget_requests()
        stack.use_packaged_host()
        stack.environment["LUMOS_HOST"] = "dynamic"
        stack.pulumi("config", "set", "--secret", "trials", trials.token)
        stack.program(NOT_YET + ASKS_TRIALS + NOW)
        assert (
            "is not known before up, so this preview cannot ask its tenant; use get_app_output"
            in (stack.preview(fails=True))
        )
        stack.program(NOT_YET + ASKS_TRIALS)
        assert "[0]: [unknown]" in stack.preview()
        stack.up()
        assert json.loads(stack.pulumi("stack", "output", "ids", "--json")) == [there] * 2
        stack.program(TRIALS + ASKS_TRIALS + NOW)
        stack.up()
        stack.preview("--expect-no-changes")
        assert tenant.requests() == []
        stack.program(TRIALS + ASKS_TRIALS + NOW.replace("Expenses", "Expense"))
        wrong = "): Lumos has no app with name 'Expense'. Similar are: Expenses"
        assert f"get_app (__main__.py:15{wrong}" in stack.preview(fails=True)
        stack.program(
            TRIALS + ASKS_TRIALS.replace('output(name="Expenses"', 'output(name="Expense"', 1)
        )
        assert f"get_app (__main__.py:10{wrong}" in stack.preview(fails=True)


MOVES = """
there = lumos.Provider("there", access_token=pulumi.Config().require_secret("there"))
opts = pulumi.ResourceOptions(provider={provider})
lumos.RequestablePermission("it", app_id=seed_ids.SALESFORCE_APP_ID, label="Admin", opts=opts)
"""


@pytest.mark.slow
def test_a_resource_that_moves_to_the_provider_of_another_tenant_stops_the_preview(
    stack: Stack, tenant: Tenant
) -> None:
    """So does another token of its provider, unless that is a new one of the same tenant."""
    stack.use_packaged_host()
    with closing(Tenant(tenant.url, f"lsk_{uuid.uuid4().hex}")) as other:
        other.fault("status", path=f"/users/{seed_ids.CURRENT_USER_ID}", status=404)
        stack.pulumi("config", "set", "--secret", "there", other.token)
        stack.program(MOVES.format(provider=None))
        stack.up()
        stack.program(MOVES.format(provider="there"))
        stops = "OtherTenant: This stack's objects are in the Lumos of ada.admin@acme.example"
        assert stops in stack.preview(fails=True)
        another = {"user_id": seed_ids.CURRENT_USER_ID, "scope": "admin"}
        new = tenant.call("POST", "/_emulator/tokens", another)["token"]
        for token in (tenant.token, new):
            stack.pulumi("config", "set", "--secret", "there", token)
            tenant.forget_requests()
            assert "~ 1 updated" in stack.up(), "nothing but the provider"
        assert tenant.calls() == [f"GET /users/{seed_ids.CURRENT_USER_ID}"]
        stack.pulumi("config", "set", "--secret", "there", other.token)
        assert stops in stack.preview(fails=True)
        assert other.requests("POST", "PATCH", "DELETE") == []


SAME = """
from pulumi_lumos.emulator import seed_ids
import dataclasses
token = pulumi.Config().require_secret("trials")
opts = pulumi.InvokeOptions(provider=lumos.Provider("same", access_token=token))
asked = [
    (lumos.get_access_policy_output, {"name": "Builders"}),
    (lumos.get_app_output, {"name": "GitHub"}),
    (lumos.get_group_output, {"name": "IT"}),
    (lumos.get_user_output, {"email": "ada.admin@acme.example"}),
    (lumos.get_permission_output, {"id": seed_ids.SLACK_PERMISSION_ID}),
    (lumos.get_inline_webhook_output, {"id": seed_ids.WEBHOOK_IDS["DEPROVISION"]}),
]
for way, more in {"plain": {}, "own": {"opts": opts}}.items():
    found = [ask(**given, **more).apply(dataclasses.asdict) for ask, given in asked]
    pulumi.export(way, pulumi.Output.all(*found))
"""


@pytest.mark.slow
def test_every_lookup_answers_a_provider_of_its_own_as_it_answers_the_stack(
    stack: Stack, tenant: Tenant
) -> None:
    """Free JSON keeps its own names, and all else has the declared ones."""
    app = {"id": seed_ids.SLACK_APP_ID, "is_preapproved": True}
    app |= {"permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}]}
    named = {"and": [{"attribute": {"value": "identity.title"}, "in": ["is_preapproved"]}]}
    tenant.add_policy("Builders", seed_ids.SLACK_APP_ID, apps=[app], access_condition=named)
    stack.use_packaged_host()
    stack.environment["LUMOS_HOST"] = "dynamic"
    stack.pulumi("config", "set", "--secret", "trials", tenant.token)
    stack.program(SAME)
    stack.up()
    plain, own = (
        json.loads(stack.pulumi("stack", "output", n, "--json")) for n in ("plain", "own")
    )
    assert own == plain
    assert own[0]["apps"][0]["is_preapproved"] is True
    assert own[0]["access_condition"] == named


ELSEWHERE = """
pulumi.export("retries", 2)
there = pulumi.StackReference("organization/appstore/dev")
nothing = there.get_output("nothing")
trials = lumos.Provider(
    "trials", access_token={token}, request_timeout=nothing, max_retries=there.get_output("retries")
)
lumos.AppStoreApp(
    "it", app_id=seed_ids.GITHUB_APP_ID, opts=pulumi.ResourceOptions(provider=trials)
)
"""


@pytest.mark.slow
def test_settings_may_come_from_another_stack(stack: Stack, tenant: Tenant) -> None:
    """Its numbers are floats, and what it does not export is not given."""
    stack.use_packaged_host()
    stack.environment["LUMOS_HOST"] = "dynamic"
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.program('pulumi.export("retries", 2)\n')
    stack.up()
    stack.program(ELSEWHERE.format(token="nothing"))
    missing = "The Lumos access token is not set: set it with the `accessToken` of this provider"
    assert missing in " ".join(stack.preview(fails=True).split())
    stack.pulumi("config", "set", "--secret", "trials", tenant.token)
    stack.program(ELSEWHERE.format(token='pulumi.Config().require_secret("trials")'))
    stack.up()
    state = json.loads(stack.export())["deployment"]["resources"]
    (given,) = (one["inputs"] for one in state if one["urn"].endswith("::trials"))
    assert (given["maxRetries"], "requestTimeout" in given) == ("2", False)
    assert tenant.settings(seed_ids.GITHUB_APP_ID)["in_app_store"]
    stack.preview("--expect-no-changes")
