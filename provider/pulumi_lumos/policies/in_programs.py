"""Policies in a program: a warning or an error in the preview, of Lumos as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pulumi_lumos.errors import LumosError
from pulumi_lumos.report import members
from pulumi_lumos.report.building import report_of
from pulumi_lumos.report.encoding import report_from_json
from pulumi_lumos.report.reading import Reader, read
from pulumi_lumos.report.rows import rows_of
from pulumi_lumos.report.sentences import subject_of
from pulumi_lumos.report.whole import Broken, Report

from .policy import Policy, broken_in

if TYPE_CHECKING:
    from pulumi_lumos.config import Settings

NAMED_AT_MOST = 20
"""The most findings that a warning or error names."""


def check(
    policies: Sequence[Policy], *, app_ids: Sequence[str] = (), read_members: bool = False
) -> tuple[Broken, ...]:
    """Check policies against Lumos as it is now; return what breaks them.

    A mandatory policy that is broken, or that cannot be judged, stops the program; an advisory
    one is a warning. `app_ids` checks only those apps; `read_members` reads who is in each group,
    which some policies need. `pulumi-lumos report --plan` checks what a program is about to
    change, before `up` does it.
    """
    from pulumi_lumos.hosts.texts import text, warn
    from pulumi_lumos.program.function import FunctionCall, FunctionFailed, function
    from pulumi_lumos.program.run import client_of_run

    def ask(settings: Settings) -> Report | None:
        return _report(Reader(client_of_run(settings), settings.server_url), app_ids, read_members)

    report = function(
        "check_policies",
        {"policies": [str(getattr(one, "id", one)) for one in policies], "app_ids": list(app_ids)},
        FunctionCall.now(),
        check=lambda: _refuse_what_is_no_policy(policies),
        ask=ask,
        understand=_mocked,
    )
    if report is None:
        return ()
    found = tuple(broken_in(report, policies))
    if advice := [one for one in found if not one.mandatory]:
        warn(*_lines("Policies advise otherwise:", advice))
    if mandatory := [one for one in found if one.mandatory]:
        raise FunctionFailed(text(*_lines("Policies are broken:", mandatory)))
    return found


def _refuse_what_is_no_policy(policies: object) -> None:
    given = policies if isinstance(policies, (list, tuple)) else [policies]
    if wrong := [one for one in given if not isinstance(one, Policy)]:
        raise LumosError(
            "this takes a list of policies, such as [lumos.policies.somebody_decides()], and not "
            f"{wrong[0]!r}. A file of policies is for `pulumi-lumos report --policy`."
        )


def _report(reader: Reader, app_ids: Sequence[str], with_members: bool) -> Report | None:
    population = read(reader, app_ids)
    groups = {}
    if with_members:
        rows = rows_of(population)
        groups = members.read_members(reader, rows, "names", lambda items, _count: items)
    return report_of(population, groups, members="names" if with_members else "not read")


def _mocked(answer: dict[str, Any]) -> Report | None:
    """The answer of a test's mocks: a kept report, or nothing to check."""
    return report_from_json(answer) if "report" in answer else None


def _lines(what: str, found: Sequence[Broken]) -> list[str]:
    lines = [finding(one) for one in found[:NAMED_AT_MOST]]
    if left_out := len(found) - len(lines):
        lines.append(f"and {left_out} more, which `pulumi-lumos report --policy` lists")
    return [what, *lines]


def finding(one: Broken) -> str:
    """One finding in a line."""
    why = f" Cannot be told: {one.cannot_tell}." if one.cannot_tell else ""
    return f"{subject_of(one)}: {one.sentence}.{why} ({one.policy})"
