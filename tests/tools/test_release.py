"""A release is built from a tag: its notes are the changelog's, its version the project's."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools.release.notes import find_section, get_notes

from ..repository import ROOT

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-31\n\n### Added\n\n- Two.\n"


def released(folder: Path, changelog: str = CHANGELOG) -> Path:
    """A project whose version is 0.2.0."""
    (folder / "pyproject.toml").write_text('name = "it"\nversion = "0.2.0"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    return folder


def test_the_notes_are_the_section_of_the_version(tmp_path: Path) -> None:
    older = f"{CHANGELOG}\n## [0.1.0] - 2026-12-31\n\n- One.\n"
    assert get_notes("v0.2.0", released(tmp_path, older)) == "### Added\n\n- Two."
    assert find_section(older, "0.1.0") == "- One."


def test_a_tag_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"v0.3.0 is not the version in pyproject.toml"):
        get_notes("v0.3.0", released(tmp_path))


def test_a_version_without_notes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"CHANGELOG.md has no text for v0.2.0"):
        get_notes("v0.2.0", released(tmp_path, "# Changelog\n\n## [0.1.0]\n\n- One.\n"))


@pytest.mark.nightly
def test_a_release_has_distributions_materials_and_notes(tmp_path: Path) -> None:
    clone, folder = tmp_path / "clone", tmp_path / "release"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (clone / "CHANGELOG.md").write_text(
        changelog.replace("## [Unreleased]", "## [Unreleased]\n\n## [0.1.0]", 1), encoding="utf-8"
    )
    subprocess.run(["tools/release/build", "v0.1.0", str(folder)], cwd=clone, check=True)
    assert sorted(path.name for path in folder.iterdir()) == ["dist", "notes.md", "sbom.cdx.json"]
    (wheel,) = (folder / "dist").glob("*.whl")
    assert "pulumi_lumos/py.typed" in zipfile.ZipFile(wheel).namelist()
    materials = json.loads((folder / "sbom.cdx.json").read_text(encoding="utf-8"))
    names = {component["name"] for component in materials["components"]}
    assert {"pulumi-lumos", "pulumi", "httpx", "fastapi"} <= names
    assert "AppStoreApp" in (folder / "notes.md").read_text(encoding="utf-8")
    recorded = (folder / "sbom.cdx.json").read_text(encoding="utf-8")
    assert not re.search(re.escape(str(tmp_path)), recorded)
