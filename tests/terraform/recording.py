"""A state as Terraform and the vendor's provider leave it, and what Lumos held then.

`python -m tests.terraform FOLDER` records both anew: `terraform` 1.7 or newer on PATH runs the
configuration of `recorded/` against an emulator, with the vendor's provider, unmodified, whose
binary is in FOLDER.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "recorded"
CONFIGURATION = tuple(sorted(RECORDED.rglob("*.tf")))
STATE = RECORDED / "terraform.tfstate"
TENANT = RECORDED / "tenant.json"
"""What Lumos held, as a seed of the emulator."""


def recorded_state() -> dict[str, Any]:
    """The state, to be changed as a test needs it."""
    state: dict[str, Any] = json.loads(STATE.read_text(encoding="utf-8"))
    return state


def ids(state: dict[str, Any], type: str) -> list[str]:
    """The ids of the objects of a type, in the order of the state; without deposed ones."""
    return [
        instance["attributes"]["id"]
        for resource in state["resources"]
        if resource["mode"] == "managed" and resource["type"] == type
        for instance in resource["instances"]
        if "deposed" not in instance
    ]
