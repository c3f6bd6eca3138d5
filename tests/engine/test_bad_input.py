"""Mistakes in a program: named in the preview, all at once, before anything is made."""

from __future__ import annotations

import json
import re

import pytest
from pulumi_lumos.emulator import seed_ids

from ..docs.test_pages import ROOT
from ..drivers.stack import Stack, Values
from ..drivers.tenant import Tenant
from ..kinds.values import by_id

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
    "app_id": "string",
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


def test_pulumi_shows_no_value_of_a_nested_property_and_the_page_says_so(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(VALID + FROM_ELSEWHERE)
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    shown = "property request_config.appstore_visibility value {<nil>} has a problem: "
    assert shown in stack.preview(fails=True)
    assert "Pulumi prints `value {<nil>}`" in page


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


BAD = {
    "what Lumos says of an integration": (
        """
lumos.App(
    "it",
    name="Okta",
    app_class_id="okta.com",
    category="Nonsense",
    auth={"apikey": SECRET},
    settings={"region": "eu"},
)
""",
        {
            "auth.apikey",
            "auth.api_key",
            "settings.region",
            "settings.app_instance_identifier",
            "category",
        },
    ),
    "an integration that is none": (
        'lumos.App("it", name="x", app_class_id="x.example", auth={}, category="Nonsense")',
        {"app_class_id", "category"},
    ),
    "the rules of an app": (
        """
long = later("x" * 1001)
credentials = later({"api_key": SECRET})
lumos.App("it", name=later(" x"), category="Other", description=long, auth=credentials)
""",
        {"name", "description", "auth"},
    ),
    "neither everyone nor a condition": (
        """
everyone = later(False)
lumos.AccessPolicy("it", name="x", **WHY, apps=later([]), is_everyone_condition=everyone)
""",
        {"access_condition", "apps"},
    ),
    "both everyone and a condition": (
        """
lumos.AccessPolicy(
    "it",
    name=later(" x"),
    **WHY,
    apps=[{"id": seed_ids.SLACK_APP_ID}],
    access_condition={"equals": 1},
    is_everyone_condition=later(True),
)
""",
        {"access_condition", "name"},
    ),
    "what Lumos says of the apps of a policy": (
        """
lumos.AccessPolicy(
    "it",
    name="x",
    **WHY,
    apps=[
        {"id": seed_ids.GITHUB_APP_ID, "permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}]},
        {"id": "an-app-that-never-was"},
    ],
    is_everyone_condition=True,
)
""",
        {"apps[0].permissions[0].id", "apps[1].id"},
    ),
}
"""Programs, and the properties that are wrong there."""
QUICK = ("what Lumos says of an integration", "both everyone and a condition")
"""The programs of `make test`; `tests/host` has all mistakes, without the engine."""


MIXED = {
    "an app": (
        """
lumos.App(
    "it",
    name=given(" Okta"),
    app_class_id="okta.com",
    category="Nonsense",
    description=given("x" * 1001),
    auth={"apikey": SECRET},
)
""",
        {"name", "category", "description", "auth.apikey", "auth.api_key"},
    ),
    "a policy": (
        """
lumos.AccessPolicy(
    "it",
    name=given(" x"),
    **WHY,
    apps=[
        {"id": seed_ids.GITHUB_APP_ID, "permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}]},
        {"id": "an-app-that-never-was"},
    ],
    is_everyone_condition=given(False),
)
""",
        {"name", "access_condition", "apps[0].permissions[0].id", "apps[1].id"},
    ),
    "a permission": (
        """
lumos.RequestablePermission(
    "it",
    app_id="an-app-that-never-was",
    label=given("Admin "),
    request_config={"appstore_visibility": "VISIBLE"},
)
""",
        {"app_id", "label"},
    ),
}
"""Programs with mistakes of both sorts: some that only Lumos knows, and what is wrong there."""


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("later", id="later", marks=pytest.mark.slow),
        pytest.param("lambda text: text", id="literal"),
    ],
)
@pytest.mark.parametrize(("program", "paths"), MIXED.values(), ids=[*MIXED])
def test_what_only_lumos_knows_is_named_together_with_the_other_mistakes(
    program: str, paths: set[str], given: str, tenant: Tenant, stack: Stack
) -> None:
    secret = "a-key-that-nobody-may-read"
    start = f'SECRET, later = "{secret}", pulumi.Output.from_input\ngiven = {given}\n'
    stack.program(f'{start}WHY = {{"business_justification": "x"}}\n{program}')
    printed = stack.up_stopped_by_its_preview()
    at_the_line = re.findall(r"^ +([a-z_]\S*): .", printed, re.MULTILINE)
    found = {*re.findall(r"property (\S+) value", printed), *at_the_line}
    assert paths <= found
    assert found - paths <= {"settings.app_instance_identifier", "error", "warning", "Type"}
    assert secret not in printed
    assert tenant.requests("POST", "PUT", "PATCH") == []


@pytest.mark.parametrize(
    ("program", "paths"),
    [
        pytest.param(*BAD[name], id=name, marks=() if name in QUICK else pytest.mark.slow)
        for name in BAD
    ],
)
def test_a_preview_names_all_mistakes_of_an_app_or_a_policy(
    program: str, paths: set[str], tenant: Tenant, stack: Stack
) -> None:
    secret = "a-key-that-nobody-may-read"
    start = f'SECRET, later = "{secret}", pulumi.Output.from_input\n'
    stack.program(f'{start}WHY = {{"business_justification": "x"}}\n{program}')
    printed = stack.up_stopped_by_its_preview()
    assert {*re.findall(r"property (\S+) value", printed)} == paths
    assert secret not in printed
    assert tenant.requests("POST", "PUT", "PATCH") == []
