"""What one tenant holds: its objects by id, its switches, its faults and its recorded requests."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from . import switches
from .clock import Clock
from .copies import copy_of
from .faults import Faults
from .rate_limit import RateLimit
from .recorder import Recorder
from .refusal import missing

Record = dict[str, Any]
COLLECTIONS = {
    "users": "User",
    "apps": "App",
    "groups": "Group",
    "inline_webhooks": "Inline webhook",
    "permissions": "Requestable permission",
    "pre_approval_rules": "Pre-approval rule",
    "access_policies": "Access policy",
    "access_requests": "Access request",
    "tasks": "Task",
    "accounts": "Account",
    "activity_logs": "Activity log",
    "notifications": "Notification",
    "webhook_calls": "Webhook call",
}
"""Every kind of object by the name of its collection, with what Lumos calls one of them."""


class Tenant:
    """One company's Lumos. Handlers change it without awaiting, so each request is atomic.

    Objects are kept as Lumos would answer them, except that related objects are kept as
    `{"id": ...}` and app-level values are not copied into permissions.
    """

    def __init__(self, seed: dict[str, Any], settings: dict[str, Any] | None = None) -> None:
        self.switches = {**switches.defaults(), **(settings or {})}
        self.faults = Faults()
        self.recorder = Recorder()
        self.rate_limit = RateLimit()
        self.changes = 0
        self.seed = seed
        self.reset()

    def reset(self) -> None:
        """Bring the objects back to the seed; switches, faults and records stay."""
        self.random = _order(self.switches["shuffle_seed"])
        self.load(self.seed)
        self.changes += 1

    def load(self, data: dict[str, Any]) -> None:
        """Replace all objects by a copy of those in `data`, which has the shape of export()."""
        self.collections: dict[str, dict[str, Record]] = {
            name: copy_of(data.get(name, {})) for name in COLLECTIONS
        }
        self.current_user_id = data.get("current_user_id")
        self.clock = Clock(data.get("clock"))
        self.next_due: tuple[int, datetime | None, Record | None] | None = None
        self.new_until: dict[str, float] = {}
        self.permissions_by_app: dict[str, dict[str, Record]] = {}
        for permission in self.collections["permissions"].values():
            self.index(permission)

    def export(self) -> dict[str, Any]:
        """The whole tenant as JSON, in the shape that load() and `--seed FILE` take."""
        own = {"current_user_id": self.current_user_id, "clock": self.clock.export()}
        return {**own, **self.collections}

    def get(self, collection: str, key: str) -> Record:
        """Return the object with this id, or refuse with Lumos's 404."""
        record = self.collections[collection].get(key)
        if record is None:
            raise missing(COLLECTIONS[collection])
        return record

    def find(self, collection: str, key: str | None) -> Record | None:
        """Look for the object with this id."""
        return self.collections[collection].get(key) if key else None

    def add(self, collection: str, record: Record) -> Record:
        """Keep a new object; one without an id gets one."""
        record.setdefault("id", str(uuid.uuid4()))
        self.collections[collection][record["id"]] = record
        self.hide_for_a_while(record["id"])
        if collection == "permissions":
            self.index(record)
        self.changes += 1
        return record

    def remove(self, collection: str, key: str) -> Record:
        """Forget an object, else Lumos's 404."""
        record = self.get(collection, key)
        del self.collections[collection][key]
        if collection == "permissions":
            del self.permissions_by_app[record["app_id"]][key]
        self.changes += 1
        return record

    def index(self, permission: Record) -> None:
        """Index the permission by its app."""
        self.permissions_by_app.setdefault(permission["app_id"], {})[permission["id"]] = permission

    def move(self, permission: Record, app_id: str) -> None:
        """Note that a permission was changed in place, and belongs to `app_id` from now on."""
        if permission["app_id"] != app_id:
            del self.permissions_by_app[permission["app_id"]][permission["id"]]
            permission["app_id"] = app_id
            self.index(permission)
        self.touch()

    def permissions_of(self, app_id: str) -> Iterable[Record]:
        """The permissions of one app, oldest first."""
        return self.permissions_by_app.get(app_id, {}).values()

    def hide_for_a_while(self, key: str) -> None:
        """Let reads miss a new object (switch read_after_write_lag_seconds)."""
        lag = self.switches["read_after_write_lag_seconds"]
        if lag:
            now = time.monotonic()
            hidden = {name: until for name, until in self.new_until.items() if until > now}
            self.new_until = {**hidden, key: now + lag}

    def is_hidden(self, key: str) -> bool:
        """Whether lists still hide the object made under this key."""
        return self.new_until.get(key, 0.0) > time.monotonic()

    def is_hidden_by_id(self, key: str) -> bool:
        """Whether a GET by id still hides it too (switch lag_hides_from)."""
        return self.switches["lag_hides_from"] == "lists_and_ids" and self.is_hidden(key)

    def listed(self, records: Iterable[Record]) -> list[Record]:
        """The objects that lists show by now."""
        if not self.new_until:
            return list(records)
        return [record for record in records if not self.is_hidden(record["id"])]

    def read(self, collection: str, key: str) -> Record:
        """Return the object that a GET by id shows, or refuse with Lumos's 404."""
        if self.is_hidden_by_id(key):
            raise missing(COLLECTIONS[collection])
        return self.get(collection, key)

    def touch(self) -> None:
        """Note that an object was changed in place, so that it is saved."""
        self.changes += 1

    def shuffled(self, items: list[Any]) -> list[Any]:
        """Related objects in the random order in which Lumos answers them."""
        if len(items) > 1 and self.switches["shuffle"]:
            self.random.shuffle(items)
        return items

    def switch(self, values: dict[str, Any]) -> None:
        """Set switches that are known to be valid."""
        self.switches.update(values)
        self.next_due = None
        if "shuffle_seed" in values:
            self.random = _order(values["shuffle_seed"])


def _order(seed: int | None) -> random.Random:
    return random.Random(seed)  # noqa: S311 - an order, no secret
