"""Escapes text for Markdown, so that it makes no mention, no link and no table."""

from __future__ import annotations

import re

from pulumi_lumos.printable import printable

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&!$])")
_ACTIVE = re.compile(r"@|#(?=\d)|:(?=//)|\bwww(?=\.)|\bGH-(?=\d)", re.IGNORECASE)
"""Texts that a code host turns into a mention, a link or a reference, some also in code marks."""
_INVISIBLE = "\u200b"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, cleaned and on one line."""
    marked = _ACTIVE.sub(lambda found: f"{found[0]}{_INVISIBLE}", " ".join(printable(text).split()))
    return _SPECIAL.sub(r"\\\1", marked)
