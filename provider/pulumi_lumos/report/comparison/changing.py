"""One change of one aspect, before it belongs to an offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pulumi_lumos.report.model import Row
from pulumi_lumos.report.whole import Aspect, OfferChange, Verdict


class Finding(NamedTuple):
    """What changed in one aspect: the verdict, the new state in words, and the old one."""

    verdict: Verdict
    aspect: Aspect
    what: str
    before: str = ""
    level: int = 7


Changes = Iterator[Finding]

NOBODY_DECIDES, EVERYBODY, NO_END, WITHOUT_APPROVAL, A_STAGE_LESS, NEW_OFFER, REST = range(1, 8)
"""The levels of what is wider, the worst first."""


def change_of(row: Row, finding: Finding) -> OfferChange:
    """The change of an offer that a finding describes."""
    return OfferChange(
        verdict=finding.verdict,
        aspect=finding.aspect,
        key=row.key,
        app_id=row.app_id,
        app=row.app,
        permission=row.permission,
        what=finding.what,
        before=finding.before,
        level=finding.level,
        follows=not row.is_app and finding.aspect in INHERITED and finding.aspect not in row.own,
    )


INHERITED = ("asks", "decides", "for", "into", "checks")
"""The aspects that a permission may have from its app."""
