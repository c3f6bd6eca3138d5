"""What of a recorded state is taken over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.export.tenant import exported_kinds
from pulumi_lumos.export.terraform_state import type_of

from ..drivers.command import Run

Values = dict[str, Any]
PERMISSION = "lumos_requestable_permission"
COMMANDS = [
    """pulumi config set --secret github-0-auth '{"api_key": "..."}'""",
    "pulumi config set --secret github-0-settings "
    """'{"app_instance_identifier": "...", "organization": "..."}'""",
    """pulumi config set --secret okta-lab-auth '{"api_key": "..."}'""",
    """pulumi config set --secret okta-subsidiary-auth '{"api_key": "..."}'""",
]


@pytest.fixture
def saved(tmp_path: Path) -> Any:
    """Writes a state into a file."""

    def save(state: Values) -> str:
        path = tmp_path / "it.tfstate"
        path.write_text(json.dumps(state), encoding="utf-8")
        return str(path)

    return save


def of_kinds_we_have(state: Values) -> Values:
    """A state of nothing but what a program can say."""
    kept = {type_of(lifecycle.spec) for lifecycle in exported_kinds()}
    managed = [one for one in state["resources"] if one["mode"] == "managed"]
    state["resources"] = [one for one in managed if one["type"] in kept]
    for one in state["resources"]:
        one["instances"] = [each for each in one["instances"] if "deposed" not in each]
    return state


def to_set(done: Run) -> list[str]:
    """The commands that the export lists."""
    return [line.strip() for line in done.out.splitlines() if "pulumi config set" in line]
