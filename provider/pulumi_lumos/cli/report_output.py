"""How `pulumi-lumos report` prints: its formats, its file, and what it says in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import typer

from pulumi_lumos.plurals import plural
from pulumi_lumos.printable import printable
from pulumi_lumos.report.as_csv import as_csv
from pulumi_lumos.report.columns import FOR_PEOPLE, MANAGED_BY, cells_of
from pulumi_lumos.report.counting import TITLES
from pulumi_lumos.report.encoding import json_of
from pulumi_lumos.report.markdown import MAX_BYTES, as_markdown, headline
from pulumi_lumos.report.model import NOT_READ
from pulumi_lumos.report.sentences import sentences_of, subject_of
from pulumi_lumos.report.whole import Comparison, Report
from pulumi_lumos.whole_file import write_whole

from .exit_codes import Exit
from .output import fail, say
from .report_verdict import JudgedReport
from .table import print_table


class Format(str, Enum):
    """How a report is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    html = "html"


class Layout(NamedTuple):
    """The options that belong to some formats alone."""

    out: Path | None = None
    stack: str = ""
    max_bytes: int = MAX_BYTES
    for_review: bool = False
    excel: bool = False

    def refuse_what_does_nothing(self, format: Format) -> None:
        """End the command where an option is for another format than the one that is asked for."""
        if self.out and format is Format.table:
            fail("--out is for json, csv, markdown and html.", Exit.MISUSE)
        given = {
            "--stack": (self.stack, Format.markdown),
            "--max-bytes": (self.max_bytes != MAX_BYTES, Format.markdown),
            "--for-review": (self.for_review, Format.csv),
            "--excel": (self.excel, Format.csv),
        }
        for name, (is_given, desired) in given.items():
            if is_given and format is not desired:
                fail(f"{name} is for --{desired.value}.", Exit.MISUSE)


def chosen_format(format: Format | None, flags: Mapping[str, bool]) -> Format:
    """The format that is asked for, by name or by its own flag; two of them end the command."""
    chosen = {Format(name) for name, given in flags.items() if given}
    chosen |= {format} if format else set()
    if len(chosen) > 1:
        names = " and ".join(sorted(one.value for one in chosen))
        fail(f"{names} are {len(chosen)} formats; give one.", Exit.MISUSE)
    return chosen.pop() if chosen else Format.table


def deliver(report: Report, format: Format, layout: Layout) -> None:
    """Print the report, or write it to a file, whole or not at all."""
    if format is Format.table:
        _print(report)
    elif layout.out:
        try:
            write_whole(layout.out, _texts(report, format, layout))
        except OSError as error:
            fail(f"The file {layout.out} cannot be written: {error.strerror}.")
    else:
        for text in _texts(report, format, layout):
            typer.echo(text, nl=False)


def _texts(report: Report, format: Format, layout: Layout) -> Iterator[str]:
    """What is printed, piece by piece."""
    if format is Format.json:
        yield from json_of(report)
    elif format is Format.csv:
        yield as_csv(report, for_review=layout.for_review, excel=layout.excel)
    elif format is Format.markdown:
        yield as_markdown(report, layout.stack, layout.max_bytes)
    else:
        from pulumi_lumos.report.html import as_html  # Only this format needs Jinja2.

        yield as_html(report)


def _print(report: Report) -> None:
    if report.comparison:
        _print_comparison(report, report.comparison)
        return
    header = report.header
    is_managed = any(row.managed_by != NOT_READ for row in report.rows)
    columns = (*FOR_PEOPLE, MANAGED_BY) if is_managed else FOR_PEOPLE
    print_table([column.heading for column in columns], cells_of(report, columns))
    say(
        f"{plural(header.offers, 'offer')} of {plural(header.apps, 'app')} ({header.scope}); "
        f"{plural(header.permissions, 'permission')}, and {header.permissions_outside:,} of apps "
        "that are not in the AppStore."
    )
    if header.inherits_otherwise:
        say(
            "Lumos inherits otherwise than documented in "
            f"{plural(header.inherits_otherwise, 'permission')}; the report shows what it answers."
        )


def _print_comparison(report: Report, comparison: Comparison) -> None:
    say(f"{headline(comparison)}{f' ({comparison.scope})' if comparison.scope else ''}.")
    sentences = sentences_of(comparison.changes, report.rows)
    for verdict, title in TITLES.items():
        here = [one for one in sentences if one.verdict == verdict]
        if here:
            say(f"{title}:")
        for one in here:
            typer.echo(f"  {printable(one.text)}")
    if comparison.new_risks:
        say("New risks:")
    for risk in comparison.new_risks:
        name = subject_of(risk)
        typer.echo(f"  {printable(f'{name}: {risk.why} ({risk.code}, {risk.level})')}")


def tell(found: JudgedReport) -> None:
    """Say on standard error what the gates and policies stop, and how allowances were used."""
    for line in found.lines:
        typer.echo(printable(line), err=True)
