"""The site is built without a warning, holds what is linked, and loads nothing from elsewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..repository import ROOT

pytestmark = pytest.mark.slow

LOADED = re.compile(
    r"<(?:script|img|iframe)\b[^>]*?\bsrc=\"?([^\s\">]+)"
    r"|<link\b(?=[^>]*\brel=\"?(?:stylesheet|icon|preconnect))[^>]*?\bhref=\"?([^\s\">]+)",
    re.I,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build = [f"{sys.prefix}/bin/mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(
        build,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "")
    return folder


def test_every_page_is_in_the_site_once_and_in_its_menu(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("**/*.md"):
        address = page.relative_to(ROOT).with_suffix("").as_posix()
        if address == "docs/index":
            continue
        assert (site / address / "index.html").is_file()
        assert f'href="{address}/"' in home, f"mkdocs.yml has no {address} in its menu"


def test_the_first_page_is_for_users(site: Path) -> None:
    def words(page: Path) -> str:
        return re.sub("<[^>]+>", "", page.read_text(encoding="utf-8"))

    assert "$ pip install pulumi-lumos" in words(site / "index.html")
    assert "make demo" not in words(site / "index.html")
    assert "make demo" in words(site / "README" / "index.html")
    assert not (site / "docs" / "index.html").exists()


def test_a_search_finds_pages_of_the_menu_alone_each_with_its_heading(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    pages = {entry["location"]: entry["title"] for entry in index["docs"]}
    for address in {location.partition("#")[0] for location in pages} - {""}:
        assert f'href="{address}"' in home, address
        text = (site / address / "index.html").read_text(encoding="utf-8")
        assert re.search(r"<h1[^>]*>", text), address
    sought = ("rename", "leaves", "tenants", "upgrade", "uninstall")
    titles = " ".join(pages.values()).casefold()
    assert [word for word in sought if word not in titles] == []


def test_files_that_pages_link_are_in_the_site(site: Path) -> None:
    for path in ("promotion/promote", "ci/.github/workflows/lumos.yml", "ci/.gitlab-ci.yml"):
        tested = ROOT / "examples" / path
        assert (site / "examples" / path).read_bytes() == tested.read_bytes()


def test_a_page_loads_what_is_in_the_site_and_nothing_from_another_host(site: Path) -> None:
    pages = list(site.rglob("index.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loaded = ["".join(found) for found in LOADED.findall(text)]
        assert any(file.endswith(".css") for file in loaded)
        assert any(file.endswith(".js") for file in loaded)
        for file in loaded:
            assert (page.parent / file).is_file(), f"{page} loads {file}"
