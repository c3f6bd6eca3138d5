"""States that remember their tenant, and those of 0.1.0, which do not, under either release.

Release 0.1.0 calls the lifecycle of a kind as it is: it knows nothing of the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pulumi_lumos.lifecycle.tenancy import TENANT

from ..drivers.in_process import InProcess
from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples

every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def present(tenant: Tenant) -> Iterator[Run]:
    """A run of the present release."""
    run = Run(tenant)
    yield run
    run.close()


@pytest.fixture
def older(tenant: Tenant) -> Iterator[InProcess]:
    """A run of a release that knows no tenants."""
    with ExitStack() as stack:
        yield stack.enter_context(InProcess(tenant))


@every_kind
def test_an_older_release_reads_changes_and_deletes_what_remembers_its_tenant(
    kind: str, tenant: Tenant, present: Run, older: InProcess
) -> None:
    make_room(tenant, kind)
    before = tenant.state()["permissions"]
    first, second, *_ = samples(kind)
    id, state = present.create(kind, first)
    assert TENANT in state
    assert not older.diff(kind, id, state, first).changes
    now, known, inputs = older.read(kind, id, state)
    assert (now, inputs) == (id, first)
    assert not older.diff(kind, id, known, first).changes
    changed = older.update(kind, id, state, second)
    older.delete(kind, id, changed)
    assert tenant.state()["permissions"] == before


@every_kind
def test_the_present_release_reads_changes_and_deletes_what_an_older_one_has_made(
    kind: str, tenant: Tenant, present: Run, older: InProcess
) -> None:
    make_room(tenant, kind)
    before = tenant.state()["permissions"]
    first, second, *_ = samples(kind)
    id, state = older.create(kind, first)
    assert TENANT not in state
    tenant.forget_requests()
    assert not present.diff(kind, id, state, first).changed
    assert tenant.requests() == []
    assert present.read(kind, id, state) == state
    changed = present.update(kind, id, state, second)
    assert changed[TENANT]["id"] == id
    present.delete(kind, id, changed)
    assert tenant.state()["permissions"] == before
    assert not any("has none of the objects" in text for text in present.told)
