"""Whatever a tenant holds: its exported program adopts it, changes nothing and shows no change."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.declare.fields import ABSENT
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.export.inputs import SAID_BY_THE_APP
from pulumi_lumos.export.program import export
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.reading import Lookups

from ..drivers.adopting import Engine, Made, run
from ..drivers.either_host import settings_for
from ..drivers.forked_host import ForkedHost
from ..drivers.tenant import Tenant
from ..host.held import at, declared, leaves
from ..kinds import FACTS, KINDS, make_room, samples
from ..kinds.values import by_id
from .tenants import fill, opened, some_tenants, tenants

Values = dict[str, Any]


def written(client: LumosClient, folder: Path) -> str:
    """Export everything; the source of all modules."""
    export(client, Lookups(client).search(APP), folder)
    modules = sorted((folder / "apps").glob("*.py"))
    return "\n".join(module.read_text(encoding="utf-8") for module in modules)


@some_tenants
@given(drawn=tenants)
def test_any_tenant_is_adopted_as_it_is(emulator: EmulatorProcess, drawn: Values) -> None:
    with opened(emulator) as (tenant, client, folder):
        fill(tenant, drawn)
        assert_adopted_as_it_is(tenant, client, folder)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_any_kind_is_adopted_as_it_is(kind: str, emulator: EmulatorProcess) -> None:
    with opened(emulator) as (tenant, client, folder):
        make_room(tenant, kind)
        with ForkedHost(settings_for(tenant)) as host:
            host.create(kind, samples(kind)[0])
        assert_adopted_as_it_is(tenant, client, folder)


def assert_adopted_as_it_is(tenant: Tenant, client: LumosClient, folder: Path) -> None:
    """An exported program says all that the tenant has, and changes nothing of it."""
    before = tenant.state()
    tenant.forget_requests()
    source = written(client, folder)
    assert all(line.isprintable() for line in source.splitlines())
    with ForkedHost(settings_for(tenant)) as host:
        engine = Engine(host, client)
        run(folder, engine)
        for made in engine.made:
            assert not host.diff(made.kind, made.id, made.state, made.inputs, made.name).changes
    assert tenant.requests("POST", "PATCH", "PUT", "DELETE") == []
    assert tenant.state() == before
    assert_everything_is_adopted(before, engine.made)
    for made in engine.made:
        assert_said_in_full(tenant, made, source)


def test_the_source_of_an_attachment_is_exported_as_lumos_has_it(emulator: EmulatorProcess) -> None:
    """Where Lumos refuses two equal labels, the source of a successor has stepped aside."""
    with opened(emulator) as (tenant, client, folder):
        tenant.switch(equal_labels="refuse")
        app_id = seed_ids.SALESFORCE_APP_ID
        source = tenant.add_permission(app_id, "Admin", appstore_visibility="VISIBLE")["id"]
        given = {"permission": source, "group": by_id("IT")}
        with ForkedHost(settings_for(tenant)) as host:
            host.create("ProvisioningGroupAttachment", given)
        label = tenant.permission(source)["label"]
        assert label.startswith("Admin (succeeded")
        before = tenant.state()
        program = written(client, folder)
        with ForkedHost(settings_for(tenant)) as host:
            engine = Engine(host, client)
            run(folder, engine)
            for made in engine.made:
                assert not host.diff(made.kind, made.id, made.state, made.inputs, made.name).changes
                _, state, inputs = host.read(made.kind, made.id, made.state, made.name)
                assert not host.diff(made.kind, made.id, state, made.inputs, made.name).changes
                assert inputs == made.inputs, program
        assert tenant.state() == before


def assert_everything_is_adopted(state: Values, made: list[Made]) -> None:
    """Each object of the tenant is one resource."""
    adopted = {kind: {one.id for one in made if one.kind == kind} for kind in kinds()}
    for kind, ids in adopted.items():
        assert ids == set(FACTS[kind].exported(state)), kind
    assert len(made) == sum(map(len, adopted.values()))


def assert_said_in_full(tenant: Tenant, made: Made, source: str) -> None:
    """The program says all that the object has and that is no default, or why it does not."""
    live, said = FACTS[made.kind].held(tenant, made.state, made.id), leaves(made.inputs)
    for path, field in declared(made.kind).items():
        value = at(live, path)
        default = field.marks.default is not ABSENT and value == field.marks.default
        said_twice = path in SAID_BY_THE_APP and "app_id" in live
        unseen = field.marks.option or field.marks.write_only
        if unseen or said_twice or default or not value:
            continue
        above = itertools.accumulate(path.split("."), "{}.{}".format)
        explained = any(f"# Left to Lumos: {one}: " in source for one in above)
        assert path in said or explained, (made.name, path, value)
