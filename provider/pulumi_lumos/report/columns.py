"""The cells of a row in words: every cell has a word, so a blank never means "none"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pulumi_lumos.printable import printable

from .lengths import in_words
from .model import NOT_READ, Asks, Durations, Group, Members, Row, Unknown, Webhook
from .whole import Report
from .words import (
    FOUND,
    OFFERED,
    asks_cell,
    called,
    decides_cell,
    durations_cell,
    goes_into,
    people_cell,
    rule_words,
)


class Column(NamedTuple):
    """A column: its name in files, its heading for people, and what it has for a row."""

    name: str
    heading: str
    cell: Callable[[Row, Mapping[str, Members]], str]


def cells_of(report: Report, columns: tuple[Column, ...]) -> list[list[str]]:
    """The cells of all rows."""
    groups = {one.id: one for one in report.groups}
    return [cells_of_row(row, columns, groups) for row in report.rows]


def cells_of_row(row: Row, columns: tuple[Column, ...], groups: Mapping[str, Members]) -> list[str]:
    """The cells of one row."""
    return [column.cell(row, groups) for column in columns]


def _joined(parts: list[str], nothing: str) -> str:
    return "; ".join(parts) or nothing


def _longest(row: Row) -> str:
    return row.durations.unknown if isinstance(row.durations, Unknown) else _length(row.durations)


def _length(durations: Durations) -> str:
    return in_words(durations.longest)


def _longest_hours(row: Row) -> str:
    return str(row.durations.longest) if isinstance(row.durations, Durations) else "unknown"


def _risks(row: Row) -> str:
    return _joined([risk.code for risk in row.risks], "none")


def _given(row: Row) -> str:
    whom = {True: "everybody", False: "people of a condition"}
    how = {True: "without approval", False: "with approval"}
    return _joined(
        [f"{whom[one.everybody]} {how[one.approved]} ({printable(one.name)})" for one in row.given],
        "nobody",
    )


def _members(row: Row, groups: Mapping[str, Members]) -> str:
    """The number of members of the groups that ask, decide, or get the people of a grant."""
    named = list(row.asks.groups) if isinstance(row.asks, Asks) else []
    stages = () if isinstance(row.decides, Unknown) else row.decides
    named += [one for stage in stages for one in stage.groups]
    named += [row.into.group] if row.into.group else []
    found = {one.id: one for one in named if isinstance(one, Group)}
    if not found:
        return "no group"
    return "; ".join(
        f"{called(one)}: {groups[one.id].count if one.id in groups else NOT_READ}"
        for one in found.values()
    )


def _webhook(webhook: Webhook | Unknown | None) -> str:
    return called(webhook) if webhook else "nothing"


APP = Column("app", "App", lambda row, _: printable(row.app) or "(no name)")
PERMISSION = Column(
    "permission",
    "Permission",
    lambda row, _: "(the app)" if row.is_app else printable(row.permission) or "(no name)",
)
OFFERED_CELL = Column("offered", "Offered", lambda row, _: OFFERED[row.offered])
FOUND_CELL = Column("found", "Found", lambda row, _: FOUND.get(row.found, row.found))
ASKS = Column("asks", "Who may ask", lambda row, _: asks_cell(row.asks))
DECIDES = Column("decides", "Who decides", lambda row, _: decides_cell(row))
FOR = Column("for", "For how long", lambda row, _: durations_cell(row.durations))
INTO = Column("into", "Into", lambda row, _: goes_into(row.into))
WITHOUT_APPROVAL = Column(
    "without_approval",
    "Without approval",
    lambda row, _: _joined([rule_words(rule) for rule in row.without_approval], "nobody"),
)
GIVEN = Column("given", "Given", lambda row, _: _given(row))
OWN = Column(
    "own", "Its own", lambda row, _: "the app" if row.is_app else _joined(list(row.own), "nothing")
)
RISKS = Column("risks", "Risks", lambda row, _: _risks(row))
ADMINS = Column("admins", "Admins", lambda row, _: people_cell(row.admins))
MANAGED_BY = Column("managed_by", "Managed by", lambda row, _: printable(row.managed_by))

ASKS_COUNTED = ASKS._replace(cell=lambda row, read: asks_cell(row.asks, read))
DECIDES_COUNTED = DECIDES._replace(cell=decides_cell)
INTO_COUNTED = INTO._replace(cell=lambda row, read: goes_into(row.into, read))
"""The same columns with the number of members of each group, where that was read."""

FOR_PEOPLE = (
    APP,
    PERMISSION,
    OFFERED_CELL,
    ASKS_COUNTED,
    DECIDES_COUNTED,
    FOR,
    INTO_COUNTED,
    RISKS,
)
"""The columns for which a terminal has room."""

ALL = (
    Column("key", "Key", lambda row, _: row.key),
    APP,
    PERMISSION,
    Column("kind", "Kind", lambda row, _: row.kind),
    Column("type", "Type", lambda row, _: row.type),
    OFFERED_CELL,
    FOUND_CELL,
    ASKS,
    DECIDES,
    Column(
        "decides_complete",
        "Shown whole",
        lambda row, _: "yes" if row.decides_complete else "no",
    ),
    FOR,
    Column("longest", "At most", lambda row, _: _longest(row)),
    Column("longest_hours", "At most, in hours", lambda row, _: _longest_hours(row)),
    Column(
        "default_duration",
        "Chosen at first",
        lambda row, _: printable(row.default_duration) or "nothing",
    ),
    INTO,
    WITHOUT_APPROVAL,
    GIVEN,
    Column("checked_by", "Checked by", lambda row, _: _webhook(row.checked_by)),
    Column("taken_away_by", "Taken away by", lambda row, _: _webhook(row.taken_away_by)),
    ADMINS,
    OWN,
    RISKS,
    Column("members", "Members", _members),
    MANAGED_BY,
)
"""All columns."""
