"""The report as one page that needs no network: readable without scripts, and quick with them.

A table of 10,000 rows takes seconds to lay out, and `content-visibility`, by which a browser skips
what is out of sight, does nothing for rows. So each app is a section with a small table of its own.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from pulumi_lumos.plurals import plural
from pulumi_lumos.printable import printable

from . import columns
from .counting import TITLES, VERDICTS, counted
from .markdown import headline
from .model import NOT_READ, Durations, Group, Members, Row
from .risks import LEVELS
from .sentences import sentences_of, subject_of
from .whole import Comparison, Report
from .words import offer, shorten

COLUMNS = (
    columns.OFFERED_CELL,
    columns.ASKS_COUNTED,
    columns.DECIDES_COUNTED,
    columns.FOR,
    columns.INTO_COUNTED,
    columns.WITHOUT_APPROVAL,
    columns.Column("risks", "Risks", lambda row, _: _risks(row)),
)
SHAPES = {"high": "▲", "medium": "◆", "low": "●"}


class Line(NamedTuple):
    """A row of a table: its name, its cells, and the values that the page's filters read."""

    name: str
    cells: list[str]
    offered: bool
    hours: str


class Section(NamedTuple):
    """An app with its rows."""

    id: str
    name: str
    facts: str
    worst: int
    lines: list[Line]


def as_html(report: Report) -> str:
    """The whole page."""
    style, script = _text("page.css"), _text("page.js")
    page: str = _template().render(
        report=report,
        header=report.header,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=_content_security(style, script),
        columns=COLUMNS,
        sections=list(_sections(report)),
        risks=_risk_counts(report),
        groups=list(_by_group(report)),
        comparison=_comparison(report, report.comparison) if report.comparison else None,
        total=plural(len(report.rows), "row"),
        shapes=SHAPES,
        plural=plural,
    )
    return page


@cache
def _template() -> Any:
    loader = PackageLoader("pulumi_lumos.report", "page")
    environment = Environment(
        loader=loader,
        autoescape=select_autoescape(default=True),
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["subject"] = subject_of
    return environment.get_template("page.html.j2")


def _cleaned(value: Any) -> Any:
    """What the page prints of a value: every text cleaned, but for our own style and script."""
    return printable(value) if type(value) is str else value


@cache
def _text(name: str) -> str:
    return (files("pulumi_lumos.report") / "page" / name).read_text(encoding="utf-8")


def _content_security(style: str, script: str) -> str:
    """The content security policy: the page may use its own script and style, by their digests."""
    return f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _sections(report: Report) -> Iterator[Section]:
    groups = {one.id: one for one in report.groups}
    for number, (_, found) in enumerate(groupby(report.rows, key=lambda row: row.app_id)):
        rows = list(found)
        levels = list(LEVELS)
        worst = min((levels.index(r.code) for row in rows for r in row.risks), default=len(levels))
        yield Section(
            id=f"app-{number}",
            name=shorten(rows[0].app),
            facts=_facts(rows[0], groups),
            worst=worst,
            lines=[_line(row, groups) for row in rows],
        )


def _risks(row: Row) -> str:
    """The risks with their reasons, as one text: elements of their own would slow a large page."""
    texts = [f"{SHAPES[risk.level]} {risk.code}: {risk.why}" for risk in row.risks]
    return ". ".join(texts) or "none"


def _facts(app: Row, groups: Mapping[str, Members]) -> str:
    """The facts about an app as a whole, in one line."""
    found = columns.FOUND_CELL.cell(app, groups)
    admins = columns.cells_of_row(app, (columns.ADMINS, columns.GIVEN), groups)
    return f"Found {found}. Admins: {admins[0]}. Given without asking: {admins[1]}."


def _line(row: Row, groups: Mapping[str, Members]) -> Line:
    return Line(
        name=_name(row, groups),
        cells=columns.cells_of_row(row, COLUMNS, groups),
        offered=row.is_there,
        hours=str(row.durations.longest) if isinstance(row.durations, Durations) else "unknown",
    )


def _name(row: Row, groups: Mapping[str, Members]) -> str:
    """The name of a row, and the stack that manages it if that was asked."""
    name = columns.PERMISSION.cell(row, groups)
    if row.managed_by == NOT_READ:
        return name
    return f"{name} (managed by {columns.MANAGED_BY.cell(row, groups)})"


def _risk_counts(report: Report) -> list[tuple[str, str, str, int]]:
    count = Counter(risk.code for row in report.rows for risk in row.risks)
    return [
        (SHAPES[level], code, level, count[code]) for code, level in LEVELS.items() if count[code]
    ]


def _by_group(report: Report) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
    """Each provisioning group with all ways into it, side by side."""
    ways: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in report.rows:
        if row.is_offered and isinstance(row.into.group, Group):
            ways[shorten(row.into.group.name), row.into.group.id].append(row)
    read = {one.id: one for one in report.groups}
    for (name, _), rows in sorted(ways.items(), key=lambda item: item[0][0].casefold()):
        yield name, [_way(row, read) for row in rows]


def _way(row: Row, read: Mapping[str, Members]) -> tuple[str, str, str, str]:
    shown = (columns.ASKS_COUNTED, columns.DECIDES_COUNTED, columns.FOR)
    asks, decides, lasts = columns.cells_of_row(row, shown, read)
    return offer(row), asks, decides, lasts


def _comparison(report: Report, comparison: Comparison) -> dict[str, Any]:
    sentences = sentences_of(comparison.changes, report.rows)
    return {
        "headline": headline(comparison),
        "of": comparison.before_of,
        "taken_at": comparison.before_taken_at,
        "unchanged": plural(comparison.unchanged, "offer"),
        "scope": comparison.scope,
        "table": counted(comparison),
        "parts": [
            (TITLES[verdict], [(one.subject, one.text[len(one.subject) :]) for one in here])
            for verdict in VERDICTS
            if (here := [one for one in sentences if one.verdict == verdict])
        ],
        "new_risks": [
            (SHAPES[one.level], subject_of(one), one.why, one.code) for one in comparison.new_risks
        ],
    }
