"""Puts a report together: rows with their risks, and a header that shows that they are all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from typing import Any

from .encoding import as_object
from .model import NOT_READ, Members, Row
from .parts import admins_of, asks_of
from .population import Population, Values
from .risks import with_risks
from .rows import ENTIRE_WORKFLOW, rows_of
from .whole import Header, Report

LIVE = "Lumos"
PLAN = "Lumos after the plan"


def report_of(
    population: Population,
    groups: Mapping[str, Members] | None = None,
    *,
    of: str = LIVE,
    members: str = NOT_READ,
) -> Report:
    """The report of a population; `groups` are those whose members were read, and how."""
    read = groups or {}
    rows = with_risks(rows_of(population), read)
    listed = tuple(sorted(read.values(), key=lambda one: (one.name.casefold(), one.id)))
    return Report(_header(population, rows, of, members), rows, listed, tuple(population.untold))


def digest_of(rows: Sequence[Row]) -> str:
    """The SHA-256 of the rows: equal for two reports of one state."""
    digest = hashlib.sha256()
    for row in rows:
        line = json.dumps(row, default=as_object, sort_keys=True, separators=(",", ":"))
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _header(population: Population, rows: tuple[Row, ...], of: str, members: str) -> Header:
    now = datetime.now(timezone.utc)
    permissions = population.permissions.values()
    return Header(
        of=of,
        tenant=population.tenant,
        token_of=str(population.user.get("email") or population.user.get("id") or ""),
        taken_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=version("pulumi-lumos"),
        scope=population.scope,
        apps=len(population.apps),
        offers=sum(row.is_there for row in rows),
        permissions=len(population.permissions),
        permissions_outside=len(population.elsewhere),
        rules=sum(rule["app_id"] in population.apps for rule in population.rules.values()),
        policies=len(population.policies),
        inherits_otherwise=sum(_inherits_otherwise(population, one) for one in permissions),
        workflow_not_said=sum(_approval(one).get(ENTIRE_WORKFLOW) is None for one in permissions),
        members=members,
        requests=population.requests,
        digest=digest_of(rows),
        app_ids=population.app_ids,
    )


def _config(permission: Values) -> Values:
    return permission.get("request_config") or {}


def _approval(permission: Values) -> Values:
    return _config(permission).get("request_approval_config") or {}


def _inherits_otherwise(population: Population, permission: Values) -> bool:
    """Whether Lumos answers another value than the app's where a permission inherits.

    The document says that it inherits. This costs no request, because both are read anyway.
    """
    settings = population.settings[permission["app_id"]]
    flow = settings.get("request_flow") or {}
    provisioning = settings.get("provisioning") or {}
    config, approval = _config(permission), _approval(permission)
    fulfillment = config.get("request_fulfillment_config") or {}
    pairs: list[tuple[Any, Any, Any]] = [
        (
            config.get("allowed_groups_override"),
            asks_of(config.get("allowed_groups")),
            asks_of(flow.get("allowed_groups")),
        ),
        (
            fulfillment.get("time_based_access_override"),
            set(fulfillment.get("time_based_access") or ()),
            set(provisioning.get("time_based_access") or ()),
        ),
    ]
    pairs += [
        (
            approval.get("request_approval_config_override"),
            admins_of(approval.get(stage)),
            admins_of(flow.get(stage)),
        )
        for stage in ("approvers", "approvers_stage_2")
    ]
    return any(not is_own and answered != of_app for is_own, answered, of_app in pairs)
