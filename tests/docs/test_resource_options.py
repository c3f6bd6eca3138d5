"""The page on options has a row for everything that is tried, and for nothing else."""

from __future__ import annotations

import re

from ..engine.tried_options import TRIED
from ..repository import ROOT

PAGE = (ROOT / "docs" / "resource-options.md").read_text(encoding="utf-8")


def test_every_row_is_tried() -> None:
    rows = re.findall(r"^\| `([\w -]+)` \| (.+?) \|", PAGE, re.M)
    assert {option for option, _ in rows} == TRIED
    assert all(meaning for _, meaning in rows)
