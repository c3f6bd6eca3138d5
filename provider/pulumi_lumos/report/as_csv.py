"""The report as CSV (RFC 4180) that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from .columns import ALL, cells_of
from .whole import Report

REVIEW = ("reviewer", "reviewed_on", "decision", "comment")
"""The empty columns that a reviewer fills in."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula (OWASP, CSV Injection), also in its full-width form."""
BYTE_ORDER_MARK = "\ufeff"


def as_csv(report: Report, *, for_review: bool = False, excel: bool = False) -> str:
    """The rows, each with what tells a copied file apart: tenant, time and the number of rows."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_headings(for_review))
    writer.writerows(_rows(report, for_review))
    return (BYTE_ORDER_MARK if excel else "") + text.getvalue()


def _headings(for_review: bool) -> list[str]:
    names = [column.name for column in ALL]
    return [*names, "tenant", "taken_at", "rows_total", *(REVIEW if for_review else ())]


def _rows(report: Report, for_review: bool) -> Iterator[list[str]]:
    header = report.header
    same = [header.tenant, header.taken_at, str(len(report.rows))]
    for cells in cells_of(report, ALL):
        blank = [""] * len(REVIEW) if for_review else []
        yield [*(harmless(cell) for cell in [*cells, *same]), *blank]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet computes: `'` stands before what would begin a formula."""
    if cell.lstrip(" \u00a0").startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and cell[-1:].isdigit()
