"""The reference pages say what the declarations say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.reference.__main__ import FOLDER, pages


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_the_page_is_up_to_date(path: Path) -> None:
    assert path.is_file() and path.read_text(encoding="utf-8") == pages()[path], (
        "run `python -m tools.reference` and commit docs/reference"
    )


def test_there_is_no_page_of_what_is_no_resource() -> None:
    assert set(FOLDER.iterdir()) == set(pages())


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_every_field_says_what_its_removal_means(path: Path) -> None:
    arguments = pages()[path].partition("## Arguments")[2].partition("## Outputs")[0]
    rows = [line.split(" | ") for line in arguments.splitlines() if line.startswith("| `")]
    assert rows and all(len(row) == 5 for row in rows)
    assert [row[0] for row in rows if not row[-1].removesuffix("|").strip()] == []
