"""What a comparison says of a change in Lumos: in sentences, with a verdict, for a gate."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.command import RunCommand
from ..drivers.tenant import RULES, Tenant
from .company import SALESFORCE, SLACK, Keep, add_rule, admin_of, approvers, asks, group, user
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


@pytest.mark.parametrize(
    ("labels", "verdict", "sentence"),
    [
        (["2 hours", "Unlimited"], "WIDER", "access may have no end. Before: 7 days at most."),
        (["2 hours", "30 days"], "WIDER", "for 30 days at most. Before: 7 days."),
        (["2 hours"], "NARROWER", "for 2 hours at most. Before: 7 days."),
        (
            ["2 hours", "4 hours", "7 days"],
            "TOLD",
            "4 hours can be chosen too; still for 7 days at most.",
        ),
        (
            ["a fortnight", "7 days"],
            "MAYBE",
            "access lasts for 7 days at most. Cannot be told: how long a fortnight is. "
            "Before: for 7 days at most.",
        ),
    ],
    ids=["no end", "longer", "shorter", "a choice more", "no length"],
)
def test_lengths_are_compared_by_the_longest(
    quickstart: Tenant,
    run: RunCommand,
    keep: Keep,
    labels: list[str],
    verdict: str,
    sentence: str,
) -> None:
    before = keep()
    config = {"time_based_access_override": True, "time_based_access": labels}
    quickstart.edit_permission(
        admin_of(quickstart),
        request_config={
            "appstore_visibility": "VISIBLE",
            "request_fulfillment_config": config,
        },
    )
    assert sentences(run("report", "--against", before))[0] == f"{ADMIN}: {sentence}"
    assert [found for found, _ in verdicts(run, before)] == [verdict]


def test_permissions_that_follow_their_app_share_a_sentence(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    for label in ("Reader", "Writer"):
        quickstart.add_permission(SALESFORCE, label, appstore_visibility="VISIBLE")
    quickstart.edit_settings(SALESFORCE, provisioning={"time_based_access": ["7 days"]})
    before = keep()
    quickstart.edit_settings(SALESFORCE, provisioning={"time_based_access": ["30 days"]})
    assert sentences(run("report", "--against", before)) == [
        "Salesforce: 2 permissions follow a change of the app; 1 keeps its own: "
        "for 30 days at most. Before: 7 days."
    ]
    assert len(verdicts(run, before)) == 2


def test_a_new_offer_is_described_in_full(quickstart: Tenant, run: RunCommand, keep: Keep) -> None:
    before = keep()
    quickstart.add_permission(
        SALESFORCE,
        "Reader",
        appstore_visibility="VISIBLE",
        allowed_groups_override=True,
        allowed_groups=asks("Engineering"),
        request_approval_config={
            "request_approval_config_override": True,
            "manager_approval": "INITIAL_APPROVAL",
        },
        request_fulfillment_config={
            "provisioning_group": group("Salesforce Read-only"),
            "time_based_access_override": True,
            "time_based_access": ["7 days"],
        },
    )
    assert sentences(run("report", "--against", before))[0] == (
        "Salesforce · Reader: can be asked for now, by members of Engineering; the requester's "
        "manager decides; for 7 days at most; into the group Salesforce Read-only."
    )
    before = keep()
    hidden = {"appstore_visibility": "HIDDEN"}
    quickstart.edit_permission(seed_ids.SLACK_PERMISSION_ID, request_config=hidden)
    (successor,) = [
        one for one in quickstart.permissions(SLACK) if one["label"].endswith("engineers")
    ]
    quickstart.remove_permission(successor["id"])
    assert sentences(run("report", "--against", before)) == [
        "Slack · Guest channels for engineers: cannot be asked for any more."
    ]


@pytest.mark.parametrize(
    ("fields", "verdict", "aspect"),
    [
        ({"redirect_url": "https://intranet.example/ask"}, "MAYBE", "offered"),
        ({"provisioning": {"groups_provisioning": "DIRECT_TO_USER"}}, "WIDER", "offered"),
        ({"provisioning": {"manual_steps_needed": True}}, "", ""),
        ({"request_flow": {"discoverability": "NONE"}}, "NARROWER", "offered"),
        (
            {
                "request_flow": {
                    "request_validation_inline_webhook": {
                        "id": seed_ids.WEBHOOK_IDS["REQUEST_VALIDATION"]
                    }
                }
            },
            "NARROWER",
            "checks",
        ),
        (
            {"provisioning": {"provisioning_webhook": {"id": seed_ids.WEBHOOK_IDS["PROVISION"]}}},
            "MAYBE",
            "into",
        ),
        (
            {
                "provisioning": {
                    "access_removal_inline_webhook": {"id": seed_ids.WEBHOOK_IDS["DEPROVISION"]}
                }
            },
            "MAYBE",
            "checks",
        ),
        ({"request_flow": {"admins": approvers(users=("Grace",))}}, "TOLD", "admins"),
    ],
    ids=[
        "redirect",
        "as a whole",
        "manual steps of an app whose permissions have none",
        "hidden app",
        "check",
        "webhook",
        "removal",
        "admins",
    ],
)
def test_every_setting_of_an_app_has_its_verdict(
    quickstart: Tenant,
    run: RunCommand,
    keep: Keep,
    fields: dict[str, Any],
    verdict: str,
    aspect: str,
) -> None:
    before = keep()
    quickstart.edit_settings(SALESFORCE, **fields)
    found = verdicts(run, before)
    assert (verdict, aspect) in found if verdict else found == []


def test_a_policy_that_gives_without_asking_is_wider(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    policy = {
        "name": "Admins for all",
        "business_justification": "x",
        "status": "PUBLISHED",
        "is_enabled": True,
        "is_everyone_condition": True,
        "apps": [
            {
                "id": SALESFORCE,
                "is_preapproved": True,
                "permissions": [{"id": admin_of(quickstart)}],
            }
        ],
    }
    quickstart.call("POST", "/access_policies", policy)
    first = sentences(run("report", "--against", before))[0]
    assert first == (
        f'{ADMIN}: the access policy "Admins for all" gives it to everybody, without approval.'
    )
    assert ("WIDER", "without-approval") in verdicts(run, before)


def test_quiet_prints_nothing_where_nothing_changed(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    markdown = ("report", "--markdown", "--against", before)
    assert "Nothing changes for people: 2 offers unchanged." in run(*markdown).out
    assert run(*markdown, "--quiet").out == ""
    decided(quickstart, approvers=approvers("IT"))
    assert run(*markdown, "--quiet").out


def test_a_kept_comparison_is_printed_again_without_asking_lumos(
    quickstart: Tenant, run: RunCommand, keep: Keep, tmp_path: Any
) -> None:
    before = keep()
    decided(quickstart, approvers=approvers("IT", users=("Grace",)))
    compared = tmp_path / "compared.json"
    run("report", "--json", "--against", before, "--out", str(compared))
    direct = run("report", "--markdown", "--against", before).out
    quickstart.forget_requests()
    again = run("report", "--markdown", "--from", str(compared), LUMOS_SERVER_URL=None)
    assert again.out == direct
    assert quickstart.requests() == []
    two_files = run("report", "--json", "--from", str(compared), "--against", before)
    assert (
        two_files.json["changes"]
        == run("report", "--json", "--from", str(compared)).json["changes"]
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is not JSON"),
        ("[]", "it is not a report"),
        ('{"report": 2}', "it is not a report"),
        ('{"report": 1, "header": {}}', "header.of is missing"),
    ],
)
def test_a_file_that_is_not_a_report_is_named_with_the_reason(
    run: RunCommand, tmp_path: Any, text: str, reason: str
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(text)
    failed = run("report", "--against", str(kept))
    assert failed.code == 3
    assert reason in failed.errors
    assert run("report", "--from", str(tmp_path / "none.json")).code == 3


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


def test_what_was_allowed_on_purpose_passes_until_its_day(
    quickstart: Tenant, run: RunCommand, keep: Keep, tmp_path: Any
) -> None:
    decided(quickstart, allowed_groups=asks("Engineering"))
    before = keep()
    decided(quickstart, allowed_groups=asks())
    (change,) = run("report", "--json", "--against", before).json["changes"]
    allowed = tmp_path / "allowed.txt"
    used = f"{change['key']} asks until=2999-12-31 The audit is over"
    unused = f"{change['key']} decides until=2999-12-31 Never needed"
    expired = f"{change['key']} asks until=2020-01-01 Long ago"
    gate = ("report", "--against", before, "--fail-on", "widening", "--allow", str(allowed))

    allowed.write_text(f"# Reviewed.\n{used}\n{unused}\n")
    passed = run(*gate)
    assert passed.code == 0
    assert passed.errors.splitlines() == [f"Allowance used: {used}", f"Allowance unused: {unused}"]
    assert "(used)" in run(*gate, "--markdown").out

    allowed.write_text(f"{used}\n{expired}\n")
    failed = run(*gate)
    assert failed.code == 1
    assert f"Allowance expired: {expired}" in failed.errors

    allowed.write_text("some key\n")
    assert "Line 1 is not `key aspect until=2026-12-31 reason`" in run(*gate).errors


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        ("widening", 1),
        ("widening:asks,for", 1),
        ("widening:decides", 0),
        ("risk:nobody-decides", 0),
        ("risk:no-end", 0),
        ("widening:nothing", 2),
        ("risk:nothing", 2),
        ("everything", 2),
    ],
)
def test_a_gate_is_about_some_aspects_or_a_risk(
    quickstart: Tenant, run: RunCommand, keep: Keep, gate: str, code: int
) -> None:
    decided(quickstart, allowed_groups=asks("Engineering"))
    before = keep()
    decided(quickstart, allowed_groups=asks())
    assert run("report", "--against", before, "--fail-on", gate).code == code


def test_new_risks_come_the_worst_first(quickstart: Tenant, run: RunCommand, keep: Keep) -> None:
    decided(quickstart, approvers=approvers("IT"))
    quickstart.edit_settings(SALESFORCE, request_flow={"admins": approvers("IT", "Engineering")})
    before = keep()
    decided(quickstart, approvers=approvers(users=("Grace",)), admins=approvers(users=("Grace",)))
    quickstart.edit_settings(SLACK, request_flow={"approvers": approvers(users=("Ines",))})
    found = run("report", "--json", "--against", before).json["new_risks"]
    assert [(risk["level"], risk["code"]) for risk in found] == [
        ("high", "approvers-gone"),
        ("medium", "few-admins"),
        ("low", "one-approver"),
        ("low", "one-approver"),
    ]


def test_a_new_risk_stops_a_gate_that_names_it(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    decided(quickstart, approvers=approvers("IT"))
    before = keep()
    decided(quickstart, approvers=approvers())
    found = run("report", "--against", before, "--fail-on", "risk:nobody-decides")
    assert found.code == 1
    assert f"NEW RISK {ADMIN}: every request is approved at once" in found.errors
