"""Decides what stops a pipeline: wider access, a new risk, unless somebody allowed it on purpose.

A change that is not proven to be safe counts as wider, unless the gate says `proven-widening`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from pulumi_lumos.errors import LumosError
from pulumi_lumos.printable import printable

from .risks import LEVELS
from .whole import Allowance, Aspect, Comparison, NewRisk, OfferChange

ASPECTS: tuple[str, ...] = tuple(one for one in get_args(Aspect) if one != "admins")
FAILING = {"widening": ("WIDER", "MAYBE"), "proven-widening": ("WIDER",)}
RISK = "risk"
_LINE = re.compile(
    r"(?P<key>\S+)\s+(?P<aspect>\S+)\s+until=(?P<until>\d{4}-\d{2}-\d{2})\s+(?P<reason>\S.*)"
)


class BadGate(LumosError):
    """A gate or a file of allowances cannot be read; the text says what is wrong."""


@dataclass(frozen=True)
class Gate:
    """One condition under which a comparison fails."""

    verdicts: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ASPECTS
    risk: str = ""

    def stopped_by(self, change: OfferChange) -> bool:
        """Whether this change is one that fails."""
        return change.verdict in self.verdicts and change.aspect in self.aspects


def gate_of(text: str) -> Gate:
    """Read `widening`, `proven-widening:asks,for` or `risk:CODE`. Raises BadGate."""
    kind, _, rest = text.partition(":")
    if kind == RISK:
        if rest not in LEVELS:
            raise BadGate(f"There is no risk {rest!r}; the risks are {', '.join(LEVELS)}.")
        return Gate(risk=rest)
    if kind not in FAILING:
        raise BadGate(f"{text!r} is not one of {', '.join(FAILING)} and risk:CODE.")
    aspects = tuple(rest.split(",")) if rest else ASPECTS
    if strange := [one for one in aspects if one not in ASPECTS]:
        raise BadGate(f"There is no aspect {strange[0]!r}; the aspects are {', '.join(ASPECTS)}.")
    return Gate(FAILING[kind], aspects)


def allowances_of(text: str, today: date) -> list[Allowance]:
    """Read lines `key aspect until=2026-12-31 reason`; `#` begins a comment. Raises BadGate.

    The aspect may be `risk:CODE`. One word for all risks would allow those of tomorrow too.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        read = _LINE.fullmatch(line.strip())
        if not read:
            raise BadGate(f"Line {number} is not `key aspect until=2026-12-31 reason`.")
        if flaw := _flaw_in_aspect(read["aspect"]):
            raise BadGate(f"Line {number}: {flaw}")
        until = _day(read["until"], number)
        state = "expired" if until < today else "unused"
        found.append(
            Allowance(read["key"], read["aspect"], read["until"], printable(read["reason"]), state)
        )
    return found


def _flaw_in_aspect(aspect: str) -> str:
    """Why an allowance cannot be for this aspect; "" where it can."""
    kind, _, code = aspect.partition(":")
    if aspect in ASPECTS or (kind == RISK and code in LEVELS):
        return ""
    if aspect == RISK:
        return "name the risk, as the gate prints it, such as risk:no-end."
    if kind == RISK:
        return f"there is no risk {code!r}; the risks are {', '.join(LEVELS)}."
    return f"there is no aspect {aspect!r}; the aspects are {', '.join(ASPECTS)} and risk:CODE."


def _day(text: str, number: int) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise BadGate(f"Line {number}: {text} is not a date.") from None


@dataclass(frozen=True)
class Judged:
    """The result of the gates: what stops, and how each allowance was used."""

    changes: tuple[OfferChange, ...] = ()
    risks: tuple[NewRisk, ...] = ()
    allowances: tuple[Allowance, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether anything fails the gates; an expired allowance does."""
        expired = any(one.state == "expired" for one in self.allowances)
        return bool(self.changes or self.risks or expired)


def judge(
    comparison: Comparison, gates: Sequence[Gate], allowances: Sequence[Allowance] = ()
) -> Judged:
    """Judge a comparison by the gates; an allowance counts as used only where a gate would stop."""
    used: set[Allowance] = set()
    valid = [one for one in allowances if one.state != "expired"]
    changes = [
        one
        for one in comparison.changes
        if any(gate.stopped_by(one) for gate in gates)
        and not _allowed(valid, one.key, one.aspect, used)
    ]
    codes = {gate.risk for gate in gates if gate.risk}
    risks = [
        one
        for one in comparison.new_risks
        if one.code in codes and not _allowed(valid, one.key, aspect_of(one), used)
    ]
    states = (_with_state(one, used) for one in allowances)
    return Judged(tuple(changes), tuple(risks), tuple(states))


def aspect_of(risk: NewRisk) -> str:
    """What an allowance names a new risk."""
    return f"{RISK}:{risk.code}"


def _allowed(valid: Iterable[Allowance], key: str, aspect: str, used: set[Allowance]) -> bool:
    found = [one for one in valid if one.key == key and one.aspect == aspect]
    used.update(found)
    return bool(found)


def _with_state(one: Allowance, used: set[Allowance]) -> Allowance:
    state = "used" if one in used else one.state
    return Allowance(one.key, one.aspect, one.until, one.reason, state)
