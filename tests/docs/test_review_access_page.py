"""docs/review-access.md: its risks and words are those of the report, its pictures real ones.

`PICTURES=write` draws the pictures anew.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from pulumi_lumos.report.gate import ASPECTS, allowances_of
from pulumi_lumos.report.risks import LEVELS

from ..drivers.browser import chromium, open_page
from ..drivers.command import RunCommand, run
from ..drivers.tenant import Tenant
from ..report.company import Keep, keep, quickstart
from ..report.pull_request import change, comment
from ..repository import ROOT

__all__ = ["keep", "quickstart", "run"]

PAGE = (ROOT / "docs" / "review-access.md").read_text(encoding="utf-8")
IMAGES = ROOT / "docs" / "images"
STYLE = """
body{margin:0;padding:16px;width:820px;font:14px/1.5 system-ui,sans-serif;color:#1f2328}
h2{font-size:20px;border-bottom:1px solid #d1d9e0;padding-bottom:6px;margin:0 0 12px}
h3{font-size:16px;margin:18px 0 6px}table{border-collapse:collapse}
th,td{border:1px solid #d1d9e0;padding:5px 12px}ul{padding-left:24px}
summary{margin:8px 0}article{border:1px solid #d1d9e0;border-radius:6px;padding:16px}
"""


def test_every_risk_is_listed_with_its_level() -> None:
    listed = dict(re.findall(r"^\| `([\w-]+)` \| (high|medium|low) \|", PAGE, re.M))
    assert listed == LEVELS


def test_every_aspect_of_a_gate_is_named() -> None:
    (sentence,) = re.findall(r"The aspects are (.*?)\.", PAGE)
    assert set(re.findall(r"`([\w-]+)`", sentence)) == set(ASPECTS)


def test_the_lines_of_allowances_are_some() -> None:
    (lines,) = re.findall(r"```text\n(.*?)```", PAGE, re.S)
    allowed = allowances_of(lines, date(2026, 11, 26))
    assert [(one.aspect, one.state) for one in allowed] == [
        ("without-approval", "unused"),
        ("risk:no-end", "unused"),
    ]


@pytest.mark.parametrize("block", re.findall(r"```console\n(.*?)```", PAGE, re.S))
def test_the_commands_of_the_page_run(
    quickstart: Tenant,
    run: RunCommand,
    block: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_text('{"steps": [], "changeSummary": {}}')
    assert run("report", "--json", "--out", "monday.json").code == 0
    for command in re.findall(r"^\$ pulumi-lumos (.+)$", block, re.M):
        assert run(*shlex.split(command)).code == 0


def test_the_comment_says_what_the_page_says(
    quickstart: Tenant, run: RunCommand, keep: Keep
) -> None:
    before = keep()
    change(quickstart)
    text = comment(run, before)
    assert text.splitlines()[1] == "## 2 changes give people more"
    assert "**Salesforce · Admin**: for 30 days at most. Before: 7 days." in text
    assert "members of On-call get Admin for 1 day at most" in text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.slow
def test_the_pictures_are_of_a_real_comment_and_a_real_page(
    quickstart: Tenant, run: RunCommand, keep: Keep, browser: Browser, tmp_path: Path
) -> None:
    before = keep()
    change(quickstart)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(comment(run, before))
    shown = tmp_path / "comment.html"
    shown.write_text(
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><article>{html}</article>",
        encoding="utf-8",
    )
    report = tmp_path / "report.html"
    run("report", "--html", "--out", str(report))
    for name, file in (("comment", shown), ("report", report)):
        page, said = open_page(browser, file)
        assert said == []
        # The comment whole, of the page what its window shows.
        picture = page.locator("article").screenshot() if name == "comment" else page.screenshot()
        kept = IMAGES / f"{name}.png"
        if os.environ.get("PICTURES") == "write":
            kept.write_bytes(picture)
        # Fonts differ between machines; the size tells a picture of something else.
        drawn, there = _size(picture), _size(kept.read_bytes())
        assert all(abs(new - old) < 0.2 * old for new, old in zip(drawn, there, strict=True))


def _size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header of a PNG."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
