"""`pulumi-lumos export` goes on where it was cut off, and leaves to its users what they changed."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.preloaded_python import preloaded_python
from ..drivers.tenant import Tenant
from ..patience import PATIENCE_SECONDS, wait_until
from .exporting import company, files

__all__ = ["company"]

OF_NO_APP = "company.py"
"""The module of what belongs to no single app, such as access policies."""


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
    kept = [module for module in parts.glob("apps/*.py") if module.name != OF_NO_APP]
    company.forget_requests()
    assert run("export", str(parts), "--resume").code == 0
    assert files(parts) == files(whole)
    read = [request["path"] for request in company.requests() if "settings" in request["path"]]
    assert len(read) == len(company.state()["apps"]) - len(kept)


@pytest.mark.parametrize("first", ["Slack", "Salesforce"])
def test_apps_that_are_added_one_by_one_make_the_program_of_all(
    company: Tenant, run: RunCommand, tmp_path: Path, first: str
) -> None:
    apps = ["Slack", "Salesforce", "Okta", "Google Workspace"]
    for app in sorted(apps, key=lambda app: app != first):
        assert run("export", str(tmp_path / "parts"), "--resume", "--app", app).code == 0
    run("export", str(tmp_path / "whole"))
    whole = files(tmp_path / "whole")
    assert whole.pop(f"apps/{OF_NO_APP}")
    assert files(tmp_path / "parts") == whole


def test_an_app_of_a_taken_name_gets_a_module_of_its_own(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    ids = []
    for _ in range(2):
        body = {"name": "Wiki", "category": "Other", "description": "Made by a test."}
        ids.append(tenant.call("POST", "/apps", body)["id"])
        tenant.call("POST", "/appstore/apps", {"app_id": ids[-1]})
    for id in ids:
        done = run("export", str(tmp_path / "it"), "--resume", "--app", id)
        assert done.out.startswith("Wrote 1 resource of 1 app to ")
    assert {name for name in files(tmp_path / "it") if "wiki" in name} == {
        f"apps/wiki_{id[:8]}.py" for id in ids
    }


def test_no_file_that_is_there_is_changed(company: Tenant, run: RunCommand, tmp_path: Path) -> None:
    run("export", str(tmp_path), "--app", "Slack")
    edited = {name: f"# mine\n{text}" for name, text in files(tmp_path).items()}
    for name, text in edited.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("export", str(tmp_path), "--resume")
    assert done.code == 0
    assert "Kept 1 module that the folder had already.\n" in done.out
    now = files(tmp_path)
    assert {name: now[name] for name in edited} == edited
    assert set(now) - set(edited) == {
        f"apps/{OF_NO_APP}",
        "apps/google_workspace.py",
        "apps/okta.py",
        "apps/salesforce.py",
    }


@pytest.mark.parametrize(
    "main",
    [
        "from apps import slack\n\nAPPS = (slack,)\n",
        "import apps.slack\n",
        "from apps.slack import slack\n",
        "no Python at all, from apps import\n",
    ],
)
def test_a_program_that_does_not_import_a_new_module_is_reported(
    company: Tenant, run: RunCommand, tmp_path: Path, main: str
) -> None:
    run("export", str(tmp_path), "--app", "Slack")
    (tmp_path / "__main__.py").write_text(main)
    done = run("export", str(tmp_path), "--resume", "--app", "Slack", "--app", "Okta")
    assert (tmp_path / "__main__.py").read_text() == main
    assert "Add the missing import: from apps import okta" in done.out
    report = run("export", str(tmp_path), "--resume", "--app", "Okta", "--json").json
    assert report["not_imported"] == ["okta"]
    (tmp_path / "__main__.py").write_text(f"{main}from apps import okta\n")
    if "no Python" not in main:
        assert "import:" not in run("export", str(tmp_path), "--resume", "--app", "Okta").out


@pytest.mark.parametrize("name", ["apps/slack.py", "__main__.py", "apps/__init__.py"])
def test_nothing_is_written_through_a_link(
    company: Tenant, run: RunCommand, tmp_path: Path, name: str
) -> None:
    elsewhere, program = tmp_path / "elsewhere", tmp_path / "it"
    elsewhere.write_text("untouched")
    (program / "apps").mkdir(parents=True)
    (program / f"{name}.partial").symlink_to(elsewhere)
    assert run("export", str(program), "--resume").code == 0
    assert elsewhere.read_text() == "untouched"
    assert (program / name).is_file()
    assert not list(program.rglob("*.partial"))


@pytest.mark.slow
def test_an_interrupt_keeps_what_is_whole_and_says_how_to_go_on(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    company.fault("stall", path=f"^/apps/{seed_ids.SLACK_APP_ID}/settings$", seconds=600)
    command = [preloaded_python(), "-m", "pulumi_lumos.cli", "export", str(tmp_path / "it")]
    settings = {"LUMOS_ACCESS_TOKEN": company.token, "LUMOS_SERVER_URL": company.url}
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
    ) as process:
        okta = tmp_path / "it" / "apps" / "okta.py"
        wait_until(lambda: okta.exists() or process.poll() is not None, "a module is written")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 3
    assert (
        errors
        == "Stopped. The folder keeps what was read: the same command with --resume goes on.\n"
    )
    assert not list((tmp_path / "it").rglob("*.partial"))
    company.call("DELETE", "/_emulator/faults")
    assert run("export", str(tmp_path / "it"), "--resume").code == 0
