"""The files that commands read: a name, or - for standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .output import fail


def read_text(source: str, what: str) -> str:
    """Read the text of a file; end the command if it cannot be read.

    PowerShell redirects in UTF-16, or with a byte order mark. A byte that is no text becomes a
    mark, as in Go's reader of JSON, so `doctor` sees what Pulumi sees.
    """
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        where = "on standard input" if source == "-" else f"in {source}"
        fail(f"The {what} {where} cannot be read: {error.strerror}.")
    return data.decode(json.detect_encoding(data), errors="replace")
