"""Works out what a plan (`pulumi preview --refresh --json`) makes of what Lumos holds.

Steps have inputs only, so everything else comes from Lumos: fields that a program leaves out, the
value of a cleared field, values that a permission inherits. Never read a step by its `op` alone.
"""

from __future__ import annotations

from .applying import Plan
from .steps import BadPlan, read_steps

__all__ = ["BadPlan", "Plan", "read_plan"]


def read_plan(text: str) -> Plan:
    """Read the plan in what `pulumi preview --refresh --json` printed. Raises BadPlan."""
    return Plan(read_steps(text))
