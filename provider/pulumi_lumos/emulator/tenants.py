"""All tenants of one emulator, by token, and the file that keeps them over a restart."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from pulumi_lumos.emulator.rate_limit import RateLimit
from pulumi_lumos.emulator.state import Tenant

TOKEN_PREFIX = "lsk_"  # noqa: S105 - what tokens begin with, no token
SAVE_EVERY_SECONDS = 0.5


class Tenants:
    """Opens a tenant, seeded alike, for each token that begins `lsk_`.

    Tokens are kept as digests only: no token is in the memory image of a tenant or in the file.
    """

    def __init__(
        self,
        seed: dict[str, Any],
        settings: dict[str, Any] | None = None,
        data: Path | None = None,
    ) -> None:
        self.seed = seed
        self.settings = settings or {}
        self.data = data
        self.strangers = RateLimit()
        self.saved_changes = 0
        self.all: dict[str, Tenant] = {}
        if data is not None and data.exists():
            self._load(data)

    def by_token(self, token: str | None) -> Tenant | None:
        """The tenant that a token opens; None for a token that Lumos would not know."""
        if not token or not token.startswith(TOKEN_PREFIX) or token == TOKEN_PREFIX:
            return None
        key = hashlib.sha256(token.encode()).hexdigest()
        if key not in self.all:
            self.all[key] = Tenant(self.seed, self.settings)
        return self.all[key]

    def _load(self, data: Path) -> None:
        for key, objects in json.loads(data.read_text())["tenants"].items():
            tenant = self.all[key] = Tenant(self.seed, self.settings)
            tenant.load(objects)

    def save(self) -> None:
        """Write all tenants to the data file, in one step, when anything has changed."""
        changes = sum(tenant.changes for tenant in self.all.values())
        if self.data is None or changes == self.saved_changes:
            return
        objects = {key: tenant.export() for key, tenant in self.all.items()}
        unfinished = self.data.with_name(self.data.name + ".new")
        unfinished.write_text(json.dumps({"tenants": objects}))
        os.replace(unfinished, self.data)
        self.saved_changes = changes

    async def save_often(self) -> None:
        """Save twice a second while the server runs; at most that much is lost by a kill."""
        while True:
            await asyncio.sleep(SAVE_EVERY_SECONDS)
            self.save()
