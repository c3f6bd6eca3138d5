"""Reads the body of an answer, and bounds it before it is unpacked.

5 KB of gzip within gzip can hold gigabytes. httpx unpacks all of that before it hands a byte over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

MAX_ANSWER_BYTES = 10_000_000
ACCEPTED = "gzip"
"""The encoding that requests accept. A body in another one, or in several, is not read."""
_GZIP = 16 + zlib.MAX_WBITS


class TooLong(Exception):
    """The body has more bytes than any answer of the API."""


class Undecodable(Exception):
    """The body is not in the encoding that its headers say, or not in one that was accepted."""


def read_body(chunks: Iterable[bytes], encoding: str) -> bytes:
    """Read the whole body, of which `chunks` come from the wire. Raises TooLong and Undecodable."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _within_bounds(chunks)
    if encoding not in ("gzip", "x-gzip"):
        raise Undecodable(f"encoded as {encoding}, which was not asked for")
    return _inflated(_within_bounds(chunks))


def _within_bounds(chunks: Iterable[bytes]) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise TooLong
    return bytes(content)


def _inflated(packed: bytes) -> bytes:
    if not packed:  # as with 204, which has headers of a body and none
        return b""
    inflating = zlib.decompressobj(_GZIP)
    try:
        content = inflating.decompress(packed, MAX_ANSWER_BYTES + 1)
    except zlib.error:
        raise Undecodable("unreadable gzip") from None
    if len(content) > MAX_ANSWER_BYTES:
        raise TooLong
    if not inflating.eof:
        raise Undecodable("gzip that breaks off")
    return content
