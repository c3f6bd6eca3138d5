"""What was measured, as tables for people, each budget with its verdict."""

from __future__ import annotations

from collections.abc import Sequence

from . import budgets, pacing
from .engines import STEPS
from .lives import NULL, OURS, TERRAFORM, Row, Work
from .pacing import Pace

BESIDE_NULL = (
    "step",
    "seconds",
    "cpu s",
    "requests",
    "floor s",
    "null s",
    "null cpu s",
    "to null",
    "budget",
)
BESIDE_TERRAFORM = ("TF s", "TF cpu s", "TF requests", "to TF", "TF budget", "null to TF")


def of_a_life(work: Work, rows: Sequence[Row]) -> str:
    """The steps of one life, beside the null provider and, where it was measured, Terraform."""
    found = {(row.engine, row.step): row for row in rows}
    with_terraform = (TERRAFORM, STEPS[0]) in found
    title = f"{work.size} permissions, {work.latency_ms} ms latency, {work.backend} file backend"
    lines = [_beside_null(found[OURS, step], found[NULL, step]) for step in STEPS]
    if with_terraform:
        for line, step in zip(lines, STEPS, strict=True):
            line += _beside_terraform(*(found[engine, step] for engine in (OURS, NULL, TERRAFORM)))
    return _table(title, BESIDE_NULL + BESIDE_TERRAFORM * with_terraform, lines)


def _beside_null(ours: Row, null: Row) -> list[str]:
    to_null = ours.ratio(null)
    return [
        ours.step,
        f"{ours.median:.1f}",
        f"{ours.median_cpu:.1f}",
        f"{ours.requests}",
        f"{ours.floor:.1f}",
        f"{null.median:.1f}",
        f"{null.median_cpu:.1f}",
        f"{to_null:.2f}",
        budgets.verdict(to_null, budgets.to_null(ours.work)),
    ]


def _beside_terraform(ours: Row, null: Row, terraform: Row) -> list[str]:
    to_terraform = ours.ratio(terraform)
    return [
        f"{terraform.median:.1f}",
        f"{terraform.median_cpu:.1f}",
        f"{terraform.requests}",
        f"{to_terraform:.2f}",
        budgets.verdict(to_terraform, budgets.to_terraform(ours.work, ours.step)),
        f"{null.ratio(terraform):.2f}",
    ]


def of_the_pace(pace: Pace) -> str:
    """The create against the rate limit."""
    title = f"{pace.size} creates where Lumos takes {pacing.REQUESTS_PER_SECOND} requests a second"
    line = [
        f"{pace.seconds:.1f}",
        f"{pace.requests}",
        f"{pace.to_the_limit:.2f}",
        budgets.verdict(pace.to_the_limit, budgets.TO_THE_RATE_LIMIT),
        f"{pace.asking_seconds:.1f}",
        f"{pace.asking_to_the_limit:.2f}",
        f"{pace.refused_share:.1%}",
        budgets.verdict(pace.refused_share, budgets.REFUSED_SHARE, ".0%"),
    ]
    names = (
        "seconds",
        "requests",
        "to the limit",
        "budget",
        "first to last request s",
        "to the limit",
        "refused (429)",
        "budget",
    )
    return _table(title, names, [line])


def of_the_start(seconds: float) -> str:
    """The import of the package."""
    verdict = budgets.verdict(seconds * 1000, budgets.IMPORT_SECONDS * 1000, ".0f")
    return f"\n`import pulumi_lumos` adds {seconds * 1000:.0f} ms to `import pulumi` ({verdict})."


def _table(title: str, names: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [names, ["---"] * len(names), *lines]
    return "\n".join([f"\n**{title}**\n", *(f"| {' | '.join(row)} |" for row in rows)])
