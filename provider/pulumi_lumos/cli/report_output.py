"""How `pulumi-lumos report` prints: its formats, its file, and what it says in the end."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import typer

from pulumi_lumos.api.printable import printable, without_tokens
from pulumi_lumos.cli.exit_codes import Exit
from pulumi_lumos.cli.output import fail, print_table, say
from pulumi_lumos.cli.report_verdict import Found
from pulumi_lumos.report.as_csv import as_csv
from pulumi_lumos.report.columns import FOR_PEOPLE, cells_of
from pulumi_lumos.report.encoding import report_as_json
from pulumi_lumos.report.markdown import as_markdown, headline
from pulumi_lumos.report.sentences import sentences_of, subject_of
from pulumi_lumos.report.whole import Comparison, Report
from pulumi_lumos.report.words import plural


class Format(str, Enum):
    """How a report is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    html = "html"


class Layout(NamedTuple):
    """What the options say of single formats."""

    stack: str = ""
    max_bytes: int = 60_000
    for_review: bool = False
    excel: bool = False


VERDICTS = {
    "WIDER": "More",
    "MAYBE": "Cannot be told",
    "NARROWER": "Less",
    "TOLD": "Other",
}


def chosen_format(format: Format | None, flags: Mapping[str, bool]) -> Format:
    """The format that is asked for, by name or by its own flag; two of them end the command."""
    chosen = {Format(name) for name, given in flags.items() if given}
    chosen |= {format} if format else set()
    if len(chosen) > 1:
        names = " and ".join(sorted(one.value for one in chosen))
        fail(f"{names} are {len(chosen)} formats; give one.", Exit.MISUSE)
    return chosen.pop() if chosen else Format.table


def deliver(report: Report, format: Format, out: Path | None, layout: Layout) -> None:
    """Print the report, or write it to a file, whole or not at all."""
    if format is Format.table:
        if out:
            fail("--out is for json, csv, markdown and html.", Exit.MISUSE)
        _print(report)
    elif out:
        _write(out, _text(report, format, layout))
    else:
        typer.echo(_text(report, format, layout), nl=False)


def _text(report: Report, format: Format, layout: Layout) -> str:
    if format is Format.json:
        text = json.dumps(report_as_json(report), indent=2).replace("\x7f", "\\u007f")
        return f"{without_tokens(text)}\n"
    if format is Format.csv:
        return as_csv(report, for_review=layout.for_review, excel=layout.excel)
    if format is Format.markdown:
        return as_markdown(report, layout.stack, layout.max_bytes)
    from pulumi_lumos.report.html import as_html  # Jinja2 takes a while, and one format needs it.

    return as_html(report)


def _write(out: Path, text: str) -> None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=out.parent, prefix=".report", delete=False, encoding="utf-8", newline=""
        ) as unfinished:
            unfinished.write(text)
        # A temporary file is its owner's alone; the report is like any file that a command writes.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(unfinished.name, 0o666 & ~mask)
        os.replace(unfinished.name, out)
    except OSError as error:
        fail(f"The file {out} cannot be written: {error.strerror}.")


def _print(report: Report) -> None:
    if report.comparison:
        _print_comparison(report, report.comparison)
        return
    headings = tuple(column.heading for column in FOR_PEOPLE)
    print_table(headings, cells_of(report, FOR_PEOPLE))
    header = report.header
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
    say(f"{headline(comparison)}.")
    sentences = sentences_of(comparison.changes, report.rows)
    for verdict, title in VERDICTS.items():
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


def tell(found: Found) -> None:
    """Say on standard error what the gates and policies stop, and how allowances were used."""
    for line in found.lines:
        typer.echo(printable(line), err=True)
