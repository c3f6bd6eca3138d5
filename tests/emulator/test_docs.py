"""docs/emulator.md says what the code says."""

from __future__ import annotations

import json

from pulumi_lumos.emulator.admin import PARTS
from pulumi_lumos.emulator.faults import FaultInput
from pulumi_lumos.emulator.switches import SWITCHES

from ..repository import ROOT

PAGE = (ROOT / "docs" / "emulator.md").read_text()


def test_every_switch_is_documented_as_it_is_declared() -> None:
    table = PAGE.partition("<!-- switches: begin -->")[2].partition("<!-- switches: end -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{s.name}` | `{json.dumps(s.default)}` | {s.accepted()} | {s.doc} |"
        for s in SWITCHES.values()
    ]


def test_every_field_of_a_fault_is_documented() -> None:
    section = PAGE.partition("## Faults")[2].partition("## The admin API")[0]
    for name in FaultInput.model_fields:
        assert f"`{name}`" in section, name


def test_every_path_of_the_admin_api_is_documented() -> None:
    section = PAGE.partition("## The admin API")[2]
    for route in (route for part in PARTS for route in part.routes):
        assert f"{route.path}`" in section, route.path  # type: ignore[attr-defined]
