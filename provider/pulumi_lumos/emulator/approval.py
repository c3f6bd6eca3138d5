"""Approval stages, which apps and permissions share."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator.references import Resolver
from pulumi_lumos.emulator.refusal import Location
from pulumi_lumos.emulator.state import Record, Tenant


def no_members() -> Record:
    """Approvers or admins with nobody in them."""
    return {"groups": [], "users": []}


def settle_stages(tenant: Tenant, config: Record, changes: Record) -> None:
    """Apply `require_additional_approval` after a merge.

    False merges the approvers of stage 2 into stage 1 (Lumos API document); left out, the
    setting stays, and switch stage_two_without_flag decides about approvers sent to stage 2.
    """
    if not any(config["approvers_stage_2"].values()):
        return
    flag = config["require_additional_approval"]
    asked = changes.get("require_additional_approval") is not None
    merges = tenant.switches["stage_two_without_flag"] == "merge"
    if flag is False and (asked or merges):
        for kind in ("groups", "users"):
            both = config["approvers"][kind] + config["approvers_stage_2"][kind]
            config["approvers"][kind] = list({item["id"]: item for item in both}.values())
        config["approvers_stage_2"] = no_members()
    else:
        config["require_additional_approval"] = True


def take_stages(resolver: Resolver, changes: Record, location: Location) -> None:
    """Read the deprecated `request_approval_stages`, unless approvers are sent in the new way."""
    stages = changes.pop("request_approval_stages", None)
    if not stages or "approvers" in changes or "approvers_stage_2" in changes:
        return
    for index, name in enumerate(("approvers", "approvers_stage_2")):
        stage = stages[index] if index < len(stages) else {}
        at = (*location, "request_approval_stages", index)
        changes[name] = resolver.members(_members(stage, resolver, at), at)


def _members(stage: Record, resolver: Resolver, at: Location) -> Record:
    members: dict[str, list[Any]] = no_members()
    for index, approver in enumerate(stage.get("approvers") or []):
        kind = approver["type"].lower()
        if approver.get(kind) is None:
            resolver.problems.add((*at, "approvers", index), f"The approver names no {kind}.")
        else:
            members[f"{kind}s"].append(approver[kind])
    return members


def answered_stages(approvers: Record, approvers_stage_2: Record) -> list[Record]:
    """The deprecated form of two stages of (already answered) approvers."""
    stages = [
        [{"type": "GROUP", "group": group} for group in members["groups"]]
        + [{"type": "USER", "user": user} for user in members["users"]]
        for members in (approvers, approvers_stage_2)
    ]
    return [{"approvers": stage} for stage in stages if stage] or [{}]
