"""`pulumi-lumos export --import-file`: which object each resource of the program is."""

from __future__ import annotations

import json
from pathlib import Path

from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .exporting import company, files

__all__ = ["company"]

HINT = "Choose the packaged provider: pulumi config set lumos:host packaged"


def entries(folder: Path) -> list[dict[str, str]]:
    """What the import file lists."""
    listed: list[dict[str, str]] = json.loads((folder / "import.json").read_text())["resources"]
    return listed


def test_the_file_names_every_resource_of_a_program_that_does_not_adopt(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    done = run("export", str(tmp_path / "it"), "--import-file")
    assert (done.code, done.errors) == (0, "")
    assert "`pulumi import --file import.json --generate-code=false`" in done.out
    assert HINT not in done.out
    assert {request["method"] for request in company.requests()} == {"GET"}
    program = files(tmp_path / "it")
    assert not [name for name, text in program.items() if "adopt=" in text]
    assert "config:\n  lumos:host: packaged\n" in program["Pulumi.yaml"]
    adopting = tmp_path / "adopting"
    run("export", str(adopting))
    assert len(entries(tmp_path / "it")) == "".join(files(adopting).values()).count("adopt=")
    slack = seed_ids.SLACK_PERMISSION_ID
    assert {
        "type": "lumos:index:RequestablePermission",
        "name": "slack.guest-channels",
        "id": slack,
    } in entries(tmp_path / "it")
    report = run("export", str(tmp_path / "json"), "--import-file", "--json").json
    assert report["import_file"] == "import.json"


def test_an_export_that_is_cut_off_goes_on_to_the_same_file(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    run("export", str(tmp_path / "whole"), "--import-file")
    company.fault("status", path=f"^/apps/{seed_ids.SALESFORCE_APP_ID}/settings$", status=403)
    assert run("export", str(tmp_path / "parts"), "--import-file").code == 3
    assert not (tmp_path / "parts" / "import.json").exists()
    company.call("DELETE", "/_emulator/faults")
    assert run("export", str(tmp_path / "parts"), "--import-file", "--resume").code == 0
    assert files(tmp_path / "parts") == files(tmp_path / "whole")


def test_apps_that_are_added_one_by_one_make_the_file_of_all(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    apps = ["Slack", "Salesforce", "Okta", "Google Workspace"]
    run("export", str(tmp_path / "whole"), "--import-file", *(f"--app={app}" for app in apps))
    for app in apps:
        run("export", str(tmp_path / "parts"), "--import-file", "--resume", "--app", app)
    assert files(tmp_path / "parts") == files(tmp_path / "whole")


def test_what_somebody_has_taken_out_of_the_program_is_not_listed_again(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    run("export", str(tmp_path), "--import-file", "--app", "Slack", "--app", "Okta")
    (tmp_path / "apps" / "okta.py").unlink()
    slack = tmp_path / "apps" / "slack.py"
    text = slack.read_text(encoding="utf-8").replace("lumos.AppStoreApp(", "dict(")
    slack.write_text(text, encoding="utf-8")
    done = run("export", str(tmp_path), "--import-file", "--resume", "--app", "Slack")
    assert "Kept 1 module that the folder had already.\n" in done.out
    assert slack.read_text(encoding="utf-8") == text
    left = {(one["type"].rpartition(":")[2], one["name"]) for one in entries(tmp_path)}
    assert ("AppStoreApp", "slack") not in left
    assert ("RequestablePermission", "slack.guest-channels") in left
    assert not [name for _, name in left if name.startswith("okta")]


def test_a_project_that_does_not_choose_the_provider_stays_and_is_reported(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: mine\nruntime: python\n")
    (tmp_path / "import.json").write_text("no JSON")
    done = run("export", str(tmp_path), "--import-file", "--resume", "--app", "Slack")
    assert HINT in done.out
    assert (tmp_path / "Pulumi.yaml").read_text() == "name: mine\nruntime: python\n"
    assert len(entries(tmp_path)) == 3


def test_what_terraform_manages_is_adopted(run: RunCommand, tmp_path: Path) -> None:
    done = run("export", str(tmp_path / "it"), "--import-file", "--from-terraform", "x")
    assert (done.code, done.out) == (2, "")
    assert "leave --import-file out" in done.errors
