"""The pages of the documentation."""

from __future__ import annotations

import re

from ..repository import ROOT

TEST = re.compile(r"\[`(test_\w+)`\]\(\.\./(tests/\S+\.py)\)")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("**/*.md"))
BLOCK = re.compile(r"^( *)```python\n(.*?)^\1```", re.M | re.S)
