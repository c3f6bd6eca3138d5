"""How long access lasts: what is offered, and what a request may ask for. Pure.

Lumos keeps lengths as labels, "8 hours" or "7 days". A request gives a label (`access_length`),
seconds (`expiration_in_seconds`), both or neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

UNLIMITED = "Unlimited"
LONGEST_SECONDS = 100 * 365 * 86400
"""A bound of our own, so that every end of access is a date."""
_UNITS = {"hour": 3600, "day": 86400}


class Length(NamedTuple):
    """A length that was asked for; without seconds, access has no end."""

    label: str | None
    seconds: int | None


class NotOffered(ValueError):
    """A length that cannot be asked for; `field` is where the request gives it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def offered(lists: Iterable[Sequence[str]]) -> list[str]:
    """The labels that all of several things offer, in the order of the first.

    Something that lists none offers only access without an end.
    """
    offers = [list(labels) or [UNLIMITED] for labels in lists]
    return [label for label in offers[0] if all(label in others for others in offers[1:])]


def seconds_of(label: str) -> int | None:
    """The seconds that a label stands for; None for Unlimited and for words that Lumos lacks."""
    words = re.fullmatch(r"(\d{1,4}) (hour|day)s?", label)
    return int(words[1]) * _UNITS[words[2]] if words else None


def choose(
    label: str | None, seconds: int | None, offers: Sequence[str], seconds_not_offered: str
) -> Length:
    """The length that a request asks for; NotOffered when it may not.

    `seconds_not_offered` is the switch of that name. A label and seconds must agree.
    """
    listed = (
        ", ".join(offers) or "no length that all the permissions share; request them one by one"
    )
    if label is None:
        return _by_seconds(seconds, offers, listed, seconds_not_offered)
    if label not in offers:
        raise NotOffered("access_length", f"{label!r} is not offered. Offered: {listed}.")
    if seconds is not None and seconds != seconds_of(label):
        message = f"{seconds} seconds and {label!r} are not the same length; give one of them."
        raise NotOffered("expiration_in_seconds", message)
    return Length(label, seconds_of(label))


def _by_seconds(
    seconds: int | None, offers: Sequence[str], listed: str, seconds_not_offered: str
) -> Length:
    if seconds is None:
        if UNLIMITED in offers:
            return Length(UNLIMITED, None)
        raise NotOffered(
            "access_length", f"Access without an end is not offered. Offered: {listed}."
        )
    known = {seconds_of(label): label for label in offers}
    if seconds in known:
        return Length(known[seconds], seconds)
    if not 0 < seconds <= LONGEST_SECONDS or not _accepts(seconds, offers, seconds_not_offered):
        message = f"{seconds} seconds are not offered. Offered: {listed}."
        raise NotOffered("expiration_in_seconds", message)
    return Length(None, seconds)


def _accepts(seconds: int, offers: Sequence[str], seconds_not_offered: str) -> bool:
    """Whether the switch lets somebody ask for seconds that no offered label stands for."""
    if seconds_not_offered == "up_to_longest":
        longest = max((seconds_of(label) or LONGEST_SECONDS for label in offers), default=0)
        return seconds <= longest
    return seconds_not_offered == "accept"
