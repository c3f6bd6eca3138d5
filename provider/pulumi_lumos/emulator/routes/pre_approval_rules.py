"""`/appstore/pre_approval_rules`: who gets what without asking for approval."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import answers as shown
from pulumi_lumos.emulator import permissions, rules, wire
from pulumi_lumos.emulator.copies import copy_of
from pulumi_lumos.emulator.merging import merge, patch, sent
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.references import RULE_REFERENCES, Resolver
from pulumi_lumos.emulator.refusal import Problems
from pulumi_lumos.emulator.state import Record, Tenant

from .parts import Company, answers

router = APIRouter(prefix="/appstore/pre_approval_rules")
ONE = "/{pre_approval_rule_id}"


@router.get("", **answers(wire.PagePreApprovalRuleOutput))
async def get_pre_approval_rules(
    tenant: Company, paging: AskedPage, app_id: str | None = None
) -> Any:
    """Pre-approval rules, by app."""
    known = tenant.listed(tenant.collections["pre_approval_rules"].values())
    found = [rule for rule in known if not app_id or rule["app_id"] == app_id]
    return page_of(found, paging, lambda rule: _answer(tenant, rule))


@router.post("", **answers(wire.PreApprovalRuleOutput, 201))
async def create_pre_approval_rule(tenant: Company, body: wire.PreApprovalRuleInput) -> Any:
    """Create a rule for one app."""
    problems = Problems()
    if tenant.find("apps", body.app_id) is None:
        problems.add(("body", "app_id"), f"App {body.app_id} not found.")
    rule = {**rules.blank(), "app_id": body.app_id}
    _change(tenant, rule, sent(body, declared_defaults=False), problems)
    return _answer(tenant, tenant.add("pre_approval_rules", rule))


@router.get(ONE, **answers(wire.PreApprovalRuleOutput))
async def get_pre_approval_rule(tenant: Company, pre_approval_rule_id: str) -> Any:
    """One rule."""
    return _answer(tenant, tenant.read("pre_approval_rules", pre_approval_rule_id))


@router.patch(ONE, **answers(wire.PreApprovalRuleOutput))
async def update_pre_approval_rule(
    tenant: Company, pre_approval_rule_id: str, body: wire.PreApprovalRuleUpdateInput
) -> Any:
    """Change a rule; its app stays."""
    rule = tenant.get("pre_approval_rules", pre_approval_rule_id)
    changed = copy_of(rule)
    _change(tenant, changed, patch(tenant, body), Problems())
    rule.update(changed)
    tenant.touch()
    return _answer(tenant, rule)


@router.delete(ONE, status_code=204)
async def delete_pre_approval_rule(tenant: Company, pre_approval_rule_id: str) -> None:
    """Delete a rule."""
    tenant.remove("pre_approval_rules", pre_approval_rule_id)


def _change(tenant: Tenant, rule: Record, changes: Record, problems: Problems) -> None:
    Resolver(tenant, rule["app_id"], problems).resolve(changes, RULE_REFERENCES, ("body",))
    problems.raise_any()
    merge(rule, changes, rules.blank())


def _answer(tenant: Tenant, rule: Record) -> Record:
    app = tenant.get("apps", rule["app_id"])
    answer = shown.filled(tenant, rule, RULE_REFERENCES)
    pointers = answer["preapproved_permissions"]
    known = (tenant.get("permissions", pointer["id"]) for pointer in pointers)
    answer["preapproved_permissions"] = [permissions.reference(tenant, p) for p in known]
    tenant.shuffled(answer["preapproved_users_by_attribute"])
    tenant.shuffled(answer["time_based_access"])
    return {**answer, "app_class_id": app["app_class_id"], "app_instance_id": app["instance_id"]}
