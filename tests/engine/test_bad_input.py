"""Mistakes in a program: named in the preview, all at once, before anything is made."""

from __future__ import annotations

import json
import re

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack, Values
from ..drivers.tenant import Tenant
from ..host.mixed_mistakes import KEY, MIXED
from ..kinds.values import by_id
from ..repository import ROOT

pytestmark = pytest.mark.engine

VALID = """
valid = lumos.RequestablePermission("valid", app_id=seed_ids.SALESFORCE_APP_ID, label="Valid")
"""
LITERAL = """
lumos.RequestablePermission(
    "admin",
    app_id=7,
    label="Admin",
    request_config={
        "appstore_visibility": "SHOWN",
        "request_fulfilment_config": {},
        "request_approval_config": {"custom_approval_message": "Like %s." % valid.label},
    },
)
"""
MISTAKES = {
    "request_config.request_approval_config.custom_approval_message": "Output.format",
    "app_id": "should be a text",
    "request_config.appstore_visibility": "VISIBLE",
    "request_config.request_fulfilment_config": "request_fulfillment_config",
    "request_config.request_approval_config.custom_approval_message_override": "True",
}
FROM_ELSEWHERE = """
config = {"appstore_visibility": "SHOWN", "allowed_groups": {"groups": [
    {"app_id": seed_ids.OKTA_APP_ID, "id": "1", "integration_specific_id": "00g1"}]}}
lumos.RequestablePermission(
    "admin",
    app_id=seed_ids.SALESFORCE_APP_ID,
    label="Admin",
    request_config=pulumi.Output.from_input(config),
)
"""


@pytest.mark.spread
def test_all_mistakes_of_a_resource_are_named_where_the_program_makes_them(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(VALID + LITERAL)
    printed = stack.up_stopped_by_its_preview()
    assert "__main__.py" in printed
    for path, reason in MISTAKES.items():
        (line,) = (line for line in printed.splitlines() if line.strip().startswith(f"{path}:"))
        assert reason in line
    assert tenant.requests("POST") == []


@pytest.mark.spread
def test_mistakes_that_only_the_preview_can_see_stop_all_that_is_new(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(VALID + FROM_ELSEWHERE)
    printed = stack.up_stopped_by_its_preview()
    for path in (
        "request_config.appstore_visibility",
        "request_config.allowed_groups.type",
        "request_config.allowed_groups_override",
        "request_config.allowed_groups.groups[0]",
    ):
        assert path in printed
    assert tenant.requests("POST") == []
    # Pulumi shows no value of a nested property, and the page says so.
    assert "property request_config.appstore_visibility value {<nil>} has a problem: " in printed
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    assert "Pulumi prints `value {<nil>}`" in page


WHOLE = """
app = lumos.get_app_output(name="Salesforce")
user = lumos.get_user_output(email="ada.admin@acme.example")
approval = {"request_approval_config_override": True, "approvers": {"users": USERS}}
config = {"request_approval_config": approval}
lumos.RequestablePermission("it", app_id=APP, label="Admin", request_config=config)
"""


@pytest.mark.parametrize(
    ("app", "users", "told"),
    [
        ("app", "[]", "app_id: this is a GetAppResult; give its .id"),
        ("app.id", "[user]", 'approvers.users[0]: this is a GetUserResult; give {"id": it.id}'),
        (
            "app.id",
            "pulumi.Output.all(user.id, user)",
            'approvers.users[1]: this is a GetUserResult; give {"id": it.id}',
        ),
        (
            "app.id",
            "[app.apply(lambda _: {'id': pulumi.Output.from_input(user)})]",
            "approvers.users[0].id: this is a GetUserResult; give its .id",
        ),
        ("app.apply(vars)", "[]", "this is a whole object; give its .id, or another text of it"),
    ],
    ids=["for an id", "for a person", "among others", "within an Output", "as a dict"],
)
def test_a_whole_result_that_is_known_later_says_what_of_it_to_give(
    app: str, users: str, told: str, tenant: Tenant, stack: Stack
) -> None:
    stack.program(WHOLE.replace("USERS", users).replace("APP", app))
    printed = stack.preview(fails=True)
    assert told in printed
    assert "'it' (__main__.py:10) is not valid" in printed or app == "app.apply(vars)"
    assert tenant.requests("POST") == []


def test_a_misspelt_setting_of_the_stack_stops_the_program_before_lumos_is_asked(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(VALID)
    stack.pulumi("config", "set", "lumos:serverURL", "http://127.0.0.1:1")
    stack.pulumi("config", "set", "--secret", "lumos:acessToken", "lsk_1")
    printed = stack.up_stopped_by_its_preview()
    assert "there is no setting lumos:serverURL; did you mean lumos:serverUrl?" in printed
    assert "there is no setting lumos:acessToken; did you mean lumos:accessToken?" in printed
    assert tenant.requests() == []


def test_a_value_that_is_not_known_yet_is_never_a_mistake(tenant: Tenant, stack: Stack) -> None:
    definition = f'lumos.AppStoreApp("app", app_id={seed_ids.SALESFORCE_APP_ID!r})\n'
    stack.program(
        f"app = {definition}"
        'made = lumos.RequestablePermission("made", app_id=app.app_id, label=app.admin_url)\n'
        'lumos.ProvisioningGroupAttachment("it", permission=made.id, group={"id": made.type,'
        ' "app_id": app.app_class_id})\n'
    )
    assert "+ 4 to create" in stack.preview()
    assert tenant.requests("POST", "PATCH") == []


@pytest.mark.slow
def test_what_is_none_within_an_item_of_a_list_is_neither_sent_nor_recorded(
    tenant: Tenant, stack: Stack
) -> None:
    group = {**by_id("IT"), "integration_specific_id": None}
    stack.program(f"""
groups = [{group!r}]
lumos.PreApprovalRule(
    "it", app_id=seed_ids.SALESFORCE_APP_ID, justification="Sales", preapproved_groups=groups
)
config = {{"request_approval_config_override": True, "approvers": {{"groups": groups}}}}
lumos.RequestablePermission(
    "later",
    app_id=seed_ids.SALESFORCE_APP_ID,
    label="Admin",
    request_config=pulumi.Output.from_input({{"request_approval_config": config}}),
)
""")
    stack.up()
    (sent,) = (one["body"] for one in tenant.requests("POST") if one["path"].endswith("rules"))
    assert sent["preapproved_groups"] == [by_id("IT")]
    assert all(json.dumps(one).count("null") == 0 for one in recorded(stack))
    stack.preview("--refresh", "--expect-no-changes")


def recorded(stack: Stack) -> list[Values]:
    """The inputs and outputs of all resources of the state."""
    return [one[part] for one in stack.resources() for part in ("inputs", "outputs")]


def paths_in(printed: str) -> set[str]:
    """The properties that a preview finds wrong, where it tells them of the resource as a whole."""
    return {*re.findall(r"property (\S+) value", printed)}


@pytest.mark.parametrize("name", ["an app", "a policy", "a permission"])
def test_what_only_lumos_knows_is_named_together_with_the_other_mistakes(
    name: str, tenant: Tenant, stack: Stack
) -> None:
    kind, given, paths = MIXED[name]
    stack.declare(kind, given)
    printed = stack.up_stopped_by_its_preview()
    at_the_line = re.findall(r"^ +([a-z_]\S*): .", printed, re.MULTILINE)
    found = {*paths_in(printed), *at_the_line}
    assert paths <= found
    assert found - paths <= {"settings.app_instance_identifier", "error", "warning", "Type"}
    assert KEY not in printed
    assert tenant.requests("POST", "PUT", "PATCH") == []


@pytest.mark.parametrize(
    "name", ["what Lumos says of an integration", "both everyone and a condition"]
)
def test_a_preview_names_all_mistakes_of_an_app_or_a_policy(
    name: str, tenant: Tenant, stack: Stack
) -> None:
    """The program's line knows no value; `tests/host/test_mixed_mistakes.py` has the rest."""
    kind, given, paths = MIXED[name]
    stack.program(
        f"given = {given!r}.items()\n"
        "later = {name: pulumi.Output.from_input(value) for name, value in given}\n"
        f"lumos.{kind}('it', **later)\n"
    )
    printed = stack.up_stopped_by_its_preview()
    assert paths_in(printed) == paths
    assert KEY not in printed
    assert tenant.requests("POST", "PUT", "PATCH") == []
