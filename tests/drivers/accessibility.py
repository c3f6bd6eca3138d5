"""An accessibility checker for the tests of pages."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from playwright.sync_api import Page


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The accessibility checker axe-core, from npm."""
    npm = shutil.which("npm")
    if npm is None and not os.environ.get("CI"):
        pytest.skip("axe-core, the accessibility checker, is installed with npm")
    folder = tmp_path_factory.mktemp("axe")
    command = [
        str(npm),
        "install",
        "--prefix",
        str(folder),
        "--no-audit",
        "--no-fund",
        "axe-core@4",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def assert_accessible(page: Page, axe: str) -> None:
    """Let the checker find nothing on a page, and the page be no wider than its window."""
    # `evaluate` runs beside the page, where its content security policy does not forbid it.
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    problems = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    assert problems == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
