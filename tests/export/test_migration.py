"""The program adopts what Terraform manages of any tenant, and changes nothing."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.export.migration import migrate
from pulumi_lumos.export.tenant import exported_kinds
from pulumi_lumos.export.terraform_state import read_state, type_of

from ..drivers.adopting import Engine, run
from ..drivers.either_host import settings_for
from ..drivers.forked_host import ForkedHost
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS
from ..kinds.app import AUTH
from .tenants import fill, opened, some_tenants, tenants

Values = dict[str, Any]

Ref = tuple[str, str]


def objects(tenant: Tenant) -> dict[Ref, Values]:
    """What a state of Terraform has as the attributes of each object of a tenant."""
    state = tenant.state()
    return {
        (kind, id): FACTS[kind].in_terraform(id, one)
        for kind in KINDS
        for id, one in FACTS[kind].exported(state).items()
    }


def state_of(managed: dict[Ref, Values], called: list[str]) -> str:
    """A state in which `for_each` has made every object; `called` are some of its keys."""
    types = {lifecycle.spec.name: type_of(lifecycle.spec) for lifecycle in exported_kinds()}
    resources = [
        {
            "mode": "managed",
            "type": types[kind],
            "name": "it",
            "provider": 'provider["mirror.acme.example/teamlumos/lumos"]',
            "instances": [
                {
                    "index_key": called[number] if number < len(called) else str(number),
                    "attributes": attributes,
                    "sensitive_attributes": [[{"type": "get_attr", "value": "auth"}]],
                }
                for number, attributes in enumerate(
                    one for (of, _), one in managed.items() if of == kind
                )
            ],
        }
        for kind in types
    ]
    return json.dumps({"version": 4, "resources": resources})


@some_tenants
@given(drawn=tenants, some=st.randoms(use_true_random=False), called=st.lists(st.text()))
def test_what_terraform_manages_is_adopted_as_it_is(
    emulator: EmulatorProcess, drawn: Values, some: Random, called: list[str]
) -> None:
    with opened(emulator) as (tenant, client, folder):
        fill(tenant, drawn)
        managed = {ref: one for ref, one in objects(tenant).items() if some.random() < 0.5}
        before = tenant.state()
        tenant.forget_requests()
        if not managed:
            return
        migration = migrate(client, read_state(state_of(managed, called), "it"), [], folder)
        with ForkedHost(settings_for(tenant)) as host:
            engine = Engine(host, client)
            run(folder, engine, {one.key: AUTH for one in migration.to_set})
            for made in engine.made:
                assert not host.diff(made.kind, made.id, made.state, made.inputs, made.name).changes
        assert tenant.requests("POST", "PATCH", "PUT", "DELETE") == []
        assert tenant.state() == before
        assert {(made.kind, made.id) for made in engine.made} == set(managed)
        assert {one.ref for one in migration.adopted} == set(managed)
        assert migration.left_behind == []
