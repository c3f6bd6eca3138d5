"""`make portal` in a real Chromium: an employee asks, two approvers decide, the access ends.

`PICTURES=write` draws the pictures of the README and the docs anew.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ..drivers.accessibility import assert_accessible, axe
from ..drivers.browser import chromium
from ..repository import ROOT

__all__ = ["axe"]

pytestmark = [pytest.mark.slow, pytest.mark.engine]
PATIENCE_MS = 600_000
IMAGES = ROOT / "docs" / "images"
WINDOW = {"width": 1100, "height": 780}
PHONE = {"width": 390, "height": 800}
READY = re.compile(r"a local Lumos runs at (\S+), with the token (\S+)\.|^portal: (http\S+) ")


class Served:
    """A portal that runs, with the Lumos behind it."""

    def __init__(self, lines: Iterator[str]) -> None:
        found: list[str] = []
        while len(found) < 3:
            said = READY.search(next(lines))
            found += [text for text in (said.groups() if said else ()) if text]
        self.lumos, token, self.url = found
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: str) -> Any:
        """What Lumos says."""
        answer = httpx.get(
            f"{self.lumos}{path}", params=query, headers=self.headers, trust_env=False
        )
        return answer.raise_for_status().json()

    def members(self, group: str) -> set[str]:
        """The first names of the people in an Okta group."""
        [found] = self.get("/groups", name=group, exact_match="true")["items"]
        return {one["given_name"] for one in self.get(f"/groups/{found['id']}/users")["items"]}


def started(home: Path, pulumi_folder: str, **options: Any) -> subprocess.Popen[str]:
    """The portal as `make portal` starts it."""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([f"{sys.prefix}/bin", pulumi_folder, os.environ["PATH"]]),
        "PULUMI_HOME": str(home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR": "true",
        "PORTAL_PORT": "0",
    }
    command = [sys.executable, str(ROOT / "examples" / "portal" / "demo.py")]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, pulumi_folder: str) -> Iterator[Served]:
    with started(tmp_path_factory.mktemp("home"), pulumi_folder) as process:
        assert process.stdout is not None
        try:
            yield Served(iter(process.stdout))
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def people(browser: Browser, served: Served) -> Iterator[Any]:
    """Gives the window of a person; nothing may complain in any of them."""
    said: list[str] = []
    opened: list[BrowserContext] = []

    def open_window(name: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": WINDOW, **options})
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(served.url)
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", name="What do you need?")).to_be_visible()
        return page

    expect.set_options(timeout=PATIENCE_MS)
    yield open_window
    for context in opened:
        context.close()
    assert said == []


def draw(page: Page, name: str) -> None:
    """Keep a picture of what a window shows, and see that the docs have one of that size."""
    picture, kept = page.screenshot(), IMAGES / f"{name}.png"
    if os.environ.get("PICTURES") == "write":
        kept.write_bytes(picture)
    assert kept.read_bytes()[16:24] == picture[16:24]


def decide(page: Page, button: str) -> None:
    """Decide the newest thing in somebody's inbox."""
    page.get_by_role("link", name="To decide").click()
    page.get_by_role("link", name=re.compile("Approve or deny: Tomas Novak")).first.click()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(re.compile("You have (approved|denied) it"))).to_be_visible()


def ask(page: Page, app: str, permission: str, length: str, reason: str) -> None:
    """Ask for something, from the first page on."""
    page.get_by_role("link", name="Apps", exact=True).click()
    page.get_by_label("Search for an app").fill(app[:3])
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=app).click()
    page.get_by_label(permission).check()
    page.get_by_label("For how long?").select_option(length)
    page.get_by_label("Why do you need it?").fill(reason)


def test_an_employee_asks_two_approvers_decide_and_the_access_ends(
    served: Served, people: Any
) -> None:
    tomas, grace, ada = (people(name) for name in ("Tomas Novak", "Grace Okafor", "Ada Admin"))
    ask(tomas, "AWS", "Production", "2 hours", "Invoices are not sent")
    expect(tomas.locator("option[value='7 days']")).to_be_disabled()
    draw(tomas, "portal-ask")
    tomas.get_by_role("button", name="Send request").click()
    status = tomas.get_by_role("status")
    expect(status).to_contain_text("Waits for an approver")
    expect(status).to_contain_text("Engineering")
    decide(grace, "Approve")
    # Nobody reloads the page of Tomas.
    expect(status).to_contain_text("IT")
    draw(tomas, "portal-waits")
    assert "Tomas" not in served.members("On-call")
    decide(ada, "Approve")
    expect(status).to_contain_text("Access given")
    expect(status).to_contain_text("Ends")
    assert "Tomas" in served.members("On-call")
    grace.get_by_role("button", name="Let 2 hours pass").click()
    expect(status).to_contain_text("Access has ended")
    assert "Tomas" not in served.members("On-call")


def test_a_denial_is_read_by_who_asked(people: Any) -> None:
    tomas, grace = people("Tomas Novak"), people("Grace Okafor")
    ask(tomas, "AWS", "Production", "8 hours", "Curious")
    tomas.get_by_role("button", name="Send request").click()
    grace.get_by_role("link", name="To decide").click()
    grace.get_by_role("link", name=re.compile("Tomas Novak")).first.click()
    grace.get_by_label("Reason").fill("Take the sandbox.")
    draw(grace, "portal-decide")
    grace.get_by_role("button", name="Deny").click()
    expect(tomas.get_by_role("status")).to_contain_text("Take the sandbox.")


def test_the_keyboard_suffices_and_no_script_is_needed(people: Any) -> None:
    page = people("Tomas Novak", java_script_enabled=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Salesforce").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Read-only").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("without")
    page.keyboard.press("Tab")
    page.keyboard.type("Numbers of the quarter")
    page.get_by_role("button", name="Send request").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Waits for the manager")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [WINDOW, PHONE], ids=["desk", "phone"])
def test_an_accessibility_checker_finds_nothing(
    people: Any, axe: str, scheme: str, window: dict[str, int]
) -> None:
    page = people("Ada Admin", viewport=window, color_scheme=scheme)
    ask(page, "AWS", "Sandbox", "8 hours", "x" * 80)
    assert_accessible(page, axe)
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert_accessible(page, axe)
    for link in ("Apps", "My requests", "To decide", "App admins"):
        page.get_by_role("link", name=link, exact=True).click()
        assert_accessible(page, axe)
    page.get_by_role("link", name="Be somebody else").click()
    assert_accessible(page, axe)


def test_make_starts_the_portal_that_is_tested() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\nportal: $(READY)\n" in makefile
    assert "python examples/portal/demo.py" in makefile


def test_ctrl_c_ends_the_portal_without_a_word_of_python(
    tmp_path: Path, pulumi_folder: str
) -> None:
    with started(tmp_path, pulumi_folder, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        lines = iter(process.stdout)
        Served(lines)
        process.send_signal(signal.SIGINT)
        assert [*lines] == ["portal: ended.\n"]
        assert process.wait() == 0


def test_pictures_are_shown_somewhere() -> None:
    pages = [ROOT / "README.md", *Path(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    text += (ROOT / "examples" / "portal" / "README.md").read_text(encoding="utf-8")
    for picture in IMAGES.glob("portal-*.png"):
        assert picture.name in text
