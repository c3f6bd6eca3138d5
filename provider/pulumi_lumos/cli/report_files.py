"""The files that `pulumi-lumos report` reads: a name, or - for standard input."""

from __future__ import annotations

import json
import runpy
import sys
import traceback
from pathlib import Path

from pulumi_lumos.cli.output import fail
from pulumi_lumos.policies.policy import Policy


def read_text(source: str, what: str) -> str:
    """Read the text of a file; end the command if it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        fail(f"The {what} in {source} cannot be read: {error.strerror}.")
    # PowerShell redirects in UTF-16, or with a byte order mark.
    return data.decode(json.detect_encoding(data), errors="replace")


def read_policies(source: str) -> list[Policy]:
    """Read the policies that a file of Python declares; end the command if it cannot run."""
    try:
        declared = runpy.run_path(source)
    except OSError as error:
        fail(f"The policies in {source} cannot be read: {error.strerror}.")
    except Exception as mistake:  # The file is somebody's own code.
        lines = traceback.extract_tb(mistake.__traceback__)
        where = [f", line {one.lineno}" for one in lines if one.filename == source][-1:]
        fail(
            f"The policies in {source} cannot be run: {type(mistake).__name__}: {mistake}"
            f"{''.join(where)}."
        )
    found = [one for one in declared.values() if isinstance(one, Policy)]
    found += [
        one
        for group in declared.values()
        if isinstance(group, (list, tuple))
        for one in group
        if isinstance(one, Policy)
    ]
    if not found:
        fail(f"The file {source} declares no policy; docs/policies.md shows how.")
    return list(dict.fromkeys(found))
