"""A Python program whose resources the packaged provider serves."""

from __future__ import annotations

import re
import sys

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.dynamic.recorded import untrusted

from ..drivers.stack import PLUGINS, Stack
from ..drivers.tenant import Tenant
from ..host.held import assert_held
from ..kinds import FACTS, KINDS, Values, make_room, samples
from ..repository import ROOT
from .disturbed import declare

pytestmark = [pytest.mark.engine, pytest.mark.one_host]

SLOW = pytest.mark.slow
PERMISSION = "RequestablePermission"


@pytest.fixture
def host() -> str:
    """These tests choose themselves."""
    return "dynamic"


@pytest.fixture
def packaged(stack: Stack) -> Stack:
    """A stack whose programs are served by the packaged provider."""
    stack.use_packaged_host()
    return stack


def test_a_resource_lives_on_the_packaged_host_as_on_the_dynamic_one(
    packaged: Stack, tenant: Tenant
) -> None:
    given = samples(PERMISSION)[0]
    packaged.declare(PERMISSION, given)
    assert f"+ lumos:index:{PERMISSION}: (create)" in packaged.preview("--diff")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    packaged.up()
    resource = packaged.resource()
    assert_held(tenant.permission(resource["id"]), given)
    assert resource["type"] == f"lumos:index:{PERMISSION}"
    assert "__provider" not in resource["outputs"]
    packaged.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_a_stack_with_all_kinds_moves_to_the_packaged_host_and_back_without_a_change(
    stack: Stack, tenant: Tenant
) -> None:
    """One setting moves it: nothing is made, changed or deleted in Lumos, either way."""
    for kind in KINDS:
        make_room(tenant, kind)
    program = {kind: (kind, samples(kind)[0]) for kind in KINDS}
    declare(stack, program, "protect=True")
    stack.up()
    before, held = by_kind(stack), tenant.state()
    tenant.forget_requests()
    stack.use_packaged_host()
    stack.preview("--expect-no-changes")
    assert f"{len(KINDS) + 1} unchanged" in stack.up()
    for kind, moved in by_kind(stack).items():
        assert moved["type"] == f"lumos:index:{kind}"
        assert (moved["id"], moved["protect"]) == (before[kind]["id"], True)
    stack.refresh("--expect-no-changes")
    stack.preview("--expect-no-changes")
    assert untrusted(stack.export())[1] == [], "doctor knows what a moved stack records"
    stack.use_dynamic_host()
    stack.up()
    back = by_kind(stack)
    for kind in KINDS:
        assert back[kind]["type"] == before[kind]["type"]
        assert back[kind]["outputs"] == before[kind]["outputs"]
    stack.preview("--expect-no-changes")
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    assert tenant.state() == held
    stack.pulumi("state", "unprotect", "--all", "--yes")
    stack.destroy()
    for kind, gone in back.items():
        assert not FACTS[kind].is_there(tenant, gone["outputs"], gone["id"])


OPTIONS = """
first = lumos.RequestablePermission(
    "first", app_id=seed_ids.SALESFORCE_APP_ID, label="A",
    opts=pulumi.ResourceOptions(retain_on_delete=True),
)
lumos.RequestablePermission(
    "second", app_id=seed_ids.SALESFORCE_APP_ID, label="B",
    opts=pulumi.ResourceOptions(depends_on=[first], protect=True),
)
"""


@pytest.mark.slow
def test_options_of_resources_hold_after_the_move(stack: Stack, tenant: Tenant) -> None:
    stack.program(OPTIONS)
    stack.up()
    stack.use_packaged_host()
    stack.up()
    first, second = stack.resource("first"), stack.resource("second")
    assert first["retainOnDelete"]
    assert second["protect"]
    assert second["dependencies"] == [first["urn"]]
    tenant.forget_requests()
    assert "is protected" in stack.pulumi("destroy", "--yes", "--skip-preview", fails=True)
    assert tenant.requests("DELETE") == []
    stack.pulumi("state", "unprotect", "--all", "--yes")
    stack.destroy()
    held = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    assert [one["label"] for one in held] == ["A"]


TEAM = """
team = pulumi.ComponentResource("acme:index:Team", "team")
for name, opts in (
    ("child", pulumi.ResourceOptions(parent=team)),
    ({alone!r}, pulumi.ResourceOptions(aliases={aliases})),
):
    lumos.RequestablePermission(
        name, app_id=seed_ids.SALESFORCE_APP_ID, label=opts.parent and "A" or "B", opts=opts
    )
"""


@pytest.mark.slow
def test_children_of_components_and_renamed_resources_move_as_well(
    stack: Stack, tenant: Tenant
) -> None:
    stack.program(TEAM.format(alone="alone", aliases="[]"))
    stack.up()
    tenant.forget_requests()
    stack.use_packaged_host()
    stack.program(TEAM.format(alone="renamed", aliases="[pulumi.Alias(name='alone')]"))
    stack.preview("--expect-no-changes")
    assert "4 unchanged" in stack.up()
    stack.use_dynamic_host()
    stack.program(TEAM.format(alone="again", aliases="[pulumi.Alias(name='renamed')]"))
    stack.up()
    types = {item["urn"].split("::")[-1]: item["type"] for item in stack.resources()}
    assert types == dict.fromkeys(
        ("child", "again"), "pulumi-python:dynamic/lumos:RequestablePermission"
    )
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    stack.destroy()


@pytest.mark.slow
def test_the_configuration_of_a_stack_chooses_its_host(packaged: Stack, tenant: Tenant) -> None:
    del packaged.environment["LUMOS_HOST"]
    given = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
    packaged.declare(PERMISSION, given)
    packaged.pulumi("config", "set", "lumos:host", "packaged")
    packaged.up()
    made = packaged.resource()
    assert made["type"] == f"lumos:index:{PERMISSION}"
    packaged.preview("--refresh", "--expect-no-changes")
    tenant.forget_requests()
    packaged.pulumi("config", "set", "lumos:host", "nonsense")
    assert "lumos:host must be dynamic or packaged." in packaged.preview(fails=True)
    packaged.pulumi("config", "rm", "lumos:host")
    packaged.up()
    back = packaged.resource()
    assert (back["id"], back["type"]) == (made["id"], f"pulumi-python:dynamic/lumos:{PERMISSION}")
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    packaged.preview("--expect-no-changes")
    packaged.destroy()
    assert tenant.permissions(seed_ids.SALESFORCE_APP_ID) == []


def by_kind(stack: Stack) -> dict[str, Values]:
    """The resources of the state, each of which has the name of its kind."""
    return {kind: stack.resource(kind) for kind in KINDS}


@pytest.mark.slow
def test_what_exists_is_imported_and_nothing_changes(packaged: Stack, tenant: Tenant) -> None:
    by_hand: Values = {"request_fulfillment_config": {"manual_instructions": "Ask Grace."}}
    by_hand["appstore_visibility"] = "VISIBLE"
    there = tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin", **by_hand)
    before = tenant.permission(there["id"])
    given = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
    packaged.declare(PERMISSION, given, f"import_={there['id']!r}")
    tenant.forget_requests()
    said = packaged.up()
    assert "stays as it is in Lumos" in said
    assert "no longer" not in said
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    packaged.preview("--refresh", "--expect-no-changes")
    packaged.declare(PERMISSION, given)
    packaged.preview("--expect-no-changes")
    assert tenant.permission(there["id"]) == before
    command = ["import", f"lumos:index:{PERMISSION}", "it", "--yes", "--protect=false"]
    packaged.pulumi("state", "delete", packaged.resource()["urn"], "--yes")
    packaged.pulumi(*command[:3], there["id"], *command[3:], "--generate-code=false")
    assert packaged.resource()["inputs"]["label"] == "Admin"
    # This import records all that the object has, so a program that says less clears the rest.
    assert "- requestConfig" in packaged.preview("--diff")
    assert tenant.permission(there["id"]) == before
    packaged.up()
    cleared = tenant.permission(there["id"])["request_config"]["request_fulfillment_config"]
    assert cleared["manual_instructions"] is None
    nobody = "11111111-1111-4111-8111-111111111111"
    missing = packaged.pulumi(*command[:2], "no", nobody, "--yes", fails=True)
    assert f"Lumos has no {PERMISSION} with the id" in missing


@pytest.mark.parametrize(
    "name", ["hosts.md", "installation-configuration.md", "troubleshooting.md"]
)
def test_a_page_says_where_the_provider_is(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block.rstrip() in (ROOT / "examples/yaml/Pulumi.yaml").read_text(encoding="utf-8")
    assert block == PLUGINS.format(virtualenv=".venv")


@SLOW
def test_the_python_of_the_registry_makes_what_it_declares(packaged: Stack, tenant: Tenant) -> None:
    page = (ROOT / "docs" / "_index.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    packaged.program_file(program)
    packaged.up()
    permissions = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    assert "Admin" in {one["label"] for one in permissions}
    packaged.preview("--refresh", "--expect-no-changes")


def test_a_provider_that_is_not_found_has_its_entry_in_the_page_on_errors(stack: Stack) -> None:
    stack.start_cold()
    stack.environment["LUMOS_HOST"] = "packaged"
    stack.environment["PATH"] = stack.environment["PATH"].replace(f"{sys.prefix}/bin:", "")
    stack.declare(PERMISSION, samples(PERMISSION)[0])
    printed = stack.preview(fails=True)
    entry = "could not find latest version for provider lumos"
    assert entry in printed
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    assert f'### "{entry}"' in page
    shown = re.search(rf"^error: .*{entry}", page, re.M)
    assert shown and re.search(shown[0].replace("…", ".*"), " ".join(printed.split()))


def test_an_unknown_host_is_one_sentence(stack: Stack) -> None:
    stack.environment["LUMOS_HOST"] = "packed"
    stack.declare(PERMISSION, samples(PERMISSION)[0])
    assert "LUMOS_HOST must be dynamic or packaged." in stack.preview(fails=True)
