"""`/accounts`: who has an account of which app."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from pulumi_lumos.emulator import accounts, clock, wire
from pulumi_lumos.emulator.paging import AskedPage, AskedTime, page_of
from pulumi_lumos.emulator.refusal import Problems
from pulumi_lumos.emulator.state import Record
from pulumi_lumos.emulator.vocabulary import check_words, words_of

from .parts import Company, Expand, answers

router = APIRouter()
STATUSES, SOURCES = (words_of(wire.Account, name) for name in ("status", "sources"))
Words = Annotated[list[str] | None, Query()]


@router.get("/accounts", **answers(wire.PageAccount))
async def get_accounts(
    tenant: Company,
    paging: AskedPage,
    app_id: str | None = None,
    discovered_before: AskedTime = None,
    discovered_after: AskedTime = None,
    sources: Words = None,
    status: Words = None,
    expand: Expand = None,
) -> Any:
    """All accounts of the company."""
    problems = Problems()
    check_words(sources or [], SOURCES, ("query", "sources"), problems)
    check_words(status or [], STATUSES, ("query", "status"), problems)
    problems.raise_any()
    found = [
        account
        for account in accounts.of_everybody(tenant)
        if app_id in (None, account["app_id"])
        and (status is None or account["status"] in status)
        and (sources is None or set(sources) & set(account["sources"]))
        and _discovered(account, discovered_after, discovered_before)
    ]
    return page_of(found, paging, lambda account: accounts.answer(tenant, account, expand or ()))


def _discovered(account: Record, after: datetime | None, before: datetime | None) -> bool:
    """Whether an account was discovered in a span of time; of some, nobody knows when."""
    if after is None and before is None:
        return True
    if not account.get("discovered_at"):
        return False
    moment = clock.read(account["discovered_at"])
    return (after is None or moment >= clock.in_utc(after)) and (
        before is None or moment <= clock.in_utc(before)
    )
