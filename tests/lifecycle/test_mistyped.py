"""A value of a wrong form is a problem with a path, never an error."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.kinds.app_store_app.declaration import AppStoreApp
from pulumi_lumos.kinds.requestable_permission.declaration import RequestablePermission
from pulumi_lumos.lifecycle.run import Run
from pulumi_lumos.lookups.results import GetAppResult, GetGroupResult, GetUserResult, result

from ..drivers.calls import call_in


def _never(*_: Any) -> Any:
    raise AssertionError("nothing is asked of Lumos")


CALL = call_in(Run(_never))
OLD = Inputs(
    {"app_id": "a1", "label": "Admin", "request_config": {"appstore_visibility": "HIDDEN"}}
)


@pytest.mark.parametrize("config", ["VISIBLE", ["VISIBLE"], 3])
def test_a_recorded_object_that_becomes_a_plain_value_is_a_problem(config: Any) -> None:
    new = Inputs({**OLD, "request_config": config})
    _, problems = RequestablePermission.lifecycle.check(CALL, OLD, new, preview=False)
    assert [path for path, _ in problems] == ["request_config"]


@pytest.mark.parametrize("url", ["https://[acme", "https://[1]/", "https://acme℀.example"])
def test_an_address_that_cannot_be_read_is_a_problem(url: str) -> None:
    found = AppStoreApp.lifecycle.problems(Inputs({"app_id": "a1", "redirect_url": url}))
    assert [path for path, _ in found] == ["redirect_url"]


def test_the_result_of_a_lookup_says_what_of_it_to_give() -> None:
    app = result(GetAppResult, {"id": "a1"})
    group = result(GetGroupResult, {"id": "g1", "app_id": "a1"})
    user = result(GetUserResult, {"id": "u1"})
    config = {
        "request_fulfillment_config": {"provisioning_group": group},
        "request_approval_config": {"approvers": {"users": [user], "groups": [{"id": group}]}},
    }
    given = Inputs({"app_id": app, "label": "Admin", "request_config": config})
    found = dict(RequestablePermission.lifecycle.problems(given))
    approvers = "request_config.request_approval_config.approvers"
    whole_group = 'this is a GetGroupResult; give {"app_id": it.app_id, "id": it.id}'
    assert found["app_id"] == "this is a GetAppResult; give its .id"
    path = "request_config.request_fulfillment_config.provisioning_group"
    assert found[path] == whole_group
    assert found[f"{approvers}.users[0]"] == 'this is a GetUserResult; give {"id": it.id}'
    assert found[f"{approvers}.groups[0].id"] == "this is a GetGroupResult; give its .id"


def test_a_whole_object_says_what_of_it_to_give() -> None:
    """As an Output of another resource holds one, or the result of a lookup in other languages."""
    whole = {"id": "1", "name": "Whole"}
    approvers = {"users": [{"id": whole}], "groups": [{"app_id": whole, "id": whole}]}
    config = {"request_approval_config": {"approvers": approvers}}
    given = {"app_id": whole, "label": "Admin", "adopt": whole, "request_config": config}
    found = dict(RequestablePermission.lifecycle.problems(Inputs(given)))
    within = "request_config.request_approval_config.approvers"
    places = ("users[0].id", "groups[0].app_id", "groups[0].id")
    for path in ("app_id", "adopt", *(f"{within}.{place}" for place in places)):
        assert found[path] == (
            "should be a text, and this is a whole object; give its .id, or another text of it"
        )
    without = RequestablePermission.lifecycle.problems(Inputs({"app_id": {}, "label": "Admin"}))
    assert dict(without)["app_id"] == "should be a text"
