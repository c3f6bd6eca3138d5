"""The files of policies that `pulumi-lumos report` runs."""

from __future__ import annotations

import runpy
import traceback

from pulumi_lumos.policies.policy import Policy

from .output import fail


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
