"""Finds the mistakes that only Lumos knows, in inputs that may have other mistakes too."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.errors import LumosError
from pulumi_lumos.values.mistakes import hide_mistakes

from .call import Call

CheckReferences = Callable[[Call, Inputs, Inputs], list[Problem]]
"""Returns every object that a program begins to name and that Lumos does not have."""


def problems_in_lumos(
    check_references: CheckReferences, call: Call, old: Inputs, new: Inputs, known: list[Problem]
) -> list[Problem]:
    """Find the mistakes that only Lumos knows, beside the problems that are known already.

    If Lumos cannot be asked and some are known, find no more, so that those are still reported.
    """
    try:
        found = check_references(call, old, Inputs(hide_mistakes(new, known)))
    except LumosError:
        if known:
            return []
        raise
    paths = {path for path, _ in known}
    return [one for one in found if one[0] not in paths]
