"""The files that `pulumi-lumos report` reads: a name, or - for standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pulumi_lumos.cli.output import fail


def read_text(source: str, what: str) -> str:
    """The text of a file; one that cannot be read ends the command."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        fail(f"The {what} in {source} cannot be read: {error.strerror}.")
    # PowerShell redirects in UTF-16, or with a byte order mark.
    return data.decode(json.detect_encoding(data), errors="replace")
