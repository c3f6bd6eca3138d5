"""The names that programs use, loaded: imported by the package when it is first asked for one."""

from __future__ import annotations

import sys
from typing import Any

from . import kinds
from .kinds import shapes
from .lookups import admins, approvers, functions, policy, results
from .program import function, inputs, provider
from .program.resource import resource_class

_MODULES = (
    function,
    inputs,
    provider,
    admins,
    approvers,
    functions,
    policy,
    results,
    shapes,
    *(sys.modules[kind.__module__] for kind in kinds.kinds().values()),
)
"""Where the names are defined: the modules that type checkers read in `__init__.py`."""


def public_name(name: str) -> Any:
    """Load what a name of `__all__` stands for; raise AttributeError where no module has it."""
    if name in kinds.kinds():
        return resource_class(kinds.get_kind(name))
    for module in _MODULES:
        if name in vars(module):
            return vars(module)[name]
    raise AttributeError(f"pulumi_lumos has no public name {name!r}")
