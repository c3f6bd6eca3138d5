"""All tenants of one emulator, by token, and how they are kept over a restart."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from pathlib import Path
from typing import Any, NamedTuple

from .callers import Caller
from .data_file import DataFile
from .rate_limit import RateLimit
from .state import Tenant

TOKEN_PREFIX = "lsk_"  # noqa: S105 - what tokens begin with, no token
SAVE_EVERY_SECONDS = 0.5


class Issued(NamedTuple):
    """A token of a person: the digest of the tenant that it opens, and its scope."""

    tenant: str
    user_id: str
    is_admin: bool


class Tenants:
    """Opens a tenant, seeded alike, for each token that begins `lsk_`.

    Further tokens of a tenant belong to single people. Tokens are kept as digests only: no token is
    in the memory image of a tenant or in the file.
    """

    def __init__(
        self,
        seed: dict[str, Any],
        settings: dict[str, Any] | None = None,
        data: Path | None = None,
    ) -> None:
        self.seed = seed
        self.settings = settings or {}
        self.file = DataFile(data) if data is not None else None
        self.strangers = RateLimit()
        self.saved_changes = 0
        self.all: dict[str, Tenant] = {}
        self.issued: dict[str, Issued] = {}
        if self.file is not None:
            self._load(self.file)

    def by_token(self, token: str | None) -> tuple[Tenant, Caller] | None:
        """The tenant that a token opens, and for whom; None for one that Lumos would not know."""
        if not token or not token.startswith(TOKEN_PREFIX) or token == TOKEN_PREFIX:
            return None
        key = _digest(token)
        issued = self.issued.get(key)
        if issued is not None:
            tenant = self.all[issued.tenant]
            known = tenant.find("users", issued.user_id)
            return (tenant, Caller(issued.user_id, issued.is_admin)) if known else None
        if key not in self.all:
            self.all[key] = Tenant(self.seed, self.settings)
        tenant = self.all[key]
        return tenant, Caller(tenant.current_user_id or "", tenant.switches["token_is_admin"])

    def issue(self, tenant: Tenant, user_id: str, *, is_admin: bool) -> str:
        """Make a token with which somebody acts in a tenant."""
        token = f"{TOKEN_PREFIX}{secrets.token_urlsafe(24)}"
        opens = next(key for key, known in self.all.items() if known is tenant)
        self.issued[_digest(token)] = Issued(opens, user_id, is_admin)
        tenant.touch()
        return token

    def _load(self, file: DataFile) -> None:
        """Open the tenants of the file; ValueError or OSError when it cannot be used."""
        states, tokens = file.load()
        for key, state in states.items():
            tenant = self.all[key] = Tenant(self.seed, self.settings)
            tenant.load(state)
        self.issued = {
            key: Issued(*issued) for key, issued in tokens.items() if issued[0] in self.all
        }
        file.write(self._states(), self.issued)
        self.saved_changes = self._changes()

    def _states(self) -> dict[str, Any]:
        return {key: tenant.export() for key, tenant in self.all.items()}

    def _changes(self) -> int:
        return sum(tenant.changes for tenant in self.all.values())

    @property
    def trouble(self) -> str:
        """Why changes cannot be kept at the moment; empty while they can."""
        return self.file.trouble if self.file is not None else ""

    def save(self) -> None:
        """Write all tenants to the data file, in one step, when anything has changed."""
        changes = self._changes()
        if self.file is None or changes == self.saved_changes:
            return
        if self.file.save(self._states(), self.issued):
            self.saved_changes = changes

    async def save_often(self) -> None:
        """Save twice a second while the server runs; at most that much is lost by a kill."""
        while True:
            await asyncio.sleep(SAVE_EVERY_SECONDS)
            self.save()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
