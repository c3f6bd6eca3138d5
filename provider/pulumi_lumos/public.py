"""The names that programs use, loaded: imported by the package when it is first asked for one."""

from __future__ import annotations

from typing import Any

from . import kinds
from .kinds import access_policy, pre_approval_rule, shapes
from .kinds.app import declaration as app
from .kinds.app_store_app import declaration as app_store_app
from .kinds.provisioning_group_attachment import declaration as provisioning_group_attachment
from .kinds.requestable_permission import declaration as requestable_permission
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
    access_policy,
    app,
    app_store_app,
    pre_approval_rule,
    provisioning_group_attachment,
    requestable_permission,
    shapes,
)
"""Where the names are defined: the modules that type checkers read in `__init__.py`."""


def public_name(name: str) -> Any:
    """What a public name stands for; raises StopIteration for another name."""
    if name in kinds.kinds():
        return resource_class(kinds.get_kind(name))
    return next(vars(module)[name] for module in _MODULES if name in vars(module))
