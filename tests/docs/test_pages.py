"""The pages say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pulumi_lumos.config import SETTINGS
from pulumi_lumos.hosts.chosen import HOST_SETTING, HOST_VARIABLE

from tools.reference import lists

from ..repository import ROOT
from .pages import BLOCK, PAGES, README

LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_the_program_of_the_readme_is_the_one_that_ci_runs() -> None:
    (program,) = (text for _, text in BLOCK.findall(README))
    tested = ROOT / "examples" / "quickstart" / "__main__.py"
    assert program.strip() == tested.read_text(encoding="utf-8").strip()


def test_the_readme_names_every_setting() -> None:
    named = re.findall(r"^\| `lumos:(\w+)` \| `(\w+)` \|", README, re.M)
    settings = [(setting.key, setting.variable) for setting in SETTINGS]
    assert named == [*settings, (HOST_SETTING, HOST_VARIABLE)]


@pytest.mark.parametrize("path", lists.texts(), ids=lambda path: path.name)
def test_the_list_of_kinds_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == lists.texts()[path], (
        "run `python -m tools.reference`"
    )


def test_the_declaration_shown_to_contributors_is_the_real_one() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (shown,) = (block for _, block in BLOCK.findall(text))
    source = ROOT / "provider" / "pulumi_lumos" / "kinds" / "requestable_permission"
    declared = (source / "declaration.py").read_text(encoding="utf-8")
    for line in shown.splitlines():
        assert line.removeprefix("    ") in declared


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_leads_nowhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_commands_of_the_readme_are_commands_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^\$ make (\w+)$", README, re.M):
        assert re.search(rf"^{target}:", makefile, re.M)


def test_every_promise_of_the_security_page_names_the_tests_that_hold_it() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised = text.partition("## What is promised")[2].partition("##")[0]
    promises = [line for line in promised.splitlines() if line.startswith("- ")]
    assert len(promises) > 5
    for promise in promises:
        held_by = re.findall(r"`(tests/\S+\.py)`", promise)
        assert held_by, promise
        for path in held_by:
            assert "def test_" in (ROOT / path).read_text(encoding="utf-8"), path
