"""What a state records of where a resource is declared: the program's lines, and no other file."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import IMPORTS, Stack

pytestmark = pytest.mark.engine

TEAMS = f"""\
import pulumi
import pulumi_lumos as lumos

APP = "{seed_ids.SALESFORCE_APP_ID}"

def permission(name, opts=None):
    return lumos.RequestablePermission(name, opts, app_id=APP, label=name)  # line: of a function

class Team(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Team", name)
        of_it = pulumi.ResourceOptions(parent=self)
        self.made = lumos.RequestablePermission(  # line: in a component
            f"in a component", of_it, app_id=APP, label="in a component"
        )

class Named(lumos.RequestablePermission):
    pass

class Constructed(lumos.RequestablePermission):
    def __init__(self, name):
        super().__init__(name, app_id=APP, label=name)  # line: constructed
"""
PROGRAM = """\
from teams import APP, Constructed, Named, Team, permission

first = lumos.RequestablePermission("at the top", app_id=APP, label="1")  # line: at the top
many = [permission("of a function") for _ in range(1)]
for_each = [
    lumos.RequestablePermission(name, app_id=APP, label=name)  # line: of a comprehension
    for name in ["of a comprehension"]
]
Team("team")
Named("of a subclass", app_id=APP, label="of a subclass")  # line: of a subclass
Constructed("constructed")
first.label.apply(
    lambda label: permission("in an apply", pulumi.ResourceOptions(parent=first))
)
"""
IN_AN_APPLY = "in an apply"


def positions(text: str, file: str) -> dict[str, str]:
    """The lines that a program's comments name, as Pulumi writes them."""
    return {
        line.partition("# line: ")[2]: f"project:///{file}#{number}"
        for number, line in enumerate(text.splitlines(), start=1)
        if "# line: " in line
    }


@pytest.mark.spread
def test_every_resource_is_recorded_with_its_line_and_the_frames_of_the_program_alone(
    stack: Stack,
) -> None:
    (stack.program_folder / "teams.py").write_text(TEAMS)
    stack.program(PROGRAM)
    stack.up()
    by_line = positions(IMPORTS + PROGRAM, "__main__.py")
    expected = positions(TEAMS, "teams.py") | by_line
    expected[IN_AN_APPLY] = expected["of a function"]
    recorded = {name_of(resource): resource for resource in stack.resources()}
    assert {name: one["sourcePosition"] for name, one in recorded.items()} == expected

    found = {name: trace(one) for name, one in recorded.items()}
    assert found["at the top"] == [by_line["at the top"]]
    assert len(found["in a component"]) == 2
    for name, frames in found.items():
        assert frames
        files = {frame.partition("#")[0] for frame in frames}
        assert files <= {"project:///__main__.py", "project:///teams.py"}, name


def name_of(resource: dict[str, Any]) -> str:
    return str(resource["urn"]).rpartition("::")[2]


def trace(resource: dict[str, Any]) -> list[str]:
    """The frames that have a position, the innermost first."""
    return [frame["sourcePosition"] for frame in resource["stackTrace"] if frame]
