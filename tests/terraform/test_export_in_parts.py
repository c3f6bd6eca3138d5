"""One state is taken over by several exports, or several states by one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.export.terraform_state import read_state

from ..cli.exporting import files
from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .recording import STATE, ids, recorded_state
from .states import PERMISSION, of_kinds_we_have, saved

__all__ = ["saved"]


def test_each_workspace_becomes_a_program_of_its_own(
    run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    wholes = []
    for workspace in ("default", "staging"):
        state = of_kinds_we_have(recorded_state())
        desired = workspace == "default"
        state["resources"] = [one for one in state["resources"] if ("module" in one) == desired]
        done = run("export", str(tmp_path / workspace), "--from-terraform", saved(state))
        assert done.code == 0
        wholes.append(files(tmp_path / workspace)["terraform-addresses.txt"].splitlines())
    assert not {*wholes[0]} & {*wholes[1]}
    assert len(wholes[0]) + len(wholes[1]) == len(read_state(STATE.read_text(), "it").managed)


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
    assert run(*command, "--resume").out.startswith("Wrote 12 resources of 2 apps and of no")
    run("export", str(tmp_path / "whole"), "--from-terraform", path)
    assert files(tmp_path / "it") == files(tmp_path / "whole")


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


def test_what_another_state_has_written_does_not_count_as_taken_over(
    run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    """`terraform state rm` of an object that no program declares would leave it to nobody."""
    first, second = (of_kinds_we_have(recorded_state()) for _ in range(2))
    first["resources"] = [one for one in first["resources"] if "module" not in one]
    second["resources"] = [one for one in second["resources"] if "module" in one]
    command = ("export", str(tmp_path / "it"), "--resume", "--from-terraform")
    assert run(*command, saved(first)).code == 0
    done = run(*command, saved(second))
    assert done.code == 1
    addresses = [
        "module.lab.lumos_access_policy.lab[0]",
        "module.lab.lumos_app.notebook",
        'module.team["data"].lumos_requestable_permission.reports',
        'module.team["web"].lumos_requestable_permission.reports',
    ]
    told = [line for line in done.out.splitlines() if line.startswith("Not exported: ")]
    for address, line in zip(addresses, told, strict=True):
        assert line.startswith(f"Not exported: {address}: the module ")
        assert "was in the folder before and does not declare it" in line
    listed = files(tmp_path / "it")["terraform-addresses.txt"].splitlines()
    assert listed == ["module.lab.lumos_app_store_app.notebook"]


def test_a_module_that_somebody_has_changed_is_believed_as_far_as_it_is_understood(
    run: RunCommand, tmp_path: Path, saved: Any
) -> None:
    path = saved(of_kinds_we_have(recorded_state()))
    command = ("export", str(tmp_path / "it"), "--resume", "--from-terraform", path)
    assert run(*command).code == 0
    before = files(tmp_path / "it")["terraform-addresses.txt"].splitlines()
    module = tmp_path / "it" / "apps" / "salesforce.py"
    module.write_text(module.read_text(encoding="utf-8").replace('"Read-only"', "NAME"))
    done = run(*command)
    assert done.code == 1
    assert f"Not exported: {PERMISSION}.read_only: the module salesforce.py was" in done.out
    for text in (b"it is no Python", "# Caf\u00e9".encode("latin-1")):
        module.write_bytes(text)
        done = run(*command)
        gone = [line for line in done.out.splitlines() if "salesforce.py was in" in line]
        salesforce = [line for line in before if any(f"{line}:" in one for one in gone)]
        assert f"{PERMISSION}.read_only" in salesforce
        assert len(salesforce) > 5
        listed = (tmp_path / "it" / "terraform-addresses.txt").read_text().splitlines()
        assert listed == [line for line in before if line not in salesforce]
