"""docs/_index.md and docs/installation-configuration.md, as Pulumi's registry takes them."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from pulumi_lumos.config import SETTINGS
from pulumi_lumos.hosts.chosen import HOST_SETTING, HOST_VARIABLE

from ..repository import ROOT
from .pages import README
from .terminal import BLOCK

NAMES = ["_index.md", "installation-configuration.md"]
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in NAMES}
FRONT = re.compile(r"^---\ntitle: .+\nmeta_desc: .+\nlayout: package\n---\n\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_begins_as_the_registry_wants_it(name: str) -> None:
    assert FRONT.match(PAGES[name])
    assert "](" not in PAGES[name], "the registry has no other page of this repository"


@pytest.mark.parametrize("language", ["typescript", "go", "yaml"])
def test_a_language_has_the_program_of_the_readme(language: str) -> None:
    """tests/packaged/test_sdks.py compiles those, and tests/examples/test_yaml.py runs the YAML."""
    in_readme, in_registry = (
        [text for of, text in BLOCK.findall(page) if of == language]
        for page in (README, PAGES["_index.md"])
    )
    assert len(in_registry) == 1
    assert in_readme == in_registry


def test_every_setting_is_named() -> None:
    named = re.findall(r"^\| `lumos:(\w+)` \| `(\w+)` \|", PAGES[NAMES[1]], re.M)
    settings = [(setting.key, setting.variable) for setting in SETTINGS]
    assert named == [*settings, (HOST_SETTING, HOST_VARIABLE)]


def test_the_schema_names_a_logo_of_this_repository() -> None:
    address = json.loads((ROOT / "provider" / "schema.json").read_text(encoding="utf-8"))["logoUrl"]
    logo = ROOT / address.partition("/main/")[2]
    assert ElementTree.parse(logo).getroot().tag.endswith("svg")
