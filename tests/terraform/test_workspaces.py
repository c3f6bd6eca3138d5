"""Two workspaces of one configuration, each of whose five resources has `count` or `for_each`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.export.tenant import exported_kinds
from pulumi_lumos.export.terraform_state import type_of

from ..cli.exporting import files
from ..drivers.adopting import Engine
from ..drivers.adopting import run as run_program
from ..drivers.command import RunCommand
from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from .recording import TENANT_OF_WORKSPACES, WORKSPACES, state_of

ADDRESSES = {
    *(f"lumos_access_policy.everyone[{number}]" for number in (0, 1)),
    *(f"lumos_pre_approval_rule.writers[{number}]" for number in (0, 1)),
    "lumos_app.zoom[0]",
    *(
        f'{resource}["{key}"]'
        for resource in (
            "lumos_app.wiki",
            "lumos_app_store_app.wiki",
            "lumos_requestable_permission.writer",
        )
        for key in ("guide", "handbook")
    ),
}


@pytest.fixture(scope="module")
def emulator() -> Iterator[EmulatorProcess]:
    with EmulatorProcess(seed=TENANT_OF_WORKSPACES) as process:
        yield process


def test_every_resource_is_recorded_with_count_or_for_each() -> None:
    for workspace in WORKSPACES:
        state = json.loads(state_of(workspace).read_text(encoding="utf-8"))
        managed = [one for one in state["resources"] if one["mode"] == "managed"]
        assert {one["type"] for one in managed} == {type_of(one.spec) for one in exported_kinds()}
        assert all("index_key" in each for one in managed for each in one["instances"])


def test_each_workspace_is_taken_over_whole_by_a_program_of_its_own(
    tenant: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    before = tenant.state()
    adopted: dict[str, set[str]] = {}
    for workspace in WORKSPACES:
        folder = tmp_path / workspace
        done = run("export", str(folder), "--from-terraform", str(state_of(workspace)), "--json")
        assert (done.code, done.json["terraform"]["left_behind"]) == (0, [])
        told = done.json["terraform"]["adopted"]
        assert {one["address"] for one in told} == ADDRESSES
        assert {*files(folder)["terraform-addresses.txt"].splitlines()} == ADDRESSES
        (credentials,) = (one["key"] for one in done.json["terraform"]["to_set"])
        assert "a key of" not in done.out + "".join(files(folder).values())
        secret = json.dumps({"client_id": "acme", "client_secret": "s"})
        adopted[workspace] = adopt(tenant, folder, {credentials: secret})
        assert adopted[workspace] == {one["id"] for one in told}
    assert not adopted["dev"] & adopted["prod"]
    assert tenant.state() == before


def adopt(tenant: Tenant, folder: Path, config: dict[str, str]) -> set[str]:
    """Run the program of a folder as `up` does; the ids that it adopts without a change."""
    tenant.forget_requests()
    settings = Settings(tenant.token, tenant.url)
    with closing(LumosClient(settings)) as client, DynamicHost(settings_for(tenant)) as host:
        engine = Engine(host, client)
        run_program(folder, engine, config)
        for made in engine.made:
            assert not host.diff(made.kind, made.id, made.state, made.inputs, made.name).changes
    assert tenant.requests("POST", "PUT", "PATCH", "DELETE") == []
    return {made.id for made in engine.made}
