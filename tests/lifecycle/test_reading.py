"""Objects that a program only reads, by `get`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.errors import NotThere
from pulumi_lumos.lifecycle.tenancy import TENANT

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, make_room, samples

NewRun = Callable[..., Run]

every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
@pytest.mark.parametrize("is_another", [False, True], ids=["nothing", "of another kind"])
def test_an_object_that_is_not_there_fails_with_its_kind_and_id(
    kind: str, is_another: bool, new_run: NewRun
) -> None:
    id = FACTS[kind].of_another_kind if is_another else "an-id-that-never-was"
    with pytest.raises(NotThere, match=f"Lumos has no {kind} with the id '{id}'"):
        new_run().read(kind, id, {})


@every_kind
def test_an_object_that_is_there_is_read_with_all_its_fields(
    kind: str, tenant: Tenant, new_run: NewRun
) -> None:
    make_room(tenant, kind)
    id, state = new_run().create(kind, samples(kind)[0])
    found = new_run().read(kind, state.get("bound_permission_id", id), {})
    assert found is not None
    spec = kinds()[kind].spec
    assert {*spec.key, *(name for name, one in spec.fields.items() if one.required)} <= found.keys()
    assert TENANT not in found


def test_a_permission_without_a_group_is_no_attachment(tenant: Tenant, new_run: NewRun) -> None:
    kind = "ProvisioningGroupAttachment"
    with pytest.raises(NotThere, match=f"Lumos has no {kind}"):
        new_run().read(kind, seed_ids.SLACK_PERMISSION_ID, {})
