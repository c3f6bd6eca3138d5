"""The report as CSV (RFC 4180), in which no spreadsheet finds a formula."""

from __future__ import annotations

import csv
from io import StringIO

from pulumi_lumos.printable import printable

from .columns import ALL, cells_of
from .whole import NewRisk, OfferChange, Report

REVIEW = ("reviewer", "reviewed_on", "decision", "comment")
"""The empty columns that a reviewer fills in."""
OF_THE_FILE = ("tenant", "taken_at", "rows_total")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The characters that begin a formula (OWASP, CSV Injection), also in full-width form."""
BYTE_ORDER_MARK = "\ufeff"


def as_csv(report: Report, *, for_review: bool = False, excel: bool = False) -> str:
    """The rows, or the changes of a comparison.

    Each line has the tenant, the time and the number of lines, because people copy lines apart.
    """
    names, lines = _changes(report) if report.comparison else _rows(report)
    header = report.header
    same = [printable(header.tenant), header.taken_at, str(len(lines))]
    blank = [""] * len(REVIEW) if for_review else []
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*names, *OF_THE_FILE, *(REVIEW if for_review else ())])
    for cells in lines:
        writer.writerow([*(harmless(cell) for cell in [*cells, *same]), *blank])
    return (BYTE_ORDER_MARK if excel else "") + text.getvalue()


def _rows(report: Report) -> tuple[list[str], list[list[str]]]:
    return [column.name for column in ALL], cells_of(report, ALL)


def _changes(report: Report) -> tuple[list[str], list[list[str]]]:
    """The changes for people, and the new risks: a line for each, and a word in every cell."""
    names = ["verdict", "aspect", "key", "app", "permission", "what", "before"]
    compared = report.comparison
    changes = compared.changes if compared else ()
    risks = compared.new_risks if compared else ()
    lines = [
        [one.verdict, one.aspect, *_offer(one), one.what, one.before or "nothing to say"]
        for one in changes
    ]
    lines += [["NEW RISK", one.code, *_offer(one), one.why, "no risk"] for one in risks]
    return names, [[printable(cell) for cell in line] for line in lines]


def _offer(one: OfferChange | NewRisk) -> tuple[str, str, str]:
    return one.key, one.app or "not known", one.permission or "(the app)"


def harmless(cell: str) -> str:
    """A cell that no spreadsheet computes: `'` comes before the start of a formula."""
    if cell.lstrip(" \u00a0").startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and cell[-1:].isdigit()
