"""Every rule of every shape, with a value that keeps it and values that break it."""

from __future__ import annotations

import pytest
from pulumi_lumos.declare.spec import Rule, RuleAbout, Values, shapes_in
from pulumi_lumos.kinds import kinds

from .rule_examples import (
    EXAMPLES,
    Example,
)
from .warning_examples import WARNINGS


def declared(*about: RuleAbout) -> dict[tuple[str, tuple[str, ...]], Rule]:
    """Every rule of some sorts, of every kind."""
    specs = [kind.spec.shape for kind in kinds().values()]
    every = [shape for spec in specs for shape in shapes_in(spec)]
    return {(shape.name, rule.reads): rule for shape in every for rule in shape.rules_about(*about)}


def broken(rule: Rule, values: Values) -> list[str]:
    """The paths at which a rule finds something wrong."""
    found = list(rule.check(*map(values.get, rule.reads)))
    assert all(reason and reason[0].islower() and reason[-1] != "." for _, reason in found)
    return [path for path, _ in found]


def test_every_rule_has_examples() -> None:
    assert set(EXAMPLES) == set(declared("mistake"))
    assert set(WARNINGS) == set(declared("warning", "change", "answer"))


def of(key: tuple[str, tuple[str, ...]]) -> str:
    """The name of a rule's test."""
    return f"{key[0]}-{'-'.join(key[1])}"


@pytest.mark.parametrize("key", EXAMPLES, ids=of)
def test_a_rule_accepts_what_keeps_it_and_names_what_breaks_it(
    key: tuple[str, tuple[str, ...]],
) -> None:
    check(declared("mistake")[key], EXAMPLES[key])


@pytest.mark.parametrize("key", WARNINGS, ids=of)
def test_a_warning_names_what_it_is_about_and_nothing_else(
    key: tuple[str, tuple[str, ...]],
) -> None:
    check(declared("warning", "change", "answer")[key], WARNINGS[key])


def check(rule: Rule, example: Example) -> None:
    """A rule finds what is wrong with the bad values and nothing in the good ones."""
    assert [values for values in example.good if broken(rule, values)] == []
    assert [(broken(rule, values), values) for _, values in example.bad] == [
        ([path], values) for path, values in example.bad
    ]
