"""Prints the changelog's section of a release, as the notes of the release.

notes.py v0.2.0
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def find_section(changelog: str, version: str) -> str | None:
    """The text below a version's heading, up to the next version; None where there is none."""
    heading = rf"^## \[{re.escape(version)}\][^\n]*\n(?P<text>.*?)(?=^## \[|\Z)"
    found = re.search(heading, changelog, re.M | re.S)
    return found["text"].strip() if found else None


def get_notes(tag: str, root: Path = ROOT) -> str:
    """The notes of a tag such as v0.2.0; ends the program where the tag and the files disagree."""
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    if f'version = "{tag.removeprefix("v")}"\n' not in project:
        raise SystemExit(f"{tag} is not the version in pyproject.toml; change one of them.")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    notes = find_section(changelog, tag.removeprefix("v"))
    if not notes:
        raise SystemExit(
            f"CHANGELOG.md has no text for {tag}: give [Unreleased] the version and the date."
        )
    return notes


if __name__ == "__main__":
    sys.stdout.write(f"{get_notes(sys.argv[1])}\n")
