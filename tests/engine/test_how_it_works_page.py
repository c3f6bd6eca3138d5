"""docs/how-it-works.md follows one value through the package; here it is followed for real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..drivers.stack import Stack
from ..repository import ROOT

PAGE = ROOT / "docs" / "how-it-works.md"
LABEL = "Reader of everything"
STEP = re.compile(r"\[`([\w.]+)`\]\(\.\./provider/pulumi_lumos/([\w/]+\.py)\)")


def program() -> str:
    """The program of the page, which gives the label."""
    (found,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert f'label="{LABEL}"' in found
    return str(found)


def steps(section: str) -> list[str]:
    """The functions that a section of the page names, in its order: file and name."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return [f"{path} {name.rpartition('.')[2]}" for name, path in STEP.findall(text)]


def missing(told: list[str], passed: list[str]) -> list[str]:
    """The functions that the value does not pass after those that stand before them."""
    found, start = [], 0
    for step in told:
        if step in passed[start:]:
            start = passed.index(step, start) + 1
        else:
            found.append(step)
    return found


@pytest.mark.one_host
@pytest.mark.slow
def test_the_value_passes_the_functions_of_the_page_in_their_order(
    stack: Stack, tmp_path: Path
) -> None:
    into = tmp_path / "followed.txt"
    followed = {
        "PYTHONPATH": str(Path(__file__).parent / "followed"),
        "FOLLOWED_VALUE": LABEL,
        "FOLLOWED_INTO": str(into),
    }
    stack.environment.update(followed)
    stack.program_file(program())
    for command, sections in {
        "up": ("In the program", "In the host", "To Lumos", "Back into the state"),
        "refresh": ("What a refresh reads",),
    }.items():
        into.write_text("")
        getattr(stack, command)()
        told = [step for section in sections for step in steps(section)]
        assert told
        assert missing(told, into.read_text().splitlines()) == []


def test_every_file_of_the_page_defines_something() -> None:
    links = re.findall(r"\(\.\./(provider/[\w/]+\.py)\)", PAGE.read_text(encoding="utf-8"))
    defines = re.compile(r"^(class|def) ", re.M)
    empty = {one for one in links if not defines.search((ROOT / one).read_text(encoding="utf-8"))}
    assert empty == set()
