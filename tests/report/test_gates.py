"""Comparisons that are kept, read again and used as a gate."""

from __future__ import annotations

from typing import Any

import pytest

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE, SLACK, Keep, approvers, asks
from .compared import ADMIN, decided


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


def test_an_allowance_is_for_the_one_risk_that_the_gate_prints(
    quickstart: Tenant, run: RunCommand, keep: Keep, tmp_path: Any
) -> None:
    decided(quickstart, approvers=approvers("IT"))
    before = keep("--app", "Salesforce")
    decided(quickstart, approvers=approvers())
    gates = ("--fail-on", "risk:nobody-decides", "--fail-on", "risk:one-approver")
    scope = ("report", "--app", "Salesforce", "--against", before, *gates)
    (line,) = [one for one in run(*scope).errors.splitlines() if ADMIN in one]
    assert line.endswith(" risk:nobody-decides]")
    printed = line.rpartition("[")[2].rstrip("]")
    allowed = tmp_path / "allowed.txt"
    gate = (*scope, "--allow", str(allowed))

    allowed.write_text(f"{printed} until=2999-12-31 A pilot\n")
    passed = run(*gate)
    assert (passed.code, ADMIN in passed.errors) == (0, False)
    # Another risk of the same offer is not allowed with it.
    decided(quickstart, approvers=approvers(users=("Grace",)))
    other = run(*gate)
    assert other.code == 1
    assert " risk:one-approver]" in other.errors

    key = printed.split()[0]
    for aspect, reason in (
        ("risk", "Line 1: name the risk, as the gate prints it, such as risk:no-end."),
        ("risk:none", "Line 1: there is no risk 'none'; the risks are nobody-decides, "),
        ("nothing", "Line 1: there is no aspect 'nothing'; the aspects are asks, decides, "),
    ):
        allowed.write_text(f"{key} {aspect} until=2999-12-31 A pilot\n")
        refused = run(*gate)
        assert (refused.code, refused.out) == (3, "")
        assert reason in refused.errors
