"""`pulumi-lumos export --from-terraform`: what it writes, says, and ends with."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..cli.exporting import files
from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .recording import STATE, ids, recorded_state
from .states import COMMANDS, PERMISSION, of_kinds_we_have, saved, to_set

__all__ = ["saved"]


def test_only_what_terraform_manages_is_written_and_lumos_is_only_read(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    done = run("export", str(tmp_path / "it"), "--from-terraform", str(STATE), "--json")
    assert (done.code, done.errors) == (1, "")
    assert {request["method"] for request in tenant.requests()} == {"GET"}
    told = done.json["terraform"]
    state = recorded_state()
    assert {one["id"] for one in told["adopted"] if one["kind"] == "RequestablePermission"} == {
        *ids(state, PERMISSION)
    }
    program = files(tmp_path / "it")
    assert set(program) == {
        "Pulumi.yaml",
        "__main__.py",
        "requirements.txt",
        "terraform-addresses.txt",
        "apps/__init__.py",
        "apps/company.py",
        "apps/lab_notebook.py",
        "apps/salesforce.py",
        "apps/wiki.py",
    }
    addresses = program["terraform-addresses.txt"].splitlines()
    assert addresses == [one["address"] for one in told["adopted"]]
    assert "a secret of another provider" not in "".join(program.values()) + done.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_state_is_read_as_any_shell_redirects_it(
    run: RunCommand, tmp_path: Path, encoding: str
) -> None:
    text = STATE.read_text(encoding="utf-8")
    (tmp_path / "redirected").write_text(text, encoding=encoding)
    command = ("export", "--from-terraform")
    run(*command, str(tmp_path / "redirected"), str(tmp_path / "one"))
    run(*command, "-", str(tmp_path / "two"), stdin=text)
    assert files(tmp_path / "one") == files(tmp_path / "two") != {}


def test_everything_taken_over_ends_with_0(run: RunCommand, tmp_path: Path, saved: Any) -> None:
    path = saved(of_kinds_we_have(recorded_state()))
    done = run("export", str(tmp_path / "it"), "--from-terraform", path)
    assert done.code == 0
    assert "Not exported" not in done.out
    assert "Ignored" not in done.out


def test_an_object_gone_from_lumos_is_reported_and_left_out(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    state = of_kinds_we_have(recorded_state())
    tenant.remove_permission(ids(state, PERMISSION)[-1])
    tenant.remove_from_app_store(ids(state, "lumos_app_store_app")[0])
    done = run("export", str(tmp_path / "it"), "--from-terraform", saved(state))
    assert done.code == 1
    told = [line for line in done.out.splitlines() if line.startswith("Not exported: ")]
    assert told == [
        f"Not exported: {address}: Lumos no longer has it; `terraform apply -refresh-only` drops "
        "it from the state."
        for address in (
            "lumos_app_store_app.salesforce",
            f'module.team["web"].{PERMISSION}.reports',
        )
    ]
    program = files(tmp_path / "it")
    assert "team-web-reports" not in program["apps/salesforce.py"]
    assert "lumos.AppStoreApp" not in program["apps/salesforce.py"]
    assert "web" not in program["terraform-addresses.txt"]


def test_an_object_that_was_moved_to_another_app_is_found_there(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    tenant.switch(patch_app_id="move")
    state = of_kinds_we_have(recorded_state())
    tenant.edit_permission(ids(state, PERMISSION)[-1], app_id=seed_ids.SLACK_APP_ID)
    done = run("export", str(tmp_path / "it"), "--from-terraform", saved(state))
    assert done.code == 0
    program = files(tmp_path / "it")
    assert '"team-web-reports"' in program["apps/slack.py"]
    assert program["apps/slack.py"].count("adopt=") == 1


def test_an_object_missing_from_the_lists_does_not_count_as_gone(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    state = of_kinds_we_have(recorded_state())
    tenant.switch(read_after_write_lag_seconds=600)
    made = tenant.add_permission(ids(state, "lumos_app_store_app")[0], "New")
    state["resources"][-1]["instances"][0]["attributes"]["id"] = made["id"]
    done = run("export", str(tmp_path / "it"), "--from-terraform", saved(state))
    assert done.code == 0
    assert files(tmp_path / "it")["apps/salesforce.py"].count('label="New"') == 1


def test_secrets_are_asked_of_the_stack_and_stay_unread(run: RunCommand, tmp_path: Path) -> None:
    command = ("export", str(tmp_path / "it"), "--from-terraform", str(STATE))
    done = run(*command)
    assert to_set(done) == COMMANDS
    program = files(tmp_path / "it")["apps/company.py"]
    assert "\nimport pulumi\nimport pulumi_lumos as lumos\n\nconfig = pulumi.Config()\n" in program
    for key in ("lab", "subsidiary"):
        lines = (
            'app_class_id="okta.com"',
            f'auth=config.require_secret_object("okta-{key}-auth")',
            f'settings={{"app_instance_identifier": "{key}.okta.com"}}',
        )
        assert "".join(f"    {line},\n" for line in lines) in program
    assert 'settings=config.require_secret_object("github-0-settings"),\n' in program
    again = run(*command, "--resume")
    assert to_set(again) == COMMANDS
    told = run(*command, "--resume", "--json")
    assert [one["command"] for one in told.json["terraform"]["to_set"]] == COMMANDS
    assert told.json["terraform"]["to_set"][0] == {
        "address": "lumos_app.github[0]",
        "field": "auth",
        "key": "github-0-auth",
        "example": {"api_key": "..."},
        "secret": True,
        "command": COMMANDS[0],
    }
    everything = [done.out, again.out, told.out, *files(tmp_path / "it").values()]
    for secret in ("a key of", "a hidden lab"):
        assert secret in STATE.read_text(encoding="utf-8")
        assert secret not in "".join(everything)


@pytest.mark.parametrize("status", [403, 404])
def test_where_lumos_tells_no_names_the_list_has_none(
    tenant: Tenant, run: RunCommand, tmp_path: Path, status: int
) -> None:
    tenant.fault("status", path="^/integrations/", status=status, times=100)
    done = run("export", str(tmp_path / "it"), "--from-terraform", str(STATE))
    keys = [command.split()[4] for command in COMMANDS]
    names = shlex.quote('{"...": "..."}')
    assert to_set(done) == [f"pulumi config set --secret {key} {names}" for key in keys]


def test_credentials_that_lumos_has_ignored_are_not_asked_for(
    run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    wikis = [one for one in recorded_state()["resources"] if one["name"] == "wiki"]
    (app,) = (one for one in wikis if one["type"] == "lumos_app")
    app["instances"][0]["attributes"]["auth"] = '{"api_key": "a key of nobody"}'
    state = {**recorded_state(), "resources": [app]}
    done = run("export", str(tmp_path / "it"), "--from-terraform", saved(state))
    assert done.code == 0
    assert to_set(done) == []
    assert "Left to Lumos: wiki: auth: give app_class_id too: " in done.out
    program = files(tmp_path / "it")["apps/company.py"]
    assert "config" not in program
    assert "a key of nobody" not in program + done.out


def test_an_app_of_which_terraform_manages_nothing_is_reported(
    run: RunCommand, tmp_path: Path
) -> None:
    command = ("export", str(tmp_path / "it"), "--from-terraform", str(STATE), "--app", "Slack")
    done = run(*command)
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("Nothing to export of Slack (")
    assert done.out.splitlines()[0].endswith("): Terraform manages nothing of it.")
    assert not (tmp_path / "it").exists()


def test_a_namesake_that_terraform_does_not_manage_is_not_adopted(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    app_id = ids(recorded_state(), "lumos_app_store_app")[0]
    tenant.add_permission(app_id, "Read-only")
    run("export", str(tmp_path / "it"), "--from-terraform", str(STATE))
    program = files(tmp_path / "it")["apps/salesforce.py"]
    (read_only,) = (
        one["instances"][0]["attributes"]["id"]
        for one in recorded_state()["resources"]
        if one["mode"] == "managed" and one["name"] == "read_only"
    )
    assert f'adopt="{read_only}"' in program
    assert program.count('label="Read-only"') == 1


def test_the_state_of_another_lumos_is_one_sentence_and_writes_nothing(
    run: RunCommand, tmp_path: Path
) -> None:
    with EmulatorProcess() as another:
        command = ("export", str(tmp_path / "it"), "--from-terraform", str(STATE))
        done = run(*command, LUMOS_SERVER_URL=another.url)
    assert done.code == 3
    assert done.errors.startswith("Lumos has none of the 21 objects that Terraform manages.")
    assert done.errors.endswith("Nothing was written.\n")
    assert not (tmp_path / "it").exists()


def test_a_state_that_cannot_be_read_is_one_sentence(run: RunCommand, tmp_path: Path) -> None:
    command = ("export", str(tmp_path / "it"), "--from-terraform")
    done = run(*command, str(tmp_path / "none.tfstate"))
    assert (done.code, done.errors.count("\n")) == (3, 1)
    assert "none.tfstate cannot be read: No such file or directory." in done.errors
    done = run(*command, "-", stdin='{"version": 3}')
    assert done.code == 3
    assert done.errors.startswith("The Terraform state on standard input cannot be used: ")
