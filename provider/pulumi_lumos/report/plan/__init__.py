"""What a plan of Pulumi makes of Lumos: `pulumi preview --refresh --json`, laid over what is there.

Steps tell inputs, so everything else comes from Lumos: what a program does not say, what a field
is cleared to, what a permission inherits. A step is never read by its `op` alone.
"""

from __future__ import annotations

from .applying import Plan
from .steps import BadPlan, read_steps

__all__ = ["BadPlan", "Plan", "read_plan"]


def read_plan(text: str) -> Plan:
    """The plan in what `pulumi preview --refresh --json` printed. Raises BadPlan."""
    return Plan(read_steps(text))
