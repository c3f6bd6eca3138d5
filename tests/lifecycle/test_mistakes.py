"""Values with mistakes in them, as far as they can be judged."""

from __future__ import annotations

import pytest
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.values.mistakes import hide_mistakes

GIVEN = {"a": "x", "b": {"c": [1, {"d": 2}], "e": None}}


@pytest.mark.parametrize(
    ("path", "hidden"),
    [
        ("", GIVEN),
        ("a", {**GIVEN, "a": UNKNOWN}),
        ("new", {**GIVEN, "new": UNKNOWN}),
        ("a.within", {**GIVEN, "a": UNKNOWN}),
        ("b.c", {**GIVEN, "b": {"c": UNKNOWN, "e": None}}),
        ("b.c[1].d", {**GIVEN, "b": {"c": [1, {"d": UNKNOWN}], "e": None}}),
        ("b.c[1]", {**GIVEN, "b": {"c": [1, UNKNOWN], "e": None}}),
        ("b.c[2]", {**GIVEN, "b": {"c": UNKNOWN, "e": None}}),
        ("b.e.f", {**GIVEN, "b": {"c": [1, {"d": 2}], "e": UNKNOWN}}),
    ],
)
def test_what_is_wrong_is_not_judged_and_the_rest_is(path: str, hidden: object) -> None:
    assert hide_mistakes(GIVEN, [(path, "is wrong")]) == hidden
