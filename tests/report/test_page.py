"""The page in a real Chromium: what it shows, filters and prints, for a large company too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ..drivers.accessibility import assert_accessible, axe
from ..drivers.browser import chromium, open_page
from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant
from .company import Keep
from .hostile_texts import FORMULA, hostile

__all__ = ["axe"]

pytestmark = pytest.mark.slow

READY_WITHIN_SECONDS = 3.0
FILTERED_WITHIN_SECONDS = 0.5
PATIENCE_MS = 600_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def shown(page: Page) -> int:
    """How many rows of the tables of apps can be seen."""
    return page.locator("#apps tbody tr:visible").count()


def test_a_page_shows_all_that_json_holds(
    quickstart: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    hostile(quickstart)
    kept, page = tmp_path / "report.json", tmp_path / "report.html"
    run("report", "--json", "--out", str(kept))
    run("report", "--from", str(kept), "--html", "--out", str(page))
    text = page.read_text(encoding="utf-8")
    report = json.loads(kept.read_text())
    body = re.search(r'<div id="apps">(.*)', text, re.S)
    assert body and body[1].count("data-h=") == len(report["rows"])
    for row in report["rows"]:
        for risk in row["risks"]:
            assert risk["code"] in text
    assert report["header"]["digest"] in text


def test_a_page_filters_sorts_and_can_be_sent(
    quickstart: Tenant, run: RunCommand, keep: Keep, browser: Browser, tmp_path: Path
) -> None:
    before = keep()
    hostile(quickstart)
    file = tmp_path / "report.html"
    run("report", "--html", "--against", before, "--out", str(file))
    page, said = open_page(browser, file)
    assert said == []
    status = page.get_by_role("status")
    assert re.fullmatch(r"5 of 8 rows in 2 apps", status.inner_text())
    page.get_by_label("offered only").uncheck()
    expect(status).to_contain_text("8 of 8 rows")
    page.get_by_label("Any text").fill("hyperlink")
    expect(status).to_contain_text("1 of 8 rows")
    assert FORMULA in page.locator("#apps tbody tr:visible").inner_text()
    assert "</script><script>alert(1)// lsk_***" in page.locator("#apps h2:visible").inner_text()
    assert "text=hyperlink" in page.url
    sent, _ = open_page(browser, file)
    sent.goto(page.url)
    sent.reload()
    expect(sent.get_by_role("status")).to_contain_text("1 of 8 rows")
    page.get_by_role("button", name="Clear").click()
    expect(status).to_contain_text("5 of 8 rows")
    page.get_by_role("button", name=re.compile("everybody-no-end")).click()
    assert shown(page) == 1
    # An app that is asked for by its permissions has risks of its own.
    page.get_by_role("button", name=re.compile("few-admins")).click()
    assert "few-admins" in page.locator("#apps tbody tr:visible").inner_text()
    assert page.get_by_role("heading", level=2).first.inner_text().startswith("3 changes give")
    assert said == []


def test_a_page_is_whole_without_scripts(
    quickstart: Tenant, run: RunCommand, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    run("report", "--html", "--out", str(file))
    page, _ = open_page(browser, file, scripts=False)
    assert shown(page) == 5
    assert not page.locator("#filter").is_visible()


def test_a_page_prints_with_its_head_and_without_its_filter(
    quickstart: Tenant, run: RunCommand, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    run("report", "--html", "--out", str(file))
    page, _ = open_page(browser, file)
    page.emulate_media(media="print")
    assert not page.locator("#filter").is_visible()
    head = page.locator("#apps thead").first
    assert head.evaluate("node => getComputedStyle(node).display") == "table-header-group"
    assert page.locator("section.app").first.evaluate(
        "node => getComputedStyle(node).contentVisibility"
    ) in ("visible", "")
    assert page.pdf(landscape=True).startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 480])
def test_an_accessibility_checker_finds_nothing(
    quickstart: Tenant,
    run: RunCommand,
    keep: Keep,
    browser: Browser,
    tmp_path: Path,
    axe: str,
    scheme: Any,
    width: int,
) -> None:
    before = keep()
    hostile(quickstart)
    file = tmp_path / "report.html"
    run("report", "--html", "--against", before, "--out", str(file))
    page, _ = open_page(browser, file)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    assert_accessible(page, axe)


def test_a_large_page_is_quick(
    browser: Browser, run: RunCommand, tmp_path: Path, large: Tenant
) -> None:
    file = tmp_path / "report.html"
    done = run("report", "--html", "--out", str(file), **large.environment)
    assert done.code == 0, done.errors
    assert len(large.requests()) == 1_114
    page, said = open_page(browser, file)
    clock = ThreadTime(page)
    page.reload()
    assert clock.seconds() < READY_WITHIN_SECONDS
    page.get_by_label("Any text").fill("permission 07")
    expect(page.get_by_role("status")).to_contain_text("1,000 of 11,000 rows", timeout=PATIENCE_MS)
    assert clock.seconds() < FILTERED_WITHIN_SECONDS
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("status")).to_contain_text("9,000 of 11,000 rows", timeout=PATIENCE_MS)
    assert clock.seconds() < FILTERED_WITHIN_SECONDS
    assert said == []


class ThreadTime:
    """What the page's own thread has worked, which a busy machine changes little.

    What is not the page's own, such as the driver of the test, is left out.
    """

    OWN = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._last = self._worked()

    def seconds(self) -> float:
        """The seconds since the last time this was asked."""
        now = self._worked()
        passed, self._last = now - self._last, now
        return passed

    def _worked(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return float(sum(one["value"] for one in metrics if one["name"] in self.OWN))
