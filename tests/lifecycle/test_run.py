"""What the calls of one run share is made and asked for once, from however many threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.lifecycle.run import Run as RunOfAStack

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples
from ..patience import wait_until

THREADS = 8


@pytest.mark.parametrize("what", ["client", "remember", "shared"])
def test_threads_share_one(what: str) -> None:
    """Nobody has it before all of them ask."""
    asking: list[int] = []
    made: list[object] = []

    def make() -> Any:
        wait_until(lambda: len(asking) == THREADS, "all threads ask")
        made.append(object())
        return made[-1]

    class Shared:
        def __init__(self) -> None:
            make()

    run = RunOfAStack(make)
    ways: dict[str, Callable[[], object]] = {
        "client": lambda: run.client,
        "remember": lambda: run.remember("it", make),
        "shared": lambda: run.shared(Shared),
    }

    def ask(number: int) -> object:
        asking.append(number)
        return ways[what]()

    with ThreadPoolExecutor(THREADS) as pool:
        found = set(pool.map(ask, range(THREADS)))
    assert (len(found), len(made)) == (1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_asks_once_whose_token_it_has(
    kind: str, tenant: Tenant, new_run: Callable[..., Run]
) -> None:
    """A check asks where it knows too little to ask anything else, and a create remembers it."""
    make_room(tenant, kind)
    run, given = new_run(), samples(kind)[0]
    open_key = dict.fromkeys(run.lifecycle(kind).spec.key, UNKNOWN)
    assert run.check(kind, {}, {**given, **open_key}, preview=True) == {}
    asked = tenant.calls("GET")
    assert asked.count("GET /users/current") == 1
    run.create(kind, given)
    assert tenant.calls("GET").count("GET /users/current") == 1
