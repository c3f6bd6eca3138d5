"""Rows as a table for people, or as tab-separated lines for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_lumos.printable import printable

LONGEST_WORD = 64
"""A word up to this width, such as an id or an address, is never broken over two lines."""
WIDEST_CELL = 200
BETWEEN_COLUMNS = 3


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Print rows: aligned in a terminal, else with a tab between the cells and no header."""
    cleaned = [[printable(cell or "") for cell in row] for row in rows]
    console = Console()
    if not console.is_terminal:
        for row in cleaned:
            typer.echo("\t".join(row))
        return
    columns = [list(column) for column in zip(headers, *cleaned, strict=True)]
    widths = _fitting([*map(_Column, columns)], console.width - BETWEEN_COLUMNS * len(headers))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header, width in zip(headers, widths, strict=True):
        table.add_column(header, overflow="fold", width=width)
    for row in cleaned:
        table.add_row(*(Text(cell) for cell in row))
    # People copy ids out of a table. A terminal that is too narrow wraps a whole line, which is
    # copied as one line; rich would break the id into two lines of its cell.
    console.width = max(console.width, sum(widths) + BETWEEN_COLUMNS * len(headers))
    console.print(table)


class _Column:
    """How wide a column wants to be, and how narrow it can get without breaking a word."""

    def __init__(self, cells: Iterable[str]) -> None:
        lengths = [(cell_len(cell), *map(cell_len, cell.split())) for cell in cells]
        words = [word for _, *words in lengths for word in words if word <= LONGEST_WORD]
        self.width = min(max(whole for whole, *_ in lengths), WIDEST_CELL)
        self.least = max(words, default=1)


def _fitting(columns: Sequence[_Column], room: int) -> list[int]:
    """The widths of the columns, the widest ones made narrower until all have room."""
    while sum(one.width for one in columns) > room:
        shrinking = [one for one in columns if one.width > one.least]
        if not shrinking:
            break
        max(shrinking, key=lambda one: one.width).width -= 1
    return [one.width for one in columns]
