"""An exported program through the real engine: it adopts all and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.export.program import export
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.reading import Lookups

from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant
from ..kinds import samples

pytestmark = pytest.mark.engine

RULES = "/appstore/pre_approval_rules"


def exported(tenant: Tenant, folder: Path, *, import_file: bool = False) -> None:
    """Write the program of a whole tenant, project file and all."""
    for name in ("Pulumi.yaml", "__main__.py"):
        (folder / name).unlink(missing_ok=True)
    client = LumosClient(Settings(tenant.token, tenant.url))
    try:
        # The folder holds the stack's configuration.
        apps = Lookups(client).search(APP)
        export(client, apps, folder, resume=True, import_file=import_file)
    finally:
        client.close()


def use_every_field(tenant: Tenant) -> None:
    """Let the company have objects with a value in every field."""
    for kind, path in (("RequestablePermission", PERMISSIONS), ("PreApprovalRule", RULES)):
        for number in (0, 1):
            tenant.call("POST", path, samples(kind)[number])
    tenant.edit_settings(**samples("AppStoreApp")[0])


def have_awkward_names(tenant: Tenant) -> None:
    """Let the company have apps and permissions that no program could be named after."""
    for name in ("import", "Wiki", "Wiki", "漢字", '1"""\\Password\n'):
        body = {"name": name, "category": "Other", "description": "Made by a test."}
        app = tenant.call("POST", "/apps", body)
        tenant.call("POST", "/appstore/apps", {"app_id": app["id"]})
    for label in ("Admin", "Admin", "admin", "\x1b[2J\u202e ${evil}", "50% {x}"):
        tenant.add_permission(app["id"], label)
    for label in ("Visible", "Auto-approved"):
        permission = tenant.add_permission(seed_ids.SLACK_APP_ID, label)
        approval = {"request_approval_config_override": True, "manager_approval": "NONE"}
        config = {"appstore_visibility": "VISIBLE", "request_approval_config": approval}
        tenant.edit_permission(permission["id"], request_config=config)


@pytest.mark.slow
def test_a_company_that_uses_every_field_is_adopted_as_it_is(tenant: Tenant, stack: Stack) -> None:
    """From export to destroy, Lumos is as before at every step, in spite of awkward names."""
    use_every_field(tenant)
    have_awkward_names(tenant)
    before = tenant.state()
    exported(tenant, stack.program_folder)
    tenant.forget_requests()
    preview = stack.preview()
    assert "changes nothing" in preview
    assert "unless provisioning.default_permission turns out to differ" in preview
    assert " sets " not in preview
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    stack.destroy()
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    assert tenant.state() == before


@pytest.mark.slow
def test_an_exported_program_watches_over_what_people_see_and_not_over_what_is_hidden(
    tenant: Tenant, stack: Stack
) -> None:
    made = {
        said: tenant.add_permission(seed_ids.SALESFORCE_APP_ID, said, appstore_visibility=said)
        for said in ("VISIBLE", "HIDDEN")
    }
    exported(tenant, stack.program_folder)
    module = (stack.program_folder / "apps" / "salesforce.py").read_text(encoding="utf-8")
    assert module.count("appstore_visibility") == 1
    stack.up()
    for said, other in (("VISIBLE", "HIDDEN"), ("HIDDEN", "VISIBLE")):
        config = {"appstore_visibility": other}
        tenant.edit_permission(made[said]["id"], request_config=config)
    preview = stack.preview("--refresh", "--diff")
    assert "~ 1 to update" in preview
    changed = stack.spelled("~ appstore_visibility:") + ' "HIDDEN" => "VISIBLE"'
    assert changed in " ".join(preview.split())
    stack.up("--refresh")
    now = [tenant.permission(one["id"])["request_config"] for one in made.values()]
    assert [config["appstore_visibility"] for config in now] == ["VISIBLE", "VISIBLE"]


@pytest.mark.slow
@pytest.mark.one_host
def test_a_company_is_imported_by_a_file_and_nothing_changes(tenant: Tenant, stack: Stack) -> None:
    """The company goes from `pulumi-lumos export --import-file` to the end."""
    use_every_field(tenant)
    approvers = {"users": [{"id": seed_ids.USERS["Grace"].id}], "groups": []}
    tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"approvers": approvers})
    tenant.switch(describes_entire_workflow=False)
    wiki = {"name": "Wiki", "category": "Other", "description": "Made by a test."}
    tenant.call("POST", "/apps", wiki)
    (synced,) = (one for one in tenant.permissions(seed_ids.OKTA_APP_ID) if one["label"] == "IT")
    tenant.edit_permission(synced["id"], request_config={"appstore_visibility": "VISIBLE"})
    before = tenant.state()
    exported(tenant, stack.program_folder, import_file=True)
    tenant.forget_requests()
    listed = json.loads((stack.program_folder / "import.json").read_text())["resources"]
    command = ("import", "--file", "import.json", "--generate-code=false", "--yes")
    assert f"= {len(listed)} imported" in stack.pulumi(*command)
    stack.preview("--expect-no-changes")
    okta = stack.program_folder / "apps" / "okta.py"
    text = okta.read_text(encoding="utf-8")
    okta.unlink()
    assert "protect" in stack.preview(fails=True), "what the program lacks is not deleted"
    okta.write_text(text, encoding="utf-8")
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    assert tenant.state() == before
    assert {(one["type"], one["id"]) for one in stack.resources()} >= {
        (one["type"], one["id"]) for one in listed
    }
    assert "stays in Lumos as it is: a sync has made it" in stack.destroy()
    left = tenant.state()["permissions"].values()
    assert {one["type"] for one in left} == {"SYNCED"}
    assert synced["id"] in {one["id"] for one in left}
