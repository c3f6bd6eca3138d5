"""A kind changes little of the lifecycle that its declaration gives it."""

from __future__ import annotations

import inspect

import pytest
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle
from pulumi_lumos.lifecycle.protocol import Lifecycle

AT_MOST = 2


@pytest.mark.parametrize("kind", kinds())
def test_a_lifecycle_overrides_at_most_two_methods(kind: str) -> None:
    """What `Lifecycle` leaves open is no override, where a kind is no `ObjectLifecycle`."""
    lifecycle = type(kinds()[kind].lifecycle)
    base = ObjectLifecycle if issubclass(lifecycle, ObjectLifecycle) else Lifecycle
    own = lifecycle.__mro__[: lifecycle.__mro__.index(base)]
    changed = {
        name
        for one in own
        for name, member in vars(one).items()
        if inspect.isfunction(member) and hasattr(base, name) and not name.startswith("__")
    }
    left_open: frozenset[str] = base.__abstractmethods__
    assert len(changed - left_open) <= AT_MOST, changed - left_open
