"""The contract of a lifecycle is one, whichever host asks."""

from __future__ import annotations

import re

from ..repository import ROOT

ONE_HOST = re.compile(r"\b(Forked|Packaged|Dynamic|ForkedPackaged)Host\(")


def test_the_contract_is_asked_by_either_host() -> None:
    files = (ROOT / "tests" / "host").glob("*.py")
    asked = {one.name for one in files if ONE_HOST.search(one.read_text(encoding="utf-8"))}
    assert asked == set(), "take the fixtures of tests/drivers/either_host.py"
