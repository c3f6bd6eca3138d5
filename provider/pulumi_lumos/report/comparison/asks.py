"""Says what a change of who may ask means."""

from __future__ import annotations

from pulumi_lumos.report.model import Asks, Unknown
from pulumi_lumos.report.strictness import atom
from pulumi_lumos.report.words import called, listed, shorten, who_asks

from .changing import EVERYBODY, Changes, Finding
from .people import Read, asking, atoms, difference


def compare_asks(old: Asks | Unknown, new: Asks | Unknown, read: Read) -> Changes:
    """Find what changed in who may ask."""
    if old == new:
        return
    before = f"Before: {who_asks(old)}."
    if isinstance(old, Unknown) or isinstance(new, Unknown):
        yield Finding("MAYBE", "asks", f"{who_asks(new)} may ask.", before)
    elif new.everybody:
        yield Finding("WIDER", "asks", "everybody may ask.", before, EVERYBODY)
    elif old.everybody:
        yield Finding("NARROWER", "asks", f"{who_asks(new)} may ask.", before)
    else:
        yield from _groups(old, new, read, before)


def _groups(old: Asks, new: Asks, read: Read, before: str) -> Changes:
    was, now = atoms(old.groups), atoms(new.groups)
    added = [called(one) for one in new.groups if atom(one) not in was]
    gone = [called(one) for one in old.groups if atom(one) not in now]
    if added and gone:
        yield from _other_groups(old, new, read, (added, gone))
    elif added:
        yield Finding("WIDER", "asks", f"members of {listed(added)} may ask too.", before)
    elif gone:
        rest = "nobody may ask" if not new.groups else f"members of {listed(gone)} may not ask"
        yield Finding("NARROWER", "asks", f"{rest} any more.", before)
    else:
        yield Finding("TOLD", "asks", f"{who_asks(new)} may ask: a group has another name.", before)


def _other_groups(old: Asks, new: Asks, read: Read, names: tuple[list[str], list[str]]) -> Changes:
    """One group for another: today's members decide which is wider, where they were read."""
    added, gone = names
    what = f"members of {listed(added)} may ask, members of {listed(gone)} no longer"
    before, after = asking(old, read), asking(new, read)
    if before is None or after is None:
        yield Finding(
            "MAYBE",
            "asks",
            f"{what}. Cannot be told: whether these are more people (members were not read; "
            "--members=names reads them).",
        )
        return
    gained, lost = len(after - before), len(before - after)
    empty = "".join(
        f" {shorten(read[one.id].name)} has no member."
        for one in new.groups
        if not isinstance(one, Unknown) and read[one.id].count == 0
    )
    told = f"{what}; as of today: {difference(gained, lost)}.{empty}"
    if gained:
        yield Finding("WIDER", "asks", told)
    if lost:
        yield Finding(
            "NARROWER", "asks", f"as of today {lost:,} fewer may ask." if gained else told
        )
    if not gained and not lost:
        yield Finding("TOLD", "asks", told)
