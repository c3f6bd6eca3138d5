"""The picture in the README is that of a real run, and of the demo as it is now."""

from __future__ import annotations

import re

import pytest

from tools.recording.__main__ import PICTURE, excerpt, picture, record

from ..repository import ROOT

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOADS = re.compile(r"@import|url\((?!#)|href=|src=")


def test_the_picture_loads_nothing_and_is_in_the_readme_with_a_text_for_who_cannot_see_it() -> None:
    assert not LOADS.search(PICTURE.read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (described,) = re.findall(rf"!\[(.+?)\]\({PICTURE.relative_to(ROOT)}\)", readme)
    assert len(described.split()) > 10


@pytest.mark.engine
@pytest.mark.nightly
def test_the_picture_shows_what_the_demo_prints() -> None:
    shown = PICTURE.read_text(encoding="utf-8")
    assert ID.sub("an id", picture(excerpt(record()))) == ID.sub("an id", shown), (
        "run `python -m tools.recording` and commit docs/images"
    )
