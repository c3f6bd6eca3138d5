"""Gets the rows of `pulumi-lumos report` from Lumos, a plan, or a report that was kept."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, cast

from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.report.building import PLAN, report_of
from pulumi_lumos.report.comparison import CannotCompare, compare
from pulumi_lumos.report.encoding import Misread, read_report
from pulumi_lumos.report.members import How, read_members
from pulumi_lumos.report.model import NOT_READ, Members, Row
from pulumi_lumos.report.reading import Reader, read, read_store_apps
from pulumi_lumos.report.rows import rows_of
from pulumi_lumos.report.stacks import BadExport, ManagedByStacks, managed_by
from pulumi_lumos.report.whole import Report

from .connection import lumos, settings
from .exit_codes import Exit
from .files import read_text
from .output import fail, progress

if TYPE_CHECKING:
    from pulumi_lumos.report.plan import Plan

LIVE = "live"


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    apps: list[str]
    against: str | None
    plan: str | None
    kept: str | None
    members: str | None
    stack_exports: list[str]
    only: list[str]

    @property
    def compares(self) -> bool:
        """Whether two sets of rows are compared; a kept report may hold a comparison."""
        return bool(self.against or self.plan or self.kept)

    def refuse_a_report_alone(self, options: str) -> None:
        """End the command where options are about a comparison, and none is asked for."""
        if not self.compares:
            fail(f"{options} need --against, --plan or a kept comparison.", Exit.MISUSE)

    def refuse_contradictions(self) -> None:
        """End the command where options contradict each other."""
        live = {
            "--plan": self.plan,
            "--app": self.apps,
            "--members": self.members,
            "--stack-export": self.stack_exports,
        }
        given = [name for name, value in live.items() if value]
        if self.kept and given:
            fail(f"--from asks nothing of Lumos, so {given[0]} cannot go with it.", Exit.MISUSE)
        if self.against == LIVE and not self.plan:
            fail("--against live goes with --plan.", Exit.MISUSE)
        if self.members not in (None, "counts", "names"):
            fail("--members takes counts or names.", Exit.MISUSE)
        if self.apps and self.stack_exports:
            fail("--app and --stack-export both choose apps; give one.", Exit.MISUSE)
        if not all(pattern.strip() for pattern in self.only):
            fail("--only takes a pattern, such as '*prod*'.", Exit.MISUSE)


class Sourced(NamedTuple):
    """The report that is asked for, with its comparison, and the rows that it was compared with."""

    report: Report
    before: tuple[Row, ...] = ()


def report_for(asked: Asked) -> Sourced:
    """Read the report that is asked for, and compare it."""
    # A large report is a million objects without cycles: looking for garbage among them took a
    # third of the command's time, and freed nothing.
    gc.disable()
    if asked.kept:
        after = _kept(asked.kept)
        return _compared(_kept(asked.against), after) if asked.against else Sourced(after)
    before = _kept(asked.against) if asked.against and asked.against != LIVE else None
    now, planned = _read(asked)
    if planned:
        return _compared(before or now, planned)
    return _compared(before, now) if before else Sourced(now)


def _kept(source: str) -> Report:
    try:
        return read_report(read_text(source, "report"))
    except Misread as error:
        fail(f"The report in {source} cannot be read: {error}.")


def _compared(before: Report, after: Report) -> Sourced:
    try:
        comparison = compare(before, after)
    except CannotCompare as error:
        fail(f"The two reports cannot be compared: {error}.", Exit.MISUSE)
    return Sourced(replace(after, comparison=comparison), before.rows)


def _read(asked: Asked) -> tuple[Report, Report | None]:
    """Read the report of Lumos as it is, and the report of Lumos as a plan leaves it."""
    plan = _plan(asked.plan) if asked.plan else None
    stacks = _stacks(asked.stack_exports) if asked.stack_exports else None
    with lumos() as client, progress("Reading the apps") as track:
        reader = Reader(client, settings().server_url)
        ids = [Lookups(client).app_called(one).id for one in asked.apps]
        ids += _of_stacks(reader, stacks, plan) if stacks else ()
        populations = [read(reader, ids, track)]
        populations[0].managed = dict(stacks.stacks) if stacks else None
        if plan:
            populations.append(plan.applied(populations[0], reader))
            if asked.apps:
                populations[1].keep_apps(ids)
        groups: dict[str, Members] = {}
        if asked.members:
            rows = [row for one in populations for row in rows_of(one)]
            groups = read_members(reader, rows, cast(How, asked.members), track)
        how = asked.members or NOT_READ
        now, *later = (replace(one, requests=reader.requests) for one in populations)
        planned = [report_of(one, groups, of=PLAN, members=how) for one in later]
        return report_of(now, groups, members=how), planned[0] if planned else None


def _of_stacks(reader: Reader, stacks: ManagedByStacks, plan: Plan | None) -> list[str]:
    """The apps of some stacks, and those that a plan takes over for them."""
    ids = read_store_apps(reader, [*stacks.app_ids, *(plan.opened if plan else ())])
    if not ids:
        fail("No app of the exported stack is in the AppStore.", Exit.FOUND)
    return list(ids)


def _plan(source: str) -> Plan:
    # Only a plan needs the declarations of resources, which take a while to import.
    from pulumi_lumos.report.plan import BadPlan, read_plan

    try:
        return read_plan(read_text(source, "plan"))
    except BadPlan as error:
        fail(f"The plan in {source} cannot be read: {error}")


def _stacks(sources: list[str]) -> ManagedByStacks:
    try:
        return managed_by([read_text(source, "exported stack") for source in sources])
    except BadExport as error:
        fail(f"The exported stack {' or '.join(sources)} cannot be used: {error}")
