"""States as Terraform and the vendor's provider leave them, and what Lumos held then.

`python -m tests.terraform FOLDER` records all anew: `terraform` 1.7 or newer on PATH runs the
configurations of `recorded/` and `recorded_workspaces/` against an emulator, with the vendor's
provider, unmodified, whose binary is in FOLDER.
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


WORKSPACES = ("dev", "prod")
RECORDED_WORKSPACES = RECORDED.with_name("recorded_workspaces")
TENANT_OF_WORKSPACES = RECORDED_WORKSPACES / "tenant.json"


def state_of(workspace: str) -> Path:
    """The state of a workspace, where Terraform keeps it."""
    return RECORDED_WORKSPACES / "terraform.tfstate.d" / workspace / "terraform.tfstate"


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
