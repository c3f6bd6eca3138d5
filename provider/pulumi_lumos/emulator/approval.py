"""Approval stages, which apps and permissions share."""

from __future__ import annotations

from typing import Any

from .references import Resolver
from .refusal import Location
from .state import Record, Tenant


def no_members() -> Record:
    """Empty approvers or admins."""
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
    stages = changes.pop("request_approval_stages", None) or []
    at = (*location, "request_approval_stages")
    members = [_members(stage, resolver, (*at, index)) for index, stage in enumerate(stages)]
    if not members or "approvers" in changes or "approvers_stage_2" in changes:
        return
    changes["approvers"] = members[0]
    changes["approvers_stage_2"] = members[1] if len(members) > 1 else no_members()


def _members(stage: Record, resolver: Resolver, at: Location) -> Record:
    """The approvers of one stage, by id."""
    members: dict[str, list[Any]] = no_members()
    for index, approver in enumerate(stage.get("approvers") or []):
        here = (*at, "approvers", index)
        named = [kind for kind in ("user", "group") if approver.get(kind) is not None]
        if len(named) != 1 or named[0] != approver.get("type", named[0]).lower():
            resolver.problems.add(
                here, "An approver must be one user or one group, as its type says."
            )
        for kind in named:
            resolve = resolver.user if kind == "user" else resolver.group
            members[f"{kind}s"].append(resolve(approver[kind], (*here, kind)))
    return {kind: [item for item in items if item] for kind, items in members.items()}


def answered_stages(approvers: Record, approvers_stage_2: Record) -> list[Record]:
    """The deprecated form of two stages of (already answered) approvers."""
    stages = [
        [{"type": "GROUP", "group": group} for group in members["groups"]]
        + [{"type": "USER", "user": user} for user in members["users"]]
        for members in (approvers, approvers_stage_2)
    ]
    return [{"approvers": stage} for stage in stages if stage] or [{}]
