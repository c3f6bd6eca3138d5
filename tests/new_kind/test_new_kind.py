"""A kind is the places that CONTRIBUTING.md lists, and each of them is missed by name.

A throw-away kind with a keyed list, a field of free JSON, a write-only field and a PUT is entered
into a copy of the tree. The vendor's document has no such endpoint, so a fragment that has it is
merged into a copy of the document.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ..contract.vendor_document import whole
from ..repository import ROOT
from .places import KIND, PLACES, path_in

LEFT_BEHIND = (".git", ".venv*", ".mypy_cache", ".ruff_cache", ".pytest_cache", "site", "build")

pytestmark = pytest.mark.slow


class Tree:
    """A copy of this repository with the kind in it, and a Python that imports the copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        self._python = folder / ".venv" / "bin" / "python"
        venv.create(folder / ".venv", symlinks=True)
        ours = sysconfig.get_path("purelib", vars={"base": str(folder / ".venv")})
        theirs = sysconfig.get_path("purelib")
        Path(ours, "copy.pth").write_text(
            f"{folder / 'provider'}\nimport site; site.addsitedir({theirs!r})\n"
        )
        (folder / ".venv" / "bin" / "mkdocs").symlink_to(Path(sys.prefix, "bin", "mkdocs"))
        document = folder / "openapi.json"
        document.write_text(json.dumps(_merged(whole(), json.loads(_text("openapi.json")))))
        self._environment = {**os.environ, "LUMOS_OPENAPI": str(document)}

    def enter(self) -> None:
        """Put the kind into every place, and write what is generated."""
        for place, one in PLACES.items():
            path = path_in(self.folder, place)
            path.write_text(one.write(path.read_text() if path.exists() else ""))
        self.generate()
        for command in (["init", "-q"], ["add", "--all"]):  # The site knows its files by git.
            subprocess.run(["git", *command], cwd=self.folder, check=True)

    def generate(self) -> None:
        """Write the wire models of the emulator, and what follows from the declarations."""
        for command in (["tools/emulator/generate_wire"], ["-m", "tools.reference"]):
            done = self._run(*command)
            assert done.returncode == 0, done.stdout

    @contextmanager
    def without(self, place: str) -> Iterator[None]:
        """The tree as it is where somebody has forgotten a place."""
        path, original = path_in(self.folder, place), ROOT / place
        kept = path.read_text()
        if original.exists():
            path.write_text(original.read_text())
        else:
            path.unlink()
        generates = path.name == "generate_wire"
        if generates:
            self.generate()
        yield
        path.write_text(kept)
        if generates:
            self.generate()

    def test(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        plain = ("-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:xdist")
        return self._run("-m", "pytest", *plain, *arguments)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._python), *arguments],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    made = Tree(tmp_path_factory.mktemp("new_kind") / "tree")
    made.enter()
    return made


def test_contributing_lists_the_places_of_a_kind() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Add a resource")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([^`]+)` \|", section, re.M) == list(PLACES)
    of_a_kind, of_endpoints = section.split("Endpoints that", 1)
    assert "five places" in of_a_kind and of_a_kind.count("\n| `") == 5
    assert "four places" in of_endpoints and of_endpoints.count("\n| `") == 4


def test_a_kind_in_these_places_passes_what_every_kind_passes(tree: Tree) -> None:
    laws = tree.test("tests/laws", "tests/test_public_names.py")
    assert laws.returncode == 0, laws.stdout
    of_the_kind = "AccessBundle or access_bundle or menu or list_of_kinds or every_kind"
    pages = ["tests/docs/test_pages.py", "tests/docs/test_site.py"]
    folders = ["tests/host", "tests/packaged", "tests/reference", *pages]
    whole = ["tests/export/test_adoption.py", "tests/report/test_plans.py"]
    rest = tree.test(*folders, *whole, "-k", of_the_kind)
    assert rest.returncode == 0, rest.stdout
    passed = re.search(r"(\d+) passed", rest.stdout)
    assert passed and int(passed[1]) > 70, rest.stdout


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_left_out_is_named(tree: Tree, place: str) -> None:
    one = PLACES[place]
    with tree.without(place):
        done = tree.test(one.without, "-m", "not slow", "-k", "AccessBundle or list or menu")
    assert done.returncode != 0, done.stdout
    assert one.named in done.stdout, done.stdout


def _text(name: str) -> str:
    return (KIND / name).read_text(encoding="utf-8")


def _merged(document: dict[str, Any], fragment: dict[str, Any]) -> dict[str, Any]:
    document["paths"] |= fragment["paths"]
    document["components"]["schemas"] |= fragment["components"]["schemas"]
    return document
