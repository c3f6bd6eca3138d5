"""Text as Markdown shows it, and nothing more: no mention, no link, no table of its own."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&!$])")
_ACTIVE = re.compile(r"@|#(?=\d)|:(?=//)|\bwww(?=\.)|\bGH-(?=\d)", re.IGNORECASE)
"""What a code host makes a mention, a link or a reference of; code marks do not stop all of it."""
_INVISIBLE = "\u200b"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    marked = _ACTIVE.sub(lambda found: f"{found[0]}{_INVISIBLE}", " ".join(text.split()))
    return _SPECIAL.sub(r"\\\1", marked)
