"""Free JSON: when two values are the same one, and what JSON cannot hold."""

from __future__ import annotations

import copy
import datetime
import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi_lumos.declare.spec import Json
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.values.free_json import canonical_json, json_problems, texts_in

CONDITION = Json(frozenset({"and", "or", "in"}))
values = st.recursive(
    st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["and", "in", "not", "equals"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def respelled(value: Any, chance: random.Random, *, is_set: bool = False) -> Any:
    """The same in another order of keys, and of sets."""
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {
            name: respelled(value[name], chance, is_set=name in CONDITION.sets) for name in names
        }
    if isinstance(value, list):
        items = [respelled(item, chance) for item in value]
        if is_set:
            chance.shuffle(items)
        return items
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@given(values, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_spelling_has_no_meaning(value: Any, chance: random.Random) -> None:
    assert canonical_json(CONDITION, value) == canonical_json(CONDITION, respelled(value, chance))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"equals": 1}, {"equals": True}),
        ({"equals": 1}, {"equals": "1"}),
        ({"equals": [1, 2]}, {"equals": [2, 1]}),
        ({"and": [1, 1]}, {"and": [1]}),
        ({"and": [{"equals": [1, 2]}]}, {"and": [{"equals": [2, 1]}]}),
        ({}, {"and": []}),
        ({"equals": "a"}, {"equals": UNKNOWN}),
    ],
)
def test_other_values_differ(one: Any, other: Any) -> None:
    assert canonical_json(CONDITION, one) != canonical_json(CONDITION, other)


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ({"a": [1, {"b": None}]}, "it.a[1].b"),
        ({"a": datetime.date(2026, 1, 1)}, "it.a"),
        ({"a": {1: 2}}, "it.a"),
        ({"a": math.nan}, "it.a"),
        ({"a": (1, 2)}, "it.a"),
    ],
)
def test_what_json_cannot_hold_is_wrong_at_its_path(value: Any, at: str) -> None:
    assert at in dict(json_problems(value, "it"))


@given(values)
def test_what_json_can_hold_is_right(value: Any) -> None:
    kept = copy.deepcopy(value)
    assert list(json_problems({"it": value, "yet": UNKNOWN}, "it")) == []
    assert value == kept


def test_every_text_is_found() -> None:
    assert list(texts_in({"a": ["b", {"c": "d"}, 1]})) == ["b", "d"]
