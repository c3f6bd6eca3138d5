"""What a comparison says of a change in Lumos: in sentences, with a verdict, for a gate."""

from __future__ import annotations

from typing import Any

import pytest

from ..drivers.command import RunCommand
from ..drivers.tenant import RULES, Tenant
from .company import Keep, add_rule, admin_of, approvers, asks, group, user
from .compared import ADMIN, decided, verdicts
from .conftest import sentences


def test_a_manager_who_has_to_approve_gives_people_less(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    decided(quickstart, require_manager_approval=True)
    found = run("report", "--against", before, "--fail-on", "widening")
    assert found.code == 0
    assert sentences(found) == [
        f"{ADMIN}: the requester's manager has to approve. "
        "Before: every request was approved at once.",
        f"{ADMIN}: only the requester's manager decides; some people have none (manager-only, low)",
    ]
    compared = run("report", "--json", "--against", before).json
    assert [risk["code"] for risk in compared["new_risks"]] == ["manager-only"]


def test_approvals_are_compared_stage_by_stage(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    decided(quickstart, require_manager_approval=True)
    before = keep()
    decided(quickstart, require_manager_approval=False, approvers=approvers("Engineering"))
    (maybe, *_) = sentences(run("report", "--against", before))
    assert maybe == (
        f"{ADMIN}: members of Engineering decide. Before: the requester's manager. "
        "Neither is stricter."
    )
    assert run("report", "--against", before, "--fail-on", "widening").code == 1
    assert run("report", "--against", before, "--fail-on", "proven-widening").code == 0

    before = keep()
    decided(quickstart, require_manager_approval=True)
    assert sentences(run("report", "--against", before)) == [
        f"{ADMIN}: the requester's manager has to approve first. Before: members of Engineering."
    ]

    before = keep()
    stage_2 = approvers("On-call")
    decided(quickstart, approvers_stage_2=stage_2, require_additional_approval=True)
    assert sentences(run("report", "--against", before)) == [
        f"{ADMIN}: members of On-call have to approve after members of Engineering. "
        "Before: the requester's manager, then members of Engineering."
    ]

    before = keep()
    decided(quickstart, require_additional_approval=False)
    found = run("report", "--against", before, "--fail-on", "proven-widening")
    assert found.code == 1
    assert sentences(found) == [
        f"{ADMIN}: one approval is enough, of Engineering or of On-call. "
        "Before: both had to approve."
    ]


def test_a_rule_that_names_no_permission_any_more_covers_all(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    rule = add_rule(
        quickstart,
        justification="Whoever is on call looks into incidents.",
        preapproved_groups=[group("On-call")],
        preapproved_permissions=[{"id": admin_of(quickstart)}],
        time_based_access=["1 day"],
    )
    before = keep()
    quickstart.edit_rule(rule, preapproved_permissions=[], preapproved_groups=[group("On-call")])
    (found, *_) = sentences(run("report", "--against", before))
    assert found == (
        'Salesforce: the rule "Whoever is on call looks into incidents." names no permission any '
        "more, so it covers everything of the app, 1 permission (assumed: Lumos's document does "
        "not say). Before: Admin."
    )
    assert verdicts(run, before) == [("WIDER", "without-approval")]

    quickstart.call("DELETE", f"{RULES}/{rule}")
    assert [change[0] for change in verdicts(run, before)] == ["NARROWER"]


def test_a_new_rule_says_who_gets_what_for_how_long(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    add_rule(
        quickstart,
        justification="Whoever is on call looks into incidents.",
        preapproved_groups=[group("On-call")],
        preapproved_permissions=[{"id": admin_of(quickstart)}],
        time_based_access=["1 day"],
    )
    assert sentences(run("report", "--against", before)) == [
        "Salesforce: members of On-call get Admin for 1 day at most without anybody's approval "
        '("Whoever is on call looks into incidents.").'
    ]


def test_a_rule_that_names_no_people_any_more_is_for_everybody(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    rule = add_rule(quickstart, justification="Why", preapproved_groups=[group("On-call")])
    before = keep()
    quickstart.edit_rule(rule, preapproved_groups=[])
    wider = run("report", "--against", before, "--fail-on", "proven-widening:without-approval")
    assert wider.code == 1
    assert sentences(wider)[0] == (
        'Salesforce: the rule "Why" is for everybody (assumed). Before: for members of On-call.'
    )
    without = keep()
    quickstart.edit_rule(rule, preapproved_groups=[group("IT")])
    assert verdicts(run, without) == [("NARROWER", "without-approval")]
    quickstart.call("DELETE", f"{RULES}/{rule}")
    (gone, *_) = sentences(run("report", "--against", without))
    assert gone.startswith("Salesforce: everybody (assumed) no longer gets everything of the app")


def test_one_group_for_another_is_settled_by_the_people_of_today(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    decided(quickstart, allowed_groups=asks("Engineering"))
    before, unread = keep("--members", "names"), keep()
    decided(quickstart, allowed_groups=asks("Contractors"))
    assert sentences(run("report", "--against", unread)) == [
        f"{ADMIN}: members of Contractors may ask, members of Engineering no longer. Cannot be "
        "told: whether these are more people (members were not read; --members=names reads them)."
    ]
    read = run("report", "--against", before, "--members", "names", "--fail-on", "proven-widening")
    assert read.code == 1
    assert sentences(read)[0] == (
        f"{ADMIN}: members of Contractors may ask, members of Engineering no longer; "
        "as of today: 1 person more, 3 fewer."
    )
    decided(quickstart, allowed_groups=asks("On-call"))
    fewer = run("report", "--against", before, "--members", "names", "--fail-on", "widening")
    assert fewer.code == 0
    assert sentences(fewer) == [
        f"{ADMIN}: members of On-call may ask, members of Engineering no longer; "
        "as of today: 1 person fewer."
    ]


def test_stages_that_the_api_hides_leave_a_change_undecided(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    decided(quickstart, approvers=approvers("IT"))
    quickstart.switch(describes_entire_workflow=False)
    before = keep()
    same = run("report", "--against", before, "--fail-on", "widening")
    assert (same.code, same.out) == (0, "Nobody gets more or less.\n")
    decided(quickstart, approvers=approvers("IT", "Engineering"))
    found = run("report", "--against", before, "--fail-on", "widening")
    assert found.code == 1
    assert "approval has stages which the API does not show" in sentences(found)[0]
    assert run("report", "--against", before, "--fail-on", "proven-widening").code == 0


@pytest.mark.parametrize(
    ("flow", "verdict", "sentence"),
    [
        (
            {"allowed_groups": asks()},
            "WIDER",
            "everybody may ask. Before: members of Engineering.",
        ),
        (
            {"allowed_groups": asks("Engineering", "Contractors")},
            "WIDER",
            "members of Contractors may ask too. Before: members of Engineering.",
        ),
        (
            {"approvers": approvers("IT", users=("Grace",))},
            "WIDER",
            "grace.okafor@acme.example can approve too. Before: members of IT.",
        ),
        (
            {"approvers": approvers()},
            "WIDER",
            "every request is approved at once; nobody decides any more. Before: members of IT.",
        ),
    ],
    ids=["everybody", "a group more", "an approver more", "nobody decides"],
)
def test_a_change_says_what_it_means_and_the_way_back_the_contrary(
    quickstart: Tenant,
    run: RunCommand,
    keep: Keep,
    flow: dict[str, Any],
    verdict: str,
    sentence: str,
) -> None:
    start = {"allowed_groups": asks("Engineering"), "approvers": approvers("IT")}
    decided(quickstart, **start)
    before = keep()
    decided(quickstart, **flow)
    assert sentences(run("report", "--against", before))[0] == f"{ADMIN}: {sentence}"
    assert [found for found, _ in verdicts(run, before)] == [verdict]
    before = keep()
    decided(quickstart, **start)
    assert [found for found, _ in verdicts(run, before)] == ["NARROWER"]


def test_users_are_never_the_same_as_a_group_they_are_in(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    decided(quickstart, approvers=approvers("IT"))
    before = keep()
    decided(quickstart, approvers={"groups": [], "users": [user("Ada")]})
    assert verdicts(run, before) == [("MAYBE", "decides")]
    before = keep("--members", "names")
    decided(quickstart, approvers=approvers("IT"))
    # Ada is all of IT.
    assert verdicts(run, before, "--members", "names") == [("TOLD", "decides")]
