"""The world outside of Lumos: third parties with their groups and automation, and webhooks.

Nothing leaves the machine, so tests script what the outside does.
"""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from pulumi_lumos.emulator.exchange import ADMIN_PREFIX
from pulumi_lumos.emulator.refusal import missing
from pulumi_lumos.emulator.requests.webhooks import Outcome
from pulumi_lumos.emulator.routes.parts import Company

router = APIRouter(prefix=ADMIN_PREFIX)
SOURCE_GROUPS = "/apps/{app_id}/source_groups"


class SourceGroup(BaseModel):
    """A group of the third party itself; the next sync brings it into Lumos."""

    model_config = ConfigDict(extra="forbid")

    integration_specific_id: str
    name: str
    description: str = ""
    member_ids: list[str] = []


class Automation(BaseModel):
    """Whether a third party does what Lumos asks of it."""

    model_config = ConfigDict(extra="forbid")

    automation: Literal["works", "fails"]


class WebhookAnswer(BaseModel):
    """A webhook's answer from now on; people read the message of a refusal."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    message: str = ""


@router.post(SOURCE_GROUPS, status_code=201)
async def add_source_group(tenant: Company, app_id: str, group: SourceGroup) -> Any:
    """Add or change a group in the third party that an app stands for."""
    source = group.model_dump(exclude={"integration_specific_id"})
    groups = tenant.get("apps", app_id)["source_groups"]
    groups[group.integration_specific_id] = source
    tenant.touch()
    return group


@router.delete(SOURCE_GROUPS + "/{integration_specific_id}", status_code=204)
async def remove_source_group(tenant: Company, app_id: str, integration_specific_id: str) -> None:
    """Remove a group from the third party; Lumos forgets it at the next sync."""
    groups = tenant.get("apps", app_id)["source_groups"]
    if groups.pop(integration_specific_id, None) is None:
        raise missing("Source group")
    tenant.touch()


@router.put("/apps/{app_id}/automation")
async def set_automation(tenant: Company, app_id: str, desired: Automation) -> Any:
    """Let an app carry out, or fail, Lumos's changes of its members and accounts."""
    tenant.get("apps", app_id)["automation"] = desired.automation
    tenant.touch()
    return desired


@router.put("/inline_webhooks/{webhook_id}/answer")
async def set_webhook_answer(tenant: Company, webhook_id: str, answer: WebhookAnswer) -> Any:
    """Script what a webhook answers."""
    tenant.get("inline_webhooks", webhook_id)["answer"] = answer.model_dump()
    tenant.touch()
    return answer


@router.get("/webhook_calls")
async def get_webhook_calls(tenant: Company) -> Any:
    """Every call of a webhook with its payload and how it went, oldest first."""
    return list(tenant.collections["webhook_calls"].values())
