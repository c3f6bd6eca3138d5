"""`pulumi-lumos export` writes a program, only reads, and goes on where it was cut off."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import TERMINAL, RunCommand
from ..drivers.tenant import PERMISSIONS, RULES, Tenant
from .exporting import company, files

__all__ = ["company"]


def test_each_app_is_a_module_and_lumos_is_only_read(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    done = run("export", str(tmp_path / "it"))
    assert (done.code, done.errors) == (0, "")
    assert done.out.startswith(
        f"Wrote 14 resources of 4 apps and of no single app to {tmp_path / 'it'}.\n"
    )
    assert {request["method"] for request in company.requests()} == {"GET"}
    program = files(tmp_path / "it")
    assert set(program) == {
        "Pulumi.yaml",
        "__main__.py",
        "requirements.txt",
        "apps/__init__.py",
        "apps/company.py",
        "apps/google_workspace.py",
        "apps/okta.py",
        "apps/salesforce.py",
        "apps/slack.py",
    }


def test_the_program_names_objects_instead_of_writing_ids(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    run("export", str(tmp_path / "it"))
    program = "\n".join(files(tmp_path / "it").values())
    for id in [*company.state()["groups"], *company.state()["users"], *company.state()["apps"]]:
        assert id not in program
    slack = files(tmp_path / "it")["apps/slack.py"]
    assert 'slack = lumos.get_app(name="Slack")\n' in slack
    assert 'grace_okafor = lumos.get_user(email="grace.okafor@acme.example")\n' in slack
    assert "guest_channels = lumos.RequestablePermission(\n" in slack
    assert '"default_permission": {"id": guest_channels.id},' in slack
    assert "None" not in slack
    assert "False" not in slack


def test_a_program_looks_the_same_each_time_and_as_formatters_want_it(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    run("export", str(tmp_path / "one"))
    run("export", str(tmp_path / "two"))
    assert files(tmp_path / "one") == files(tmp_path / "two")
    for check in (["format", "--diff"], ["check"]):
        command = [sys.executable, "-m", "ruff", *check, "--isolated", str(tmp_path / "one")]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_program_passes_a_strict_type_checker(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    run("export", str(tmp_path / "it"))
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "."]
    done = subprocess.run(command, cwd=tmp_path / "it", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_some_apps_are_exported_by_name_or_id(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    named = ["--app", "Slack", "--app", seed_ids.SALESFORCE_APP_ID, "--json"]
    report = run("export", str(tmp_path / "it"), *named).json
    assert [(app["file"], app["resources"]) for app in report["apps"]] == [
        ("apps/salesforce.py", 1),
        ("apps/slack.py", 3),
    ]


def test_names_that_would_break_a_program_do_not(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    for name in [
        "import",
        "Wiki",
        "wiki",
        "1Password",
        '"""\nraise SystemExit(1)\n',
        "漢字",
        "\x1b[",
    ]:
        body = {"name": name, "category": "Other", "description": "Made by a test."}
        app = tenant.call("POST", "/apps", body)
        tenant.call("POST", "/appstore/apps", {"app_id": app["id"]})
    for environment in ({}, TERMINAL):
        folder = tmp_path / f"it{len(environment)}"
        done = run("export", str(folder), **environment)
        assert done.code == 0
        assert "\x1b[" not in done.out
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert all(line.isprintable() for line in text.splitlines())
        nodes = ast.walk(ast.parse(text))
        assert not [node for node in nodes if isinstance(node, ast.Raise)]


def test_what_a_program_cannot_say_is_reported_and_noted(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    approvers = {"users": [{"id": seed_ids.USERS["Grace"].id}], "groups": []}
    tenant.edit_settings(seed_ids.SLACK_APP_ID, request_flow={"approvers": approvers})
    tenant.switch(describes_entire_workflow=False)
    done = run("export", str(tmp_path / "it"), "--app", "Slack")
    left = "request_flow.approvers: Lumos holds more of it than its API can show"
    assert f"Left to Lumos: slack: {left}." in done.out
    assert f"# Left to Lumos: {left}\n" in files(tmp_path / "it")["apps/slack.py"]


def test_a_folder_that_cannot_be_written_is_one_sentence(run: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("export", str(tmp_path / "file" / "below"))
    assert done.code == 3
    assert done.errors.count("\n") == 1


def test_an_app_without_objects_is_reported_and_sets_the_exit_code(
    run: RunCommand, tmp_path: Path
) -> None:
    done = run("export", str(tmp_path / "it"), "--app", "GitHub")
    assert (done.code, done.errors) == (1, "")
    assert done.out == (
        f"Nothing to export of GitHub (acme, APPROVED, id {seed_ids.GITHUB_APP_ID}): Lumos has no "
        "AppStore entry, permission or pre-approval rule of it.\n"
    )
    assert not (tmp_path / "it").exists()
    some = run("export", str(tmp_path / "it"), "--app", "GitHub", "--app", "Slack", "--json")
    assert some.code == 1
    assert some.json["apps_without_anything"] == [seed_ids.GITHUB_APP_ID]
    assert [app["file"] for app in some.json["apps"]] == ["apps/slack.py"]


def test_an_empty_tenant_is_reported(tenant: Tenant, run: RunCommand, tmp_path: Path) -> None:
    tenant.fault("body", path="^/apps$", body_text='{"items": [], "total": 0}')
    tenant.remove_policy(seed_ids.ACCESS_POLICY_ID)
    done = run("export", str(tmp_path / "it"))
    assert (done.code, done.out) == (
        1,
        "Nothing to export: Lumos has no AppStore entry, permission or pre-approval rule of any "
        "app.\n",
    )
    assert not (tmp_path / "it").exists()


def test_apps_of_one_name_are_told_apart(tenant: Tenant, run: RunCommand, tmp_path: Path) -> None:
    apps = tenant.call("GET", "/apps", size="100")
    twin = next(app for app in apps["items"] if app["id"] == seed_ids.OKTA_APP_ID)
    twin |= {"user_friendly_label": "Slack", "disconnected": True}
    tenant.fault("body", path="^/apps$", body_text=json.dumps(apps))
    run("export", str(tmp_path / "it"))
    modules = files(tmp_path / "it")
    names = {name for name in modules if name.startswith("apps/slack")}
    assert names == {
        f"apps/slack_{seed_ids.OKTA_APP_ID[:8]}.py",
        f"apps/slack_{seed_ids.SLACK_APP_ID[:8]}.py",
    }
    program = "".join(modules.values())
    assert "# Slack (acme.okta.com, APPROVED, disconnected)\n" in program
    assert "# Slack (acme.slack.com, APPROVED)\n" in program


def test_only_what_somebody_has_configured_is_taken_where_that_is_asked(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    (synced,) = (one for one in tenant.permissions(seed_ids.OKTA_APP_ID) if one["label"] == "IT")
    tenant.edit_permission(synced["id"], request_config={"appstore_visibility": "VISIBLE"})
    tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Made by hand")
    done = run("export", str(tmp_path / "it"), "--only-configured")
    assert done.code == 0
    assert {name: text.count("adopt=") for name, text in files(tmp_path / "it").items()} == {
        "Pulumi.yaml": 0,
        "__main__.py": 0,
        "requirements.txt": 0,
        "apps/__init__.py": 0,
        "apps/company.py": 1,
        "apps/okta.py": 1,
        "apps/salesforce.py": 1,
        "apps/slack.py": 2,
    }
    refused = run("export", str(tmp_path / "it"), "--only-configured", "--from-terraform", "x")
    assert refused.code == 2


def test_a_configured_object_may_point_at_one_that_is_left_out(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    (synced,) = (one for one in tenant.permissions(seed_ids.OKTA_APP_ID) if one["label"] == "IT")
    rule = {
        "app_id": seed_ids.OKTA_APP_ID,
        "justification": "IT needs it.",
        "preapproved_permissions": [{"id": synced["id"]}],
    }
    tenant.call("POST", RULES, rule)
    run("export", str(tmp_path / "it"), "--only-configured", "--app", "Okta")
    okta = files(tmp_path / "it")["apps/okta.py"]
    assert okta.count("adopt=") == 1
    assert 'lumos.get_permission(app_id=okta.id, label="IT")' in okta


LISTS = {
    "/apps": "^/apps$",
    "/appstore/requestable_permissions": "^/appstore/requestable_permissions$",
    "/appstore/pre_approval_rules": "^/appstore/pre_approval_rules$",
}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("id", [{}, {"id": None}, {"id": ""}], ids=repr)
def test_objects_without_ids_are_one_sentence(
    tenant: Tenant, run: RunCommand, tmp_path: Path, path: str, id: dict[str, object]
) -> None:
    nameless = {"app_id": seed_ids.SLACK_APP_ID, "label": "x", "justification": "x", **id}
    body = json.dumps({"items": [nameless], "total": 1})
    tenant.fault("body", path=LISTS[path], body_text=body)
    done = run("export", str(tmp_path / "it"), "--app", "Slack")
    assert (done.code, done.out) == (3, "")
    assert done.errors.startswith(f"GET {path} failed: ")
    assert "an object without an id" in done.errors
    assert done.errors.count("\n") == 1


@pytest.mark.parametrize("command", [["find", "apps"], ["check-admins"]])
def test_other_commands_do_not_take_them_either(
    tenant: Tenant, run: RunCommand, command: list[str]
) -> None:
    body = json.dumps({"items": [{"id": None, "user_friendly_label": "x"}], "total": 1})
    tenant.fault("body", path="apps$", body_text=body)
    done = run(*command)
    assert (done.code, done.out) == (3, "")
    assert "an object without an id" in done.errors


def test_an_object_that_a_page_repeats_is_one_resource(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    run("export", str(tmp_path / "once"))
    for path, query in (("/apps", {}), (PERMISSIONS, SLACK), (RULES, SLACK)):
        page = company.call("GET", path, size="100", **query)
        page["items"] *= 2
        company.fault("body", path=f"^{path}$", body_text=json.dumps(page))
    arguments = ["--app", seed_ids.SLACK_APP_ID]
    assert run("export", str(tmp_path / "twice"), *arguments).code == 0
    once, twice = files(tmp_path / "once"), files(tmp_path / "twice")
    assert twice["apps/slack.py"] == once["apps/slack.py"]
    apps = run("find", "apps").rows
    assert len(apps) == len({row[0] for row in apps})


SLACK = {"app_id": seed_ids.SLACK_APP_ID, "include_inherited_configs": "false"}
