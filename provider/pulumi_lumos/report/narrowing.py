"""Narrows a report to the offers that fit some patterns, and their apps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from .building import digest_of
from .comparison import pairs_of
from .model import Group, Row
from .whole import Comparison, Report


def keys_of(before: Sequence[Row], after: Sequence[Row], patterns: Sequence[str]) -> frozenset[str]:
    """The keys of the offers that fit a pattern, before or after, and of their apps.

    An app decides for its permissions too.
    """
    offers = ([row for row in pair if row] for pair in pairs_of(before, after))
    fitting = [rows for rows in offers if any(_fits(row, patterns) for row in rows)]
    return frozenset(key for rows in fitting for row in rows for key in (row.key, row.app_id))


def narrowed(report: Report, patterns: Sequence[str], keys: frozenset[str]) -> Report:
    """The report with only the rows of these keys; the counts and the digest are theirs."""
    rows = tuple(row for row in report.rows if row.key in keys)
    header = replace(
        report.header,
        scope=f"{report.header.scope}, only {', '.join(patterns)}",
        only=tuple(patterns),
        apps=len({row.app_id for row in rows}),
        offers=sum(row.is_there for row in rows),
        permissions=sum(not row.is_app for row in rows),
        digest=digest_of(rows),
    )
    compared = report.comparison
    return replace(
        report,
        header=header,
        rows=rows,
        comparison=_narrowed(compared, rows, keys, header.scope) if compared else None,
        broken=tuple(one for one in report.broken if one.key in keys),
    )


def _narrowed(
    compared: Comparison, rows: Sequence[Row], keys: frozenset[str], scope: str
) -> Comparison:
    changed = {change.key for change in compared.changes}
    return replace(
        compared,
        unchanged=sum(row.is_there and row.key not in changed for row in rows),
        # A change that cannot be told names no app, so it may concern one that fits.
        changes=tuple(one for one in compared.changes if one.key in keys or not one.app_id),
        new_risks=tuple(one for one in compared.new_risks if one.key in keys),
        scope=scope,
    )


def _fits(row: Row, patterns: Sequence[str]) -> bool:
    """Whether a pattern fits the app, the permission, both, or the group of a row."""
    group = row.into.group
    names = [row.app, row.permission, f"{row.app} · {row.permission}"]
    names += [group.name] if isinstance(group, Group) else []
    return any(
        fnmatchcase(name.casefold(), pattern.casefold()) for name in names for pattern in patterns
    )
