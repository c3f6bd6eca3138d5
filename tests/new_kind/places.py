"""The places that a kind has, each with what a throw-away kind puts there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

KIND = Path(__file__).parent / "kind"
WORDS = {"<kind>": "access_bundle", "<family>": "access_bundles"}


@dataclass(frozen=True)
class Place:
    """One place of a copy of the tree; `without` is the test that names it where it is left out."""

    write: Callable[[str], str]
    without: str
    named: str


def file(name: str) -> Callable[[str], str]:
    """A new file, as it lies in the folder `kind`."""
    return lambda _: (KIND / name).read_text(encoding="utf-8")


def lines(*added: tuple[str, str]) -> Callable[[str], str]:
    """Lines that go before others of a file."""

    def write(text: str) -> str:
        for before, line in added:
            assert text.count(before) >= 1, before
            text = text.replace(before, line + before, 1)
        return text

    return write


PACKAGE = "provider/pulumi_lumos"
ROUTES = f"{PACKAGE}/emulator/routes"
COLLECT = "tests/test_public_names.py"
CONTRACT = "tests/host/test_lifecycle.py"

PLACES: Mapping[str, Place] = {
    f"{PACKAGE}/kinds/<kind>.py": Place(
        file("declaration.py.txt"), COLLECT, "pulumi_lumos.kinds.access_bundle"
    ),
    f"{PACKAGE}/kinds/__init__.py": Place(
        lines(("from .access_policy", "from .access_bundle import AccessBundle as AccessBundle\n")),
        CONTRACT,
        f"{PACKAGE}/kinds/__init__.py",
    ),
    "tests/kinds/<kind>.py": Place(file("facts.py.txt"), CONTRACT, "tests/kinds/"),
    "tools/reference/examples/<kind>.py": Place(
        file("example.py.txt"),
        "tests/reference/test_pages.py",
        "tools/reference/examples/access_bundle.py",
    ),
    "tools/reference/gotchas/<kind>.md": Place(
        file("gotchas.txt"),
        "tests/reference/test_pages.py",
        "tools/reference/gotchas/access_bundle.md",
    ),
    f"{ROUTES}/<family>.py": Place(file("routes.py.txt"), CONTRACT, "pulumi_lumos.emulator.routes"),
    f"{ROUTES}/__init__.py": Place(
        lines(
            ("    access_policies,", "    access_bundles,\n"),
            ("    access_policies.router,", "    access_bundles.router,\n"),
        ),
        "tests/laws/test_laws.py",
        f"{ROUTES}/__init__.py",
    ),
    f"{PACKAGE}/emulator/state.py": Place(
        lines(('    "access_policies": "', '    "access_bundles": "Access bundle",\n')),
        "tests/laws/test_collections.py",
        f"{PACKAGE}/emulator/state.py",
    ),
    "tools/emulator/generate_wire": Place(
        lines(('    "access_policies",', '    "access_bundles",\n')),
        "tests/laws/test_laws.py",
        "pulumi_lumos.emulator.wire",
    ),
}


def path_in(tree: Path, place: str) -> Path:
    """The file of a place in a copy of the tree."""
    return tree / re.sub("<[a-z]+>", lambda word: WORDS[word[0]], place)
