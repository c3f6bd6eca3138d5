"""`pulumi-lumos export --from-terraform`: what it writes, says, and ends with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..cli.conftest import RunCommand
from ..cli.test_export import files
from ..tenant import Tenant
from .recording import STATE, ids, recorded_state

Values = dict[str, Any]
PERMISSION = "lumos_requestable_permission"


@pytest.fixture
def saved(tmp_path: Path) -> Any:
    """Writes a state into a file."""

    def save(state: Values) -> str:
        path = tmp_path / "it.tfstate"
        path.write_text(json.dumps(state), encoding="utf-8")
        return str(path)

    return save


def of_kinds_we_have(state: Values) -> Values:
    """A state of nothing but what a program can say."""
    kept = ("lumos_app_store_app", PERMISSION, "lumos_pre_approval_rule", "lumos_access_policy")
    state["resources"] = [one for one in state["resources"] if one["type"] in kept]
    for one in state["resources"]:
        one["instances"] = [each for each in one["instances"] if "deposed" not in each]
    return state


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
        "apps/salesforce.py",
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


def test_what_is_gone_in_lumos_is_told_and_left_out(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    state = of_kinds_we_have(recorded_state())
    tenant.remove_permission(ids(state, PERMISSION)[-1])
    tenant.remove_from_app_store(ids(state, "lumos_app_store_app")[0])
    done = run("export", str(tmp_path / "it"), "--from-terraform", saved(state))
    assert done.code == 1
    told = [line for line in done.out.splitlines() if line.startswith("Not exported: ")]
    assert told == [
        f"Not exported: {address}: Lumos has it no more; `terraform apply -refresh-only` drops it "
        "from the state."
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


def test_an_object_that_the_lists_do_not_show_is_no_gone_one(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    state = of_kinds_we_have(recorded_state())
    tenant.switch(read_after_write_lag_seconds=600)
    made = tenant.add_permission(ids(state, "lumos_app_store_app")[0], "New")
    state["resources"][-1]["instances"][0]["attributes"]["id"] = made["id"]
    done = run("export", str(tmp_path / "it"), "--from-terraform", saved(state))
    assert done.code == 0
    assert files(tmp_path / "it")["apps/salesforce.py"].count('label="New"') == 1


def test_credentials_stay_unread_and_are_listed(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    given = {
        "name": "Subsidiary",
        "app_class_id": "okta.com",
        "auth": {"api_key": "a key of Terraform's"},
        "settings": {"app_instance_identifier": "subsidiary.okta.com"},
    }
    made = tenant.call("POST", "/apps", given)
    (app,) = (r for r in recorded_state()["resources"] if r["name"] == "wiki")
    app["instances"][0]["attributes"] |= {**given, "id": made["id"]}
    command = ("--from-terraform", saved({**recorded_state(), "resources": [app]}))
    done = run("export", str(tmp_path / "it"), *command)
    assert done.code == 0
    assert (
        "Not in the program: auth, settings of lumos_app.wiki, because Lumos never answers them. "
        "It keeps them. To change one, give it in the program; credentials as a secret: "
        "`pulumi config set --secret`.\n"
    ) in done.out
    told = run("export", str(tmp_path / "other"), *command, "--json")
    assert told.json["terraform"]["adopted"][0]["unanswered"] == ["auth", "settings"]
    everything = [done.out, told.out, *files(tmp_path / "it").values()]
    assert "a key of Terraform's" not in "".join(everything)


def test_one_app_after_the_other(
    tenant: Tenant, run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    tenant.switch(patch_app_id="move")
    state = of_kinds_we_have(recorded_state())
    tenant.edit_permission(ids(state, PERMISSION)[-1], app_id=seed_ids.SLACK_APP_ID)
    state["resources"][-1]["instances"][0]["attributes"]["app_id"] = seed_ids.SLACK_APP_ID
    path = saved(state)
    command = ("export", str(tmp_path / "it"), "--from-terraform", path)
    assert run(*command, "--app", "Salesforce").out.startswith("Wrote 8 resources of 1 app to ")
    assert run(*command, "--app", "Slack", "--resume").out.startswith("Wrote 1 resource of 1 app")
    assert run(*command, "--resume").out.startswith("Wrote 1 resource of 0 apps and of no single")
    run("export", str(tmp_path / "whole"), "--from-terraform", path)
    assert files(tmp_path / "it") == files(tmp_path / "whole")


def test_an_app_of_which_terraform_manages_nothing_is_told(run: RunCommand, tmp_path: Path) -> None:
    command = ("export", str(tmp_path / "it"), "--from-terraform", str(STATE), "--app", "Slack")
    done = run(*command)
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("Nothing to export of Slack (")
    assert done.out.splitlines()[0].endswith("): Terraform manages nothing of it.")
    assert not (tmp_path / "it").exists()


def test_an_address_that_terraform_has_forgotten_is_no_longer_listed(
    run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    state = of_kinds_we_have(recorded_state())
    command = ("export", str(tmp_path / "it"), "--resume", "--from-terraform")
    run(*command, saved(state))
    before = files(tmp_path / "it")["terraform-addresses.txt"].splitlines()
    state["resources"].pop()
    run(*command, saved(state))
    listed = files(tmp_path / "it")["terraform-addresses.txt"].splitlines()
    assert before == [*listed, f'module.team["web"].{PERMISSION}.reports']


def test_an_export_that_goes_on_lists_the_same_addresses(run: RunCommand, tmp_path: Path) -> None:
    command = ("export", str(tmp_path / "it"), "--from-terraform", str(STATE))
    assert run(*command).code == 1
    before = files(tmp_path / "it")
    assert run(*command).errors.startswith(f"The folder {tmp_path / 'it'} is not empty.")
    assert run(*command, "--resume").code == 1
    assert files(tmp_path / "it") == before


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
        if one["name"] == "read_only"
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
    assert done.errors.startswith("Lumos has none of the 11 objects that Terraform manages.")
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
