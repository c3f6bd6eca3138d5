"""Reading many objects by list pages, against a Lumos that counts the requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.paging import PAGE_SIZE
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import Inputs, State
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.provisioning_group_attachment.succession import of_permissions, permissions
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.run import Run

from ..drivers.calls import call_in
from ..drivers.tenant import OWN_SETTINGS, PERMISSIONS, Tenant

APP = seed_ids.SALESFORCE_APP_ID
STATE = {"app_id": APP}
CONCURRENCY = 32


@pytest.fixture
def call(tenant: Tenant) -> Iterator[Call]:
    """What a process that has read nothing yet begins with."""
    client = LumosClient(Settings(tenant.token, tenant.url, max_concurrency=CONCURRENCY))
    # Requests are counted here, and those for what Lumos may hide would count too.
    yield call_in(Run(lambda: client))
    client.close()


def fill(tenant: Tenant, count: int) -> list[str]:
    """So many permissions of one app, made by hand; requests count from here on."""
    made = [tenant.add_permission(APP, f"Role {number}")["id"] for number in range(count)]
    tenant.forget_requests()
    return made


def read(call: Call, ids: list[str]) -> list[str | None]:
    """The labels of permissions that are all asked for at the same moment."""
    together = Barrier(len(ids))

    def label(id: str) -> str | None:
        together.wait(10)
        live = permissions.read_live(call, id, STATE)
        return live["label"] if live else None

    with ThreadPoolExecutor(len(ids)) as pool:
        return list(pool.map(label, ids))


def split(tenant: Tenant) -> tuple[int, int]:
    """How many pages and how many single objects were read."""
    calls = tenant.calls("GET")
    pages = sum(call == f"GET {PERMISSIONS.removeprefix('/appstore')}" for call in calls)
    return pages, len(calls) - pages


def test_many_reads_at_once_cost_the_pages_alone(tenant: Tenant, call: Call) -> None:
    ids = fill(tenant, PAGE_SIZE + 20)
    asked = ids[::4]
    assert read(call, asked) == [f"Role {number}" for number in range(0, len(ids), 4)]
    assert split(tenant) == (2, 0)


def test_a_complete_listing_answers_the_rest_of_the_run_for_nothing(
    tenant: Tenant, call: Call
) -> None:
    ids = fill(tenant, 10)
    read(call, ids[:2])
    tenant.forget_requests()
    assert read(call, ids) == [f"Role {number}" for number in range(10)]
    assert tenant.requests() == []


@pytest.mark.parametrize("desired", [pytest.param(1, marks=pytest.mark.slow), 3])
def test_few_reads_in_a_large_app_do_not_read_all_its_pages(
    tenant: Tenant, call: Call, desired: int
) -> None:
    # So many pages that reading them all would cost more than the objects.
    ids = fill(tenant, 6 * PAGE_SIZE + 1)
    assert None not in read(call, ids[-desired:])
    pages, singles = split(tenant)
    assert pages < 7
    assert pages + singles <= desired + 2


def test_what_no_page_shows_is_asked_for_by_id_before_it_counts_as_gone(
    tenant: Tenant, call: Call
) -> None:
    ids = fill(tenant, 3)
    assert permissions.read_live(call, ids[0], STATE)
    late = tenant.add_permission(APP, "Made after the pages were read")["id"]
    tenant.remove_permission(ids[2])
    tenant.forget_requests()
    call.run.listing(permissions.spec, {"app_id": APP}).forget(ids[2])
    assert read(call, [late, ids[2]]) == ["Made after the pages were read", None]
    assert split(tenant) == (0, 2)


def test_what_lumos_answered_to_a_write_is_read_without_a_request(
    tenant: Tenant, call: Call
) -> None:
    id, _ = of_permissions.create(call, Inputs({"app_id": APP, "label": "Admin"}))
    of_permissions.update(
        call,
        id,
        State({"app_id": APP, "label": "Admin"}),
        Inputs({"app_id": APP, "label": "Owner"}),
    )
    tenant.forget_requests()
    assert read(call, [id]) == ["Owner"]
    assert tenant.requests() == []


def test_a_deleted_object_does_not_come_back_with_a_page_that_was_on_its_way(
    tenant: Tenant, call: Call
) -> None:
    ids = fill(tenant, 2)
    listing = call.run.listing(permissions.spec, {"app_id": APP})
    # A page that Lumos answers before the delete still shows the object.
    listing.forget(ids[0])
    assert listing.find(ids[1]) is not None
    assert listing.find(ids[0]) is None
    of_permissions.delete(call, ids[0], State({"app_id": APP, "label": "Role 0"}))
    assert read(call, ids) == [None, "Role 1"]


def test_a_natural_key_is_looked_up_in_the_pages_or_by_a_search(tenant: Tenant, call: Call) -> None:
    ids = fill(tenant, 3)
    found = permissions.list_by_key(call, Inputs({"app_id": APP, "label": "Role 1"}))
    assert [twin["id"] for twin in found] == [ids[1]]
    assert permissions.list_by_key(call, Inputs({"app_id": APP, "label": "role 1"})) == []
    by_hand = tenant.add_permission(APP, "Role 1")["id"]
    fresh = permissions.list_by_key(call, Inputs({"app_id": APP, "label": "Role 1"}), fresh=True)
    assert {twin["id"] for twin in fresh} == {ids[1], by_hand}


def test_the_permissions_of_another_app_are_another_listing(tenant: Tenant, call: Call) -> None:
    fill(tenant, 1)
    assert (
        permissions.list_by_key(call, Inputs({"app_id": seed_ids.GITHUB_APP_ID, "label": "Role 0"}))
        == []
    )


@pytest.mark.parametrize("total", [None, 1])
def test_a_list_whose_length_lumos_does_not_say_is_not_taken_for_its_first_page(
    tenant: Tenant, call: Call, total: int | None
) -> None:
    ids = fill(tenant, PAGE_SIZE + 1)
    page = tenant.call("GET", PERMISSIONS, app_id=APP, size="100", **OWN_SETTINGS)
    body = json.dumps({**page, "total": total})
    tenant.fault("body", method="GET", path=f"^{PERMISSIONS}$", nth=[2], body_text=body)
    found = permissions.list_by_key(call, Inputs({"app_id": APP, "label": f"Role {PAGE_SIZE}"}))
    assert [twin["id"] for twin in found] == [ids[-1]]
