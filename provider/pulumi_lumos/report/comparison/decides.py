"""Says what a change of who decides means.

`strictness` proves each claim clause by clause, so "neither" stays "cannot be told", unless today's
members settle it.
"""

from __future__ import annotations

from pulumi_lumos.report.model import Row, Stage, Unknown
from pulumi_lumos.report.strictness import MANAGER, Clause, Order, clause, clauses, compare
from pulumi_lumos.report.words import called, in_a_sentence, listed, named, who, who_decides

from .changing import A_STAGE_LESS, NOBODY_DECIDES, REST, Changes, Finding
from .people import Read, in_the_place_of_groups

HIDDEN = "Cannot be told: Lumos says that its approval has stages which the API does not show."
AT_ONCE = "every request was approved at once"
ONE_IS_ENOUGH = "one approval is enough"


def compare_decides(old: Row, new: Row, read: Read) -> Changes:
    """Find what changed in who decides."""
    if (old.decides, old.decides_complete) == (new.decides, new.decides_complete):
        return
    before, what = f"Before: {_state(old.decides)}.", f"{who_decides(new.decides)} decides."
    if isinstance(old.decides, Unknown) or isinstance(new.decides, Unknown):
        yield Finding("MAYBE", "decides", what, before)
        return
    if not (old.decides_complete and new.decides_complete):
        whose = "Before: " + (
            "they were shown." if old.decides_complete else _state(old.decides) + "."
        )
        yield Finding("MAYBE", "decides", f"{in_a_sentence(new.decides)}. {HIDDEN}", whose)
        return
    yield from _stages(old.decides, new.decides, read, before)


def _stages(old: tuple[Stage, ...], new: tuple[Stage, ...], read: Read, before: str) -> Changes:
    order = compare(clauses(new), clauses(old))
    today = ""
    if order == "neither" and (by_people := _by_people(old, new, read)) != "neither":
        order, today = by_people, " As of today."
    if order == "weaker":
        what, level = _weaker(old, new)
        was = "Before: both had to approve." if what.startswith(ONE_IS_ENOUGH) else before
        yield Finding("WIDER", "decides", what + today, was, level)
    elif order == "stricter":
        yield Finding("NARROWER", "decides", _stricter(old, new) + today, before)
    elif order == "neither":
        yield Finding(
            "MAYBE", "decides", f"{in_a_sentence(new)}.", f"{before} Neither is stricter."
        )
    elif [clause(one) for one in old] != [clause(one) for one in new] or today:
        yield Finding(
            "TOLD", "decides", f"{in_a_sentence(new)}, which is as strict.{today}", before
        )


def _by_people(old: tuple[Stage, ...], new: tuple[Stage, ...], read: Read) -> Order:
    """The order by today's members; "neither" where they were not read or settle nothing."""
    sides: list[list[Clause]] = []
    for side in (clauses(new), clauses(old)):
        found = [in_the_place_of_groups(one, read) for one in side]
        if any(one is None for one in found):
            return "neither"
        sides.append([one for one in found if one is not None])
    return compare(*sides)


def _state(stages: tuple[Stage, ...] | Unknown) -> str:
    return who_decides(stages) if isinstance(stages, Unknown) or stages else AT_ONCE


def _has(stages: tuple[Stage, ...], it: Clause) -> bool:
    return any(clause(one) == it for one in stages)


def _weaker(old: tuple[Stage, ...], new: tuple[Stage, ...]) -> tuple[str, int]:
    """The sentence for less approval, and its level."""
    if not new:
        return "every request is approved at once; nobody decides any more.", NOBODY_DECIDES
    gone = [one for one in old if not _has(new, clause(one))]
    come = [one for one in new if not _has(old, clause(one))]
    if len(new) == len(old) and len(gone) == len(come) == 1:
        more = [
            named(one)
            for one in (*come[0].groups, *come[0].users)
            if one not in (*gone[0].groups, *gone[0].users)
        ]
        if clause(gone[0]) < clause(come[0]) and MANAGER not in clause(come[0]):
            return f"{listed(more)} can approve too.", REST
    if not come and [clause(one) for one in gone] == [frozenset([MANAGER])]:
        return "the requester's manager no longer approves first.", A_STAGE_LESS
    if not come:
        whose = " and ".join(who(one) for one in gone)
        return f"{whose} no longer {_have(gone)} to approve.", A_STAGE_LESS
    if len(gone) == 2 and len(come) == 1:
        both = " or ".join(f"of {_without_members(one)}" for one in gone)
        return f"{ONE_IS_ENOUGH}, {both}.", A_STAGE_LESS
    return f"{in_a_sentence(new)}.", A_STAGE_LESS if len(new) < len(old) else REST


def _without_members(stage: Stage) -> str:
    names = [called(one) for one in (*stage.groups, *stage.users)]
    return " or ".join([*(["the requester's manager"] if stage.manager else []), *names])


def _have(stages: list[Stage]) -> str:
    several = len(stages) > 1 or stages[0].groups or len(stages[0].users) > 1
    return "have" if several else "has"


def _stricter(old: tuple[Stage, ...], new: tuple[Stage, ...]) -> str:
    """The sentence for more approval."""
    come = [one for one in new if not _has(old, clause(one))]
    gone = [one for one in old if not _has(new, clause(one))]
    if gone or not come:
        lost = [
            named(one)
            for stage in gone
            for one in (*stage.groups, *stage.users)
            if not any(one in (*other.groups, *other.users) for other in new)
        ]
        if len(new) == len(old) and lost:
            return f"{listed(lost)} can no longer approve; {who_decides(new)} alone."
        return f"{in_a_sentence(new)}."
    whose = " and ".join(who(one) for one in come)
    if not old:
        return f"{whose} {_have(come)} to approve."
    after = [one for one in new[: new.index(come[0])] if _has(old, clause(one))]
    where = f"after {who(after[-1])}" if after else "first"
    return f"{whose} {_have(come)} to approve {where}."
