"""How long access may last: the rules by themselves."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator.requests.lengths import (
    LONGEST_SECONDS,
    Length,
    NotOffered,
    choose,
    offered,
    seconds_of,
)

HOURS = ["2 hours", "8 hours", "Unlimited"]


@pytest.mark.parametrize(
    ("label", "seconds"),
    [
        ("2 hours", 7200),
        ("12 hours", 43200),
        ("1 day", 86400),
        ("90 days", 7_776_000),
        ("Unlimited", None),
        ("a while", None),
        ("7d", None),
    ],
)
def test_a_label_is_hours_or_days(label: str, seconds: int | None) -> None:
    assert seconds_of(label) == seconds


@pytest.mark.parametrize(
    ("lists", "common"),
    [
        ([["2 hours", "8 hours"]], ["2 hours", "8 hours"]),
        ([["2 hours", "8 hours"], ["8 hours", "7 days"]], ["8 hours"]),
        ([["2 hours"], ["8 hours"]], []),
        ([[]], ["Unlimited"]),
        ([[], ["2 hours"]], []),
        ([[], ["2 hours", "Unlimited"]], ["Unlimited"]),
    ],
)
def test_several_things_offer_what_all_of_them_offer(
    lists: list[list[str]], common: list[str]
) -> None:
    assert offered(lists) == common


@pytest.mark.parametrize(
    ("label", "seconds", "chosen"),
    [
        ("2 hours", None, Length("2 hours", 7200)),
        (None, 7200, Length("2 hours", 7200)),
        ("2 hours", 7200, Length("2 hours", 7200)),
        ("Unlimited", None, Length("Unlimited", None)),
        (None, None, Length("Unlimited", None)),
    ],
)
def test_what_is_offered_can_be_chosen(
    label: str | None, seconds: int | None, chosen: Length
) -> None:
    assert choose(label, seconds, HOURS, "refuse") == chosen


@pytest.mark.parametrize(
    ("label", "seconds", "offers", "field"),
    [
        ("4 hours", None, HOURS, "access_length"),
        ("2 hour", None, HOURS, "access_length"),
        ("", None, HOURS, "access_length"),
        ("2 hours", 3600, HOURS, "expiration_in_seconds"),
        ("Unlimited", 7200, HOURS, "expiration_in_seconds"),
        (None, 3600, HOURS, "expiration_in_seconds"),
        (None, 0, HOURS, "expiration_in_seconds"),
        (None, None, ["2 hours"], "access_length"),
        (None, None, [], "access_length"),
        ("2 hours", None, [], "access_length"),
    ],
)
def test_nothing_else_can_be_chosen(
    label: str | None, seconds: int | None, offers: list[str], field: str
) -> None:
    with pytest.raises(NotOffered) as refused:
        choose(label, seconds, offers, "refuse")
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("switch", "offers", "seconds", "accepted"),
    [
        ("refuse", ["2 hours", "8 hours"], 3600, False),
        ("up_to_longest", ["2 hours", "8 hours"], 3600, True),
        ("up_to_longest", ["2 hours", "8 hours"], 28801, False),
        ("up_to_longest", HOURS, 90 * 86400, True),
        ("up_to_longest", [], 1, False),
        ("accept", ["2 hours"], 90 * 86400, True),
        ("accept", ["2 hours"], 0, False),
        ("accept", ["2 hours"], -1, False),
        ("accept", ["2 hours"], LONGEST_SECONDS + 1, False),
    ],
)
def test_a_switch_says_whether_other_seconds_are_accepted(
    switch: str, offers: list[str], seconds: int, accepted: bool
) -> None:
    if accepted:
        assert choose(None, seconds, offers, switch) == Length(None, seconds)
    else:
        with pytest.raises(NotOffered):
            choose(None, seconds, offers, switch)
