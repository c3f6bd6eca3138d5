"""Combinations of what can go wrong, at random: the same ones every time, unless a seed is set."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from pulumi_lumos.emulator.switches import SWITCHES, Switch

SEED = os.environ.get("LUMOS_FAULTS_SEED", "0")
"""Another one tries other combinations; a failure names it."""
OTHER: dict[str, Any] = {
    "read_after_write_lag_seconds": 0.15,
    "sync_seconds": 0.0,
    "rate_limit_per_second": 100,
}
"""A second value of some switches that take a number; that of the others is 1."""


def values_of(switch: Switch) -> Sequence[Any]:
    """The values of a switch to be tried: all that it names, or the default and another number."""
    if switch.choices:
        return switch.choices
    if isinstance(switch.default, bool):
        return (True, False)
    return (switch.default, OTHER.get(switch.name, 1))


def chance(*about: object) -> random.Random:
    """Chance that is always the same for the same matter."""
    return random.Random(" ".join([SEED, *map(str, about)]))


def rows_of(
    columns: Mapping[str, Sequence[Any]], number: int, about: str
) -> Iterator[dict[str, Any]]:
    """So many rows with a value in each column, where each value comes about equally often."""
    drawn = chance(about)
    filled = {}
    for name, values in columns.items():
        column = list(chain.from_iterable(repeat(values, -(-number // len(values)))))[:number]
        drawn.shuffle(column)
        filled[name] = column
    for place in range(number):
        yield {name: column[place] for name, column in filled.items()}


def switch_columns() -> dict[str, Sequence[Any]]:
    """The switches of the emulator as columns."""
    return {name: values_of(switch) for name, switch in SWITCHES.items()}
