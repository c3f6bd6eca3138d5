"""What is true of every comparison, and of every plan, whatever people and programs do."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.report.building import report_of
from pulumi_lumos.report.comparison import compare
from pulumi_lumos.report.encoding import as_object
from pulumi_lumos.report.plan import Plan, read_plan
from pulumi_lumos.report.population import Population
from pulumi_lumos.report.reading import Reader, read
from pulumi_lumos.report.whole import OfferChange, Report

from ..convergence.tried import EXAMPLES
from ..convergence.values import edited, programs
from ..convergence.world import Values, furnish, places, show
from ..drivers.stack import Stack
from ..drivers.tenant import RULES, Tenant
from .company import SALESFORCE, apply_quickstart, approvers, asks

GROUPS = ["Engineering", "On-call", "IT", "Contractors"]
SEARCH = settings(
    max_examples=EXAMPLES or 8,
    derandomize=not EXAMPLES,
    suppress_health_check=list(HealthCheck),
)

some_groups = st.lists(st.sampled_from(GROUPS), unique=True, max_size=3)
people = st.builds(
    lambda groups, users: approvers(*groups, users=tuple(users)),
    some_groups,
    st.lists(st.sampled_from(["Grace", "Mei", "Ines"]), unique=True, max_size=2),
)
flows = st.fixed_dictionaries(
    {
        "require_manager_approval": st.booleans(),
        "approvers": people,
        "approvers_stage_2": people,
        "require_additional_approval": st.just(True),
        "allowed_groups": some_groups.map(lambda groups: asks(*groups)),
        "discoverability": st.sampled_from(["FULL", "LIMITED", "NONE"]),
    }
)
lengths = st.lists(st.sampled_from(["2 hours", "7 days", "Unlimited", "a while"]), unique=True)
rules = st.fixed_dictionaries(
    {
        "justification": st.sampled_from(["One", "Two"]),
        "preapproved_groups": some_groups.map(lambda names: asks(*names)["groups"]),
        "time_based_access": lengths,
    }
)
tenants = st.fixed_dictionaries(
    {
        "flow": flows,
        "lengths": lengths,
        "how": st.sampled_from(["GROUPS_AND_VISIBLE", "GROUPS_AND_HIDDEN", "DIRECT_TO_USER"]),
        "redirect": st.sampled_from([None, None, "https://a.example/x"]),
        "rules": st.lists(rules, max_size=2),
    }
)


def arrange(tenant: Tenant, drawn: dict[str, Any]) -> None:
    """Let Salesforce be so."""
    for rule in tenant.call("GET", RULES, size="100")["items"]:
        tenant.remove_rule(rule["id"])
    for rule in drawn["rules"]:
        tenant.call("POST", RULES, {"app_id": SALESFORCE, **rule})
    (admin,) = tenant.permissions(SALESFORCE)
    tenant.edit_settings(
        SALESFORCE,
        request_flow=drawn["flow"],
        redirect_url=drawn["redirect"],
        provisioning={"time_based_access": drawn["lengths"]},
    )
    show(tenant, [admin["id"]])
    tenant.edit_settings(SALESFORCE, provisioning={"groups_provisioning": drawn["how"]})


@contextmanager
def population_of(tenant: Tenant) -> Iterator[tuple[Population, Reader]]:
    """All that a report is made of, and what reads more."""
    with closing(LumosClient(Settings(tenant.token, tenant.url))) as client:
        reader = Reader(client, tenant.url)
        yield read(reader), reader


def reported(tenant: Tenant) -> Report:
    """The report of Lumos as it is."""
    with population_of(tenant) as (population, _):
        return report_of(population)


def foretold(plan: Plan, tenant: Tenant) -> Report:
    """The report of what a plan makes of it."""
    with population_of(tenant) as (population, reader):
        return report_of(plan.applied(population, reader))


def verdicts(before: Report, after: Report) -> list[tuple[str, str, str]]:
    """The verdicts of all changes, each with its offer and aspect."""
    return sorted({_key(change) for change in compare(before, after).changes})


def _key(change: OfferChange) -> tuple[str, str, str]:
    return (change.key, change.aspect, change.verdict)


@pytest.mark.slow
@given(first=tenants, second=tenants)
@SEARCH
def test_a_comparison_with_itself_is_empty_and_the_way_back_is_the_contrary(
    first: dict[str, Any], second: dict[str, Any], emulator: EmulatorProcess
) -> None:
    with closing(Tenant(emulator.url, f"lsk_{uuid.uuid4().hex}")) as tenant:
        apply_quickstart(tenant)
        reports = []
        for drawn in (first, second):
            arrange(tenant, drawn)
            reports.append(reported(tenant))
        before, after = reports
        for report in reports:
            assert not compare(report, report).changes
        swapped = {"WIDER": "NARROWER", "NARROWER": "WIDER"}
        there = verdicts(before, after)
        back = [
            (key, aspect, swapped.get(one, one)) for key, aspect, one in verdicts(after, before)
        ]
        assert there == sorted(back)


def without_ids(report: Report) -> list[Any]:
    """The rows that people can ask for, with the names of what is made anew for its ids."""
    labels = {row.permission_id: f"<{row.permission}>" for row in report.rows if row.permission}
    rules = {rule.id: f"<{rule.why}>" for row in report.rows for rule in row.without_approval}
    text = json.dumps(
        [row for row in report.rows if row.offered != "NOT_OFFERED"], default=as_object
    )
    for id, name in sorted({**labels, **rules}.items(), key=lambda item: -len(item[0])):
        text = text.replace(json.dumps(id)[1:-1], json.dumps(name)[1:-1])
    rows = json.loads(text)
    for row in rows:
        row["key"] = row["key"].rpartition("/")[2]
        for rule in row["without_approval"]:
            rule["permissions"] = sorted(rule["permissions"])
        row["without_approval"].sort(key=json.dumps)
    return sorted(rows, key=lambda row: (row["app"], row["permission"], json.dumps(row)))


@pytest.mark.slow
@pytest.mark.engine
@given(data=st.data())
@settings(
    max_examples=EXAMPLES or 2,
    derandomize=not EXAMPLES,
    suppress_health_check=list(HealthCheck),
)
def test_what_a_plan_foretells_is_what_up_makes(
    data: st.DataObject,
    emulator: EmulatorProcess,
    pulumi_folder: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as tenant:
        shown = furnish(tenant)
        found = places(tenant)
        stack = Stack(Path(tmp_path_factory.mktemp("stack")), pulumi_folder, tenant)
        program: dict[str, tuple[str, Values]] = {}
        for turn in range(3):
            for name, place in found.items():
                if turn == 0:
                    program[name] = (place.kind, data.draw(programs(place)))
                elif name in program and data.draw(st.booleans()):
                    program[name] = (place.kind, data.draw(edited(place, program[name][1])))
                elif name in program and data.draw(st.integers(0, 4)) == 0:
                    del program[name]
            stack.program(
                f"for name, (kind, given) in {program!r}.items():\n"
                "    getattr(lumos, kind)(name, **given)\n"
            )
            show(tenant, shown)
            plan = read_plan(stack.preview("--refresh", "--json"))
            expected = without_ids(foretold(plan, tenant))
            stack.up("--refresh")
            assert expected == without_ids(reported(tenant))
