"""`pulumi-lumos export` writes a program, only reads, and goes on where it was cut off."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..host.samples import samples
from ..interrupts import hear_interrupts
from ..tenant import PERMISSIONS, Tenant
from .conftest import TERMINAL, RunCommand


@pytest.fixture
def company(tenant: Tenant) -> Tenant:
    """A tenant in which every kind has an object that uses every field."""
    for kind, path in (("RequestablePermission", PERMISSIONS), ("PreApprovalRule", RULES)):
        tenant.call("POST", path, samples(kind)[0])
    tenant.edit_settings(**samples("AppStoreApp")[0])
    tenant.forget_requests()
    return tenant


RULES = "/appstore/pre_approval_rules"


def files(folder: Path) -> dict[str, str]:
    """All files of a program by their names."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}


def test_each_app_is_a_module_and_lumos_is_only_read(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    done = run("export", str(tmp_path / "it"))
    assert (done.code, done.errors) == (0, "")
    assert done.out.startswith(f"Wrote 12 resources of 4 apps to {tmp_path / 'it'}.\n")
    assert {request["method"] for request in company.requests()} == {"GET"}
    program = files(tmp_path / "it")
    assert set(program) == {
        "Pulumi.yaml",
        "__main__.py",
        "requirements.txt",
        "apps/__init__.py",
        "apps/google_workspace.py",
        "apps/okta.py",
        "apps/salesforce.py",
        "apps/slack.py",
    }
    assert "    okta,\n    salesforce,\n" in program["__main__.py"]


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


def test_an_export_that_is_cut_off_goes_on_with_what_is_missing(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    run("export", str(whole))
    salesforce = f"^/apps/{seed_ids.SALESFORCE_APP_ID}/settings$"
    company.fault("status", path=salesforce, status=403, times=1)
    cut_off = run("export", str(parts))
    assert cut_off.code == 3
    assert "403" in cut_off.errors
    assert "--resume goes on" in cut_off.errors
    assert not (parts / "__main__.py").exists()
    assert not (parts / "apps" / "salesforce.py").exists()

    refused = run("export", str(parts))
    assert refused.code == 3
    assert "is not empty" in refused.errors
    kept = sorted(parts.glob("apps/*.py"))
    company.forget_requests()
    assert run("export", str(parts), "--resume").code == 0
    assert files(parts) == files(whole)
    read = [request["path"] for request in company.requests() if "settings" in request["path"]]
    assert len(read) == len(company.state()["apps"]) - len(kept)


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


def test_what_a_program_cannot_say_is_told_and_noted(
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


@pytest.mark.slow
def test_an_interrupt_keeps_what_is_whole_and_says_how_to_go_on(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    company.fault("stall", path=f"^/apps/{seed_ids.SLACK_APP_ID}/settings$", seconds=10)
    command = [sys.executable, "-m", "pulumi_lumos.cli", "export", str(tmp_path / "it")]
    settings = {"LUMOS_ACCESS_TOKEN": company.token, "LUMOS_SERVER_URL": company.url}
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
        preexec_fn=hear_interrupts,
    ) as process:
        while not (tmp_path / "it" / "apps" / "okta.py").exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    assert (
        errors == "Stopped. What is read already is kept: the same command with --resume goes on.\n"
    )
    assert not list((tmp_path / "it").rglob("*.partial"))
    assert run("export", str(tmp_path / "it"), "--resume").code == 0
