"""What makes `pulumi-lumos report` end with 1: its gates, its allowances and its policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from pulumi_lumos.policies.in_programs import finding as in_a_line
from pulumi_lumos.policies.policy import Policy, broken_in
from pulumi_lumos.report.gate import BadGate, Gate, Judged, allowances_of, aspect_of, gate_of, judge
from pulumi_lumos.report.model import Row
from pulumi_lumos.report.narrowing import keys_of, narrowed
from pulumi_lumos.report.sentences import subject_of
from pulumi_lumos.report.whole import Allowance, Broken, Report

from .exit_codes import Exit
from .files import read_text
from .output import fail
from .report_files import read_policies
from .report_sources import Sourced


@dataclass(frozen=True)
class Judging:
    """The gates, allowances and policies of the command line."""

    gates: tuple[Gate, ...]
    allowances: tuple[Allowance, ...]
    policies: tuple[Policy, ...]

    @classmethod
    def read(cls, gates: Sequence[str], allow: str | None, policies: Sequence[str]) -> Judging:
        """Read them; what cannot be read ends the command."""
        if allow and not gates:
            fail("--allow goes with --fail-on.", Exit.MISUSE)
        try:
            read = tuple(gate_of(text) for text in gates)
        except BadGate as error:
            fail(f"--fail-on: {error}", Exit.MISUSE)
        today = datetime.now(timezone.utc).date()
        try:
            allowed = allowances_of(read_text(allow, "allowances"), today) if allow else []
        except BadGate as error:
            fail(f"The allowances in {allow} cannot be read: {error}")
        found = [one for file in policies for one in read_policies(file)]
        return cls(read, tuple(allowed), tuple(found))


@dataclass(frozen=True)
class JudgedReport:
    """The report with what is wrong, and the lines that say why the command fails."""

    report: Report
    lines: tuple[str, ...]
    stops: bool

    @property
    def is_silent(self) -> bool:
        """Whether nothing changes for people, and nothing is wrong."""
        compared = self.report.comparison
        return bool(compared and not (compared.changes or compared.new_risks or self.stops))


def judged(sourced: Sourced, judging: Judging, only: Sequence[str] = ()) -> JudgedReport:
    """Hold a report against the gates and policies; with `only`, the offers that fit a pattern.

    Policies see all rows, for an offer may be judged by another one.
    """
    report = sourced.report
    ids = tuple(one.id for one in judging.policies)
    report = replace(report, policies=ids, broken=tuple(broken_in(report, judging.policies)))
    if only:
        report = _narrowed(report, sourced.before, only)
    result = Judged()
    if report.comparison:
        result = judge(report.comparison, judging.gates, judging.allowances)
    stops = result.stops or any(one.mandatory for one in report.broken)
    found = replace(report, allowances=result.allowances)
    return JudgedReport(found, tuple(_lines(result, report.broken)), stops)


def _narrowed(report: Report, before: Sequence[Row], only: Sequence[str]) -> Report:
    keys = keys_of(before, report.rows, only)
    if not keys:
        fail(f"No offer fits --only {' or '.join(only)}.", Exit.FOUND)
    return narrowed(report, only, keys)


def _lines(result: Judged, broken: Sequence[Broken]) -> Iterator[str]:
    for change in result.changes:
        yield f"{change.verdict} {subject_of(change)}: {change.what} [{change.key} {change.aspect}]"
    for risk in result.risks:
        name = subject_of(risk)
        yield f"NEW RISK {name}: {risk.why} [{risk.key} {aspect_of(risk)}]"
    for one in result.allowances:
        yield f"Allowance {one.state}: {one.key} {one.aspect} until={one.until} {one.reason}"
    for finding in broken:
        level = "POLICY" if finding.mandatory else "ADVICE"
        yield f"{level} {in_a_line(finding)}"
