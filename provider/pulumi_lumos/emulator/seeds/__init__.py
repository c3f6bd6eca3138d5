"""What a new tenant holds: one of the seeds here, or a file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pulumi_lumos.emulator import saved_state, seed_ids

from . import demo, requests

NAMES = ("demo", "requests", "none")


def load(seed: str) -> dict[str, Any]:
    """Load `demo`, `requests` or `none`, or a file in the form of `/_emulator/state`.

    A file may leave out what nobody has configured. OSError or ValueError when it cannot be used.
    """
    if seed in NAMES:
        return named(seed)
    return saved_state.complete(json.loads(Path(seed).read_text(encoding="utf-8")))


@cache
def named(seed: str) -> dict[str, Any]:
    """One of the seeds here, which nobody changes; `none` has one user, the owner of the token."""
    if seed == "demo":
        return demo.company()
    if seed == "requests":
        return requests.company()
    users = {seed_ids.CURRENT_USER_ID: demo.person(seed_ids.USERS["Ada"])}
    return {"current_user_id": seed_ids.CURRENT_USER_ID, "users": users}
