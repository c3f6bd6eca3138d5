"""The requests a tenant has seen: what tests count and read."""

from __future__ import annotations

import json
from collections import deque
from typing import Any
from urllib.parse import parse_qs

KEPT = 100_000
"""Requests kept per tenant; older ones are dropped, their sequence numbers are not given again."""


class Recorder:
    """Remembers each request in the order of arrival, without its headers (they hold the token)."""

    def __init__(self) -> None:
        self.entries: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.sequence = 0

    def begin(
        self, method: str, path: str, query: str, body: bytes, user_id: str
    ) -> dict[str, Any]:
        """Note a request; its `status` is null until, and unless, it is answered."""
        self.sequence += 1
        entry = {
            "method": method,
            "path": path,
            "query": parse_qs(query, keep_blank_values=True),
            "body": _json(body),
            "user_id": user_id,
            "status": None,
            "sequence": self.sequence,
        }
        self.entries.append(entry)
        return entry

    def forget(self) -> None:
        """Forget all requests and count from 1 again."""
        self.entries.clear()
        self.sequence = 0


def _json(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None
