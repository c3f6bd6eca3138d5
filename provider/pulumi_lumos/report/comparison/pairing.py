"""Pairs the rows of before with those of after.

First by id; then, among rows that vanished and appeared, by app and label, then by app and group:
a permission with another provisioning group is another object in Lumos, but the same offer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from pulumi_lumos.report.model import Group, Row


class Pair(NamedTuple):
    """The same offer before and after; None where it is not there."""

    old: Row | None
    new: Row | None


def pairs_of(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """All rows of both, with the same offer as one pair, in the order of after."""
    old, new = {row.key: row for row in before}, {row.key: row for row in after}
    partner = {key: key for key in new if key in old}
    appeared = [row for row in after if row.key not in old]
    # A row that is hidden because another takes its place has vanished for people.
    vanished = [row for row in before if _is_gone(row, new.get(row.key))]
    for same in (_label, _group):
        _match(vanished, appeared, partner, same)
    # A hidden row whose offer lives on in another row has no partner: it stands alone.
    pairs = [Pair(old.get(partner.get(row.key, "")), row) for row in after]
    taken = set(partner.values())
    return pairs + [Pair(row, None) for row in before if row.key not in taken]


def _is_gone(row: Row, now: Row | None) -> bool:
    return now is None or (row.is_offered and now.offered == "NOT_OFFERED" and not now.visible)


def _label(row: Row) -> Hashable:
    return (row.app_id, row.permission) if row.permission else None


def _group(row: Row) -> Hashable:
    group = row.into.group
    return (row.app_id, group.id) if isinstance(group, Group) else None


def _match(
    vanished: list[Row],
    appeared: list[Row],
    partner: dict[str, str],
    same: Callable[[Row], Hashable],
) -> None:
    """Pair rows that share a property, where exactly one row on each side has it."""
    gone, come = _by(same, vanished), _by(same, appeared)
    for key, rows in come.items():
        if key is None or len(rows) != 1 or len(gone.get(key, ())) != 1:
            continue
        (old,), (new,) = gone[key], rows
        partner.pop(old.key, None)
        partner[new.key] = old.key
        vanished.remove(old)
        appeared.remove(new)


def _by(same: Callable[[Row], Hashable], rows: Iterable[Row]) -> dict[Hashable, list[Row]]:
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        found[same(row)].append(row)
    return found
