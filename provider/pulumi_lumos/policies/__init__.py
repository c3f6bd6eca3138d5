"""Policies over the rows of the report: who may ask, who decides, for how long, into what.

A policy is a function of a row that says whether it holds. `pulumi-lumos report --policy FILE`
checks those of a file, also against what a plan would make; `check` checks Lumos as it is from a
program.
"""

from __future__ import annotations

from .in_programs import check
from .policy import Policy, policy
from .ready_made import (
    approvers_active,
    days,
    ends,
    hours,
    matches,
    max_duration,
    min_admins,
    min_stages,
    nobody_decides_alone,
    not_for_everybody,
    somebody_decides,
)
from .views import NO_END, ReportView, RowView

__all__ = [
    "NO_END",
    "Policy",
    "ReportView",
    "RowView",
    "approvers_active",
    "check",
    "days",
    "ends",
    "hours",
    "matches",
    "max_duration",
    "min_admins",
    "min_stages",
    "nobody_decides_alone",
    "not_for_everybody",
    "policy",
    "somebody_decides",
]
