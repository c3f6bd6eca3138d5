"""Never two of a thing, and nothing lost, whatever happens to a POST."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.errors import LumosError
from pulumi_lumos.kinds.requestable_permission.declaration import RequestablePermission
from pulumi_lumos.lifecycle.errors import AlreadyExists, ManagedTwice

from ..drivers.calls import call_in
from ..drivers.tenant import PERMISSIONS, Tenant
from .conftest import NewRun

SALES = seed_ids.SALESFORCE_APP_ID
ADMIN = Inputs(
    {
        "app_id": SALES,
        "label": "Admin",
        "request_config": {"appstore_visibility": "VISIBLE"},
    }
)
lifecycle = RequestablePermission.lifecycle

FAULTS: dict[str, dict[str, Any]] = {
    "refused with 429": {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
    "502 before the commit": {"kind": "status", "status": 502},
    "502 after the commit": {"kind": "status", "status": 502, "when": "after"},
    "503 after the commit, with the headers of every answer": {
        "kind": "status",
        "status": 503,
        "when": "after",
    },
    "500 after the commit": {"kind": "status", "status": 500, "when": "after"},
    "reset before the commit": {"kind": "reset"},
    "reset after the commit": {"kind": "reset", "when": "after"},
    "no answer in time, committed": {"kind": "stall", "when": "after", "seconds": 1.5},
    "half an answer": {"kind": "truncate", "when": "after"},
    "a web page as the answer": {
        "kind": "body",
        "when": "after",
        "body_text": "<html>oops</html>",
        "content_type": "text/html",
    },
    "an answer without an id": {"kind": "body", "when": "after", "body_text": "{}"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_post_that_goes_wrong_once_makes_exactly_one_object(
    tenant: Tenant, new_run: NewRun, fault: dict[str, Any]
) -> None:
    tenant.fault(**{"method": "POST", "path": PERMISSIONS, "nth": [1], **fault})
    id, state = lifecycle.create(call_in(new_run()), ADMIN)
    assert [made["id"] for made in tenant.permissions(SALES)] == [id]
    assert state["label"] == "Admin"


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_after_a_post_that_goes_wrong_for_good_the_next_run_finds_what_is_there(
    tenant: Tenant, new_run: NewRun, fault: dict[str, Any]
) -> None:
    tenant.fault(**{"path": PERMISSIONS, "when": "before", **fault})
    with pytest.raises(LumosError):
        lifecycle.create(call_in(new_run()), ADMIN)
    tenant.call("DELETE", "/_emulator/faults")
    id, _ = lifecycle.create(call_in(new_run()), ADMIN)
    assert [made["id"] for made in tenant.permissions(SALES)] == [id]


def test_the_next_run_takes_what_a_killed_one_has_made(tenant: Tenant, new_run: NewRun) -> None:
    made, _ = lifecycle.create(call_in(new_run()), ADMIN)
    taken, state = lifecycle.create(call_in(new_run()), ADMIN)
    assert taken == made
    assert len(tenant.permissions(SALES)) == 1
    assert state["request_config"] == {"appstore_visibility": "VISIBLE"}


def test_what_differs_is_not_taken(tenant: Tenant, new_run: NewRun) -> None:
    tenant.add_permission(SALES, "Admin", appstore_visibility="HIDDEN")
    with pytest.raises(AlreadyExists, match="adopt=True"):
        lifecycle.create(call_in(new_run()), ADMIN)
    assert len(tenant.permissions(SALES)) == 1


def test_two_resources_of_one_run_never_share_an_object(tenant: Tenant, new_run: NewRun) -> None:
    run = new_run()
    lifecycle.create(call_in(run, "one"), ADMIN)
    with pytest.raises(ManagedTwice, match="one and other stand for the same"):
        lifecycle.create(call_in(run, "other"), ADMIN)
    assert len(tenant.permissions(SALES)) == 1
