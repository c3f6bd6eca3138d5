"""A real Chromium for the tests of pages; it reaches nothing but files and this machine."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from ..repository import ROOT

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Keeps the browser from calling home; pages of tests need no sandbox."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, with an empty profile of its own."""
    install = [str(ROOT / "tools" / "chromium" / "install")]
    found = subprocess.run(install, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, file: Path, *, scripts: bool = True) -> tuple[Page, list[str]]:
    """Open a file; gives the page, and everything that it says of errors."""
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    said: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", dismiss)
    page.goto(file.as_uri())
    return page, said
