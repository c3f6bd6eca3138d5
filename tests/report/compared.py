"""Changes to compare, and what a comparison says of them."""

from __future__ import annotations

from typing import Any

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import SALESFORCE

ADMIN = "Salesforce · Admin"


def decided(tenant: Tenant, **flow: Any) -> None:
    """Let the app decide so."""
    tenant.edit_settings(SALESFORCE, request_flow=flow)


def verdicts(run: RunCommand, before: str, *arguments: str) -> list[tuple[str, str]]:
    """The verdict and aspect of every change."""
    found = run("report", "--json", "--against", before, *arguments).json["changes"]
    return [(change["verdict"], change["aspect"]) for change in found]
