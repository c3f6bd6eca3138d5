"""What was measured, as tables for people, each budget with its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import budgets, pacing
from .budgets import Work
from .engines import STEPS
from .exporting import Exported
from .large import Large
from .lives import NULL, OURS, PACKAGED, PACKAGED_NULL, TERRAFORM, Row
from .pacing import Pace
from .reporting import Reported

Columns = Mapping[str, str]


def of_a_life(work: Work, rows: Sequence[Row]) -> str:
    """The steps of one life, beside the null provider and whatever else was measured."""
    found = {(row.engine, row.step): row for row in rows}
    title = f"{work.size} permissions, {work.latency_ms} ms latency, {work.backend} file backend"
    lines = [_of_a_step(work, {row.engine: row for row in rows if row.step == s}) for s in STEPS]
    table = _table(title, list(lines[0]), [list(line.values()) for line in lines])
    sizes = [
        f"{row.engine} {row.state_bytes / work.size:,.0f}"
        for (_engine, step), row in found.items()
        if step == "create"
    ]
    return f"{table}\n\nBytes of state for each permission, after the create: {', '.join(sizes)}."


def _of_a_step(work: Work, by: Mapping[str, Row]) -> Columns:
    ours, null = by[OURS], by[NULL]
    columns = {"step": ours.step, **_of(ours, ""), "floor s": f"{ours.floor:.1f}"}
    if PACKAGED in by:
        to_dynamic = by[PACKAGED].cpu_ratio(ours)
        columns |= _of(by[PACKAGED], "packaged ")
        columns["cpu to dynamic"] = f"{to_dynamic:.2f}"
        columns["cpu budget"] = _verdict(to_dynamic, budgets.packaged_cpu(work, ours.step))
    if PACKAGED_NULL in by:
        columns["packaged null cpu s"] = f"{by[PACKAGED_NULL].median_cpu:.1f}"
        columns["least cpu to dynamic"] = f"{by[PACKAGED_NULL].cpu_ratio(ours):.2f}"
    columns |= _of(null, "null ")
    del columns["null requests"]
    columns["to null"] = f"{ours.ratio(null):.2f}"
    columns["budget"] = _verdict(ours.ratio(null), budgets.to_null(work, ours.step))
    if TERRAFORM in by:
        to_terraform = ours.ratio(by[TERRAFORM])
        columns |= _of(by[TERRAFORM], "TF ")
        columns["to TF"] = f"{to_terraform:.2f}"
        columns["TF budget"] = _verdict(to_terraform, budgets.to_terraform(work, ours.step))
        columns["null to TF"] = f"{null.ratio(by[TERRAFORM]):.2f}"
    return columns


def _of(row: Row, name: str) -> dict[str, str]:
    return {
        f"{name}s" if name else "seconds": f"{row.median:.1f}",
        f"{name}cpu s": f"{row.median_cpu:.1f}",
        f"{name}requests": f"{row.requests}",
    }


_verdict = budgets.verdict


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


def of_reports(reports: Sequence[Reported]) -> str:
    """The report of a large company, under latencies and against the rate limit."""
    names = (
        "apps",
        "permissions",
        "where",
        "seconds",
        "budget",
        "cpu s",
        "MB",
        "budget",
        "requests",
        "of the pace",
        "budget",
    )
    return _table("pulumi-lumos report --json", names, [_of_a_report(one) for one in reports])


def _of_a_report(one: Reported) -> list[str]:
    paced = one.latency_ms is None
    pace = one.of_the_pace
    met = "met" if pace >= budgets.REPORT_OF_THE_PACE else "MISSED"
    return [
        f"{one.size.apps:,}",
        f"{one.size.apps * one.size.permissions:,}",
        one.name,
        f"{one.seconds:.1f}",
        budgets.verdict(one.seconds, budgets.REPORT_SECONDS.get(one.latency_ms or 0), ".0f"),
        f"{one.cpu_seconds:.1f}",
        f"{one.megabytes:.0f}",
        budgets.verdict(one.megabytes, budgets.REPORT_MEGABYTES, ".0f"),
        f"{one.requests:,}",
        f"{pace:.0%}" if paced else "",
        f"≥ {budgets.REPORT_OF_THE_PACE:.0%} {met}" if paced else "",
    ]


def of_the_start(seconds: float, provider: float) -> str:
    """The import of the package, and the start of the packaged provider."""
    verdict = budgets.verdict(seconds * 1000, budgets.IMPORT_SECONDS * 1000, ".0f")
    starts = budgets.verdict(provider, budgets.PROVIDER_SECONDS)
    return (
        f"\nLoading `pulumi_lumos` adds {seconds * 1000:.0f} ms to `import pulumi` ({verdict}). "
        f"The packaged provider starts in {provider:.2f} s of the processor ({starts})."
    )


def of_many_stacks(engine: str, size: int, stacks: int, steps: Sequence[Large]) -> str:
    """A large tenant, split over stacks that run side by side."""
    title = f"{size} permissions in {stacks} stacks side by side, {engine}"
    names = ("step", "seconds", "cpu s", "requests", "peak memory MB", "permissions in Lumos")
    lines = [
        [
            step.step,
            f"{step.seconds:.1f}",
            f"{step.cpu_seconds:.1f}",
            f"{step.requests}",
            f"{step.peak_bytes / 1e6:.0f}",
            f"{step.permissions}",
        ]
        for step in steps
    ]
    return _table(title, names, lines)


def of_an_export(apps: int, steps: Sequence[Exported]) -> str:
    """A whole tenant as a program, and the first preview of it."""
    title = f"{steps[0].resources} resources of {apps} apps, exported and previewed"
    names = ("step", "seconds", "cpu s", "requests", "peak memory MB")
    lines = [
        [
            step.step,
            f"{step.seconds:.1f}",
            f"{step.cpu_seconds:.1f}",
            f"{step.requests}",
            f"{step.peak_bytes / 1e6:.0f}" if step.peak_bytes else "",
        ]
        for step in steps
    ]
    return _table(title, names, lines)


def _table(title: str, names: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [names, ["---"] * len(names), *lines]
    return "\n".join([f"\n**{title}**\n", *(f"| {' | '.join(row)} |" for row in rows)])
