"""The whole report as data: a header, the rows, the changes and the broken policies.

Everything that is printed is made from these objects, and JSON holds all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .model import Members, Row, Untold

Aspect = Literal[
    "asks", "decides", "for", "offered", "into", "without-approval", "checks", "admins"
]
Verdict = Literal["WIDER", "NARROWER", "MAYBE", "TOLD"]


@dataclass(frozen=True, slots=True)
class Header:
    """The tenant of the rows, when they were read, and counts that show that none is missing.

    `app_ids` are the apps that were asked for; none means all. `only` are the patterns that chose
    the rows; none means that they are all.
    """

    of: str
    tenant: str
    token_of: str
    taken_at: str
    version: str
    scope: str
    apps: int
    offers: int
    permissions: int
    permissions_outside: int
    rules: int
    policies: int
    inherits_otherwise: int
    workflow_not_said: int
    members: str
    requests: int
    digest: str
    app_ids: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferChange:
    """What changed for people in one aspect of one offer.

    `what` is the new state and `before` the old one, as sentences without the name of the offer.
    `level` sorts WIDER changes; 1 is the worst. `follows` says that a permission follows its app.
    """

    verdict: Verdict
    aspect: Aspect
    key: str
    app_id: str
    app: str
    permission: str
    what: str
    before: str = ""
    level: int = 7
    follows: bool = False


@dataclass(frozen=True, slots=True)
class NewRisk:
    """A risk that an offer has and had not before."""

    key: str
    app: str
    permission: str
    code: str
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two reports; `scope` names the apps if these are not all."""

    before_taken_at: str
    before_of: str
    unchanged: int
    changes: tuple[OfferChange, ...]
    new_risks: tuple[NewRisk, ...]
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A change that somebody allowed until a day; `state` is used, unused or expired."""

    key: str
    aspect: str
    until: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A policy that an offer or a change breaks, or that cannot be judged (`cannot_tell`)."""

    policy: str
    sentence: str
    mandatory: bool
    key: str
    app: str
    permission: str
    cannot_tell: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    header: Header
    rows: tuple[Row, ...]
    groups: tuple[Members, ...] = ()
    untold: tuple[Untold, ...] = ()
    comparison: Comparison | None = None
    allowances: tuple[Allowance, ...] = ()
    policies: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
