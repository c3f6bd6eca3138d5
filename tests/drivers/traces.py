"""Finds a token in whatever Pulumi and the emulator leave behind, however it is written down."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

SIGNIFICANT = 40
"""Characters of a base64 text that are enough to tell it."""


def spellings(token: str) -> set[bytes]:
    """The token in plain, quoted, in hex, and in base64 wherever in a text it begins."""
    found = {token.encode(), quote(token, safe="").encode(), token.encode().hex().encode()}
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + token.encode())
        # The first and last characters depend on what stands beside the token.
        found.add(encoded[4 if before else 0 :][:SIGNIFICANT])
    return found | {spelling.replace(b"+", b"-").replace(b"/", b"_") for spelling in found}


def holds(content: bytes, token: str) -> bool:
    """Whether the token stands in a content in any spelling, also of what is packed in it."""
    return any(spelling in part for part in _unpacked(content) for spelling in spellings(token))


def files_with(folder: Path, token: str) -> list[str]:
    """The files of a folder, at any depth, that hold the token."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [str(path.relative_to(folder)) for path in files if holds(path.read_bytes(), token)]


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"\x1f\x8b"):
        try:
            yield gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            return
