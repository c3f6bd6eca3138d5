"""The example of every reference page, through the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.reference.__main__ import EXAMPLES, GOTCHAS
from tools.reference.lists import file_name

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds import KINDS


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("kind", KINDS)
def test_the_example_makes_what_it_declares_and_takes_it_away(
    kind: str, tmp_path: Path, pulumi_folder: str, tenant: Tenant
) -> None:
    found = tenant.state()["permissions"]
    stack = Stack(tmp_path, pulumi_folder, tenant)
    stack.program_file((EXAMPLES / f"{file_name(kind)}.py").read_text(encoding="utf-8"))
    assert "warning" not in stack.pulumi("up", "--yes")
    made = [resource["type"].rpartition(":")[2] for resource in stack.resources()]
    assert kind in made
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    left = tenant.state()["permissions"]
    assert {id: left[id] for id in found} == found


def test_there_are_an_example_and_notes_for_every_kind_and_for_nothing_else() -> None:
    kinds = {file_name(kind) for kind in KINDS}
    assert {path.stem for path in EXAMPLES.glob("*.py")} == kinds
    assert {path.stem for path in GOTCHAS.glob("*.md")} == kinds
