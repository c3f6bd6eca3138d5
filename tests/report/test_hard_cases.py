"""Changes that mean something else for people than they seem to."""

from __future__ import annotations

from typing import Any

import pytest

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, Keep, add_rule, admin_of, approvers, group
from .compared import ADMIN, decided, verdicts
from .conftest import sentences


def lasts(tenant: Tenant, *labels: str, own: bool = True) -> None:
    """Let Salesforce · Admin be given for so long, by itself or as its app says."""
    fulfillment = {"time_based_access_override": own, "time_based_access": list(labels)}
    config = {"appstore_visibility": "VISIBLE", "request_fulfillment_config": fulfillment}
    tenant.edit_permission(admin_of(tenant), request_config=config)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (approvers("IT", users=("Grace",)), approvers(users=("Grace",)), "NARROWER"),
        (approvers("IT"), approvers(), "MAYBE"),
    ],
    ids=["one of those who decided alone, after the manager", "the manager instead"],
)
def test_a_manager_in_place_of_a_group_is_compared(
    quickstart: Tenant, run: RunCommand, keep: Keep, before: Any, after: Any, verdict: str
) -> None:
    decided(quickstart, approvers=before)
    kept = keep()
    decided(quickstart, approvers=after, require_manager_approval=True)
    assert verdicts(run, kept) == [(verdict, "decides")]


def test_dropping_all_durations_means_access_without_an_end(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    lasts(quickstart)
    first, *_ = sentences(run("report", "--against", before))
    assert first == f"{ADMIN}: access may have no end. Before: 7 days at most."
    before = keep()
    lasts(quickstart, "Unlimited")
    assert verdicts(run, before) == [("TOLD", "for")]


def test_the_same_value_from_another_source_is_reported(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    quickstart.edit_settings(SALESFORCE, provisioning={"time_based_access": ["2 hours", "7 days"]})
    before = keep()
    lasts(quickstart, own=False)
    assert sentences(run("report", "--against", before)) == [
        f"{ADMIN}: follows the app in for how long; nothing else changes."
    ]


def test_a_shown_permission_of_an_app_given_as_a_whole_is_reported(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    quickstart.edit_settings(SALESFORCE, provisioning={"groups_provisioning": "DIRECT_TO_USER"})
    before = keep()
    quickstart.add_permission(SALESFORCE, "Reader", appstore_visibility="VISIBLE")
    assert [change for change in verdicts(run, before) if change[0] in ("WIDER", "MAYBE")] == []
    before = keep()
    quickstart.edit_settings(SALESFORCE, provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"})
    found = run("report", "--against", before).out
    assert "Salesforce · Reader: can be asked for again, by everybody; nobody decides" in found
    # Lumos hid it when the app was given as a whole.
    assert ADMIN not in found


def test_a_new_name_is_reported_and_a_remade_permission_is_the_same_offer(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    shown = {"appstore_visibility": "VISIBLE"}
    quickstart.edit_permission(admin_of(quickstart), label="Owner", request_config=shown)
    assert sentences(run("report", "--against", before)) == [
        "Salesforce · Owner: is called Owner now. Before: Admin."
    ]
    before = keep()
    quickstart.remove_permission(admin_of(quickstart))
    fulfillment = {
        "provisioning_group": group("Salesforce Admins"),
        "time_based_access_override": True,
        "time_based_access": ["2 hours", "7 days"],
    }
    quickstart.add_permission(
        SALESFORCE,
        "Owner",
        appstore_visibility="VISIBLE",
        request_fulfillment_config=fulfillment,
    )
    assert verdicts(run, before) == []


def test_a_permission_that_goes_leaves_its_rule_to_cover_the_whole_app(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    reader = quickstart.add_permission(SALESFORCE, "Reader", appstore_visibility="VISIBLE")
    pointer = [{"id": reader["id"]}]
    rule = add_rule(
        quickstart,
        justification="On call",
        preapproved_groups=[group("On-call")],
        preapproved_permissions=pointer,
    )
    before = keep()
    quickstart.remove_permission(pointer[0]["id"])
    found = run("report", "--against", before, "--fail-on", "proven-widening")
    assert found.code == 1
    assert 'the rule "On call" names no permission any more' in found.out
    before = keep()
    quickstart.edit_rule(rule, justification="Incidents", preapproved_groups=[group("On-call")])
    assert {verdict for verdict, _ in verdicts(run, before)} == {"TOLD"}
