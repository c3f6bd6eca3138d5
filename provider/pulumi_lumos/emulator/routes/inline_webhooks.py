"""`/inline_webhooks`: a plain array, without pages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from pulumi_lumos.emulator import wire

from .parts import Company, answers

router = APIRouter()


@router.get("/inline_webhooks", **answers(list[wire.InlineWebhook]))
async def get_inline_webhooks(tenant: Company) -> Any:
    """All inline webhooks of the company."""
    return tenant.shuffled(tenant.listed(tenant.collections["inline_webhooks"].values()))
