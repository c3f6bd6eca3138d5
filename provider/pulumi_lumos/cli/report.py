"""`pulumi-lumos report`: who may ask for what, who decides, for how long, into which group."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pulumi_lumos.report.markdown import LEAST_BYTES, MAX_BYTES

from .exit_codes import Exit
from .report_output import Format, Layout, chosen_format, deliver, tell
from .report_sources import Asked, report_for
from .report_verdict import Judging, judged

Formats = Annotated[
    Format | None,
    typer.Option(
        "--format",
        metavar="|".join(Format),
        help="The format to print; --json, --csv, --markdown and --html are short for it.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, which holds everything.")]
Csv = Annotated[
    bool,
    typer.Option(
        "--csv",
        help="Print CSV with one line per offer, or one line per change for a comparison.",
    ),
]
Markdown = Annotated[
    bool, typer.Option("--markdown", help="Print the comparison as the comment of a pull request.")
]
Html = Annotated[bool, typer.Option("--html", help="Print one page that needs no network.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead.")
]
Apps = Annotated[
    list[str] | None,
    typer.Option("--app", metavar="APP", help="Only this app, by name or id; may be repeated."),
]
Kept = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="FILE", help="Print a report kept as JSON, without asking Lumos."
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="PATTERN",
        help="Only offers whose app, permission or group fits, such as '*prod*'; may be repeated.",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="BEFORE",
        help="Print what has changed for people since BEFORE: a report kept as JSON, or live.",
    ),
]
Plan = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="FILE",
        help="Print what a plan would change: the output of pulumi preview --refresh --json; "
        "- reads standard input, as for the other files.",
    ),
]
Members = Annotated[
    str | None,
    typer.Option(
        "--members",
        metavar="counts|names",
        help="Read how many members each group has, or also who they are, so that more "
        "comparisons can be decided.",
    ),
]
StackExport = Annotated[
    list[str] | None,
    typer.Option(
        "--stack-export",
        metavar="FILE",
        help="Only the apps of this stack, with what it manages; the output of pulumi stack "
        "export; may be repeated.",
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="GATE",
        help="Exit 1 for widening, proven-widening (each also for some aspects, as "
        "widening:asks,for) or risk:CODE; may be repeated.",
    ),
]
Allow = Annotated[
    str | None,
    typer.Option(
        "--allow",
        metavar="FILE",
        help="The changes that the gates let pass, until when, and why.",
    ),
]
Policy = Annotated[
    list[str] | None,
    typer.Option("--policy", metavar="FILE", help="Check policies; may be repeated."),
]
MaxBytes = Annotated[
    int,
    typer.Option(
        "--max-bytes",
        metavar="N",
        min=LEAST_BYTES,
        help=f"How long the Markdown may be, in bytes, {LEAST_BYTES} at least.",
    ),
]
Title = Annotated[
    str, typer.Option("--stack", metavar="NAME", help="What the Markdown calls the stack.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Print nothing where nothing changes for people.")
]
ForReview = Annotated[
    bool, typer.Option("--for-review", help="Add empty columns for a reviewer to the CSV.")
]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel",
        help="Begin the CSV with a byte order mark, so that Excel reads it as UTF-8.",
    ),
]


def report(
    format: Formats = None,
    json: Json = False,
    csv: Csv = False,
    markdown: Markdown = False,
    html: Html = False,
    out: Out = None,
    app: Apps = None,
    only: Only = None,
    against: Against = None,
    plan: Plan = None,
    kept: Kept = None,
    members: Members = None,
    stack_export: StackExport = None,
    fail_on: FailOn = None,
    allow: Allow = None,
    policy: Policy = None,
    max_bytes: MaxBytes = MAX_BYTES,
    stack: Title = "",
    quiet: Quiet = False,
    for_review: ForReview = False,
    excel: Excel = False,
) -> None:
    """Report who may ask for what, and what a change does to people; Lumos is only read."""
    flags = {"json": json, "csv": csv, "markdown": markdown, "html": html}
    chosen = chosen_format(format, flags)
    asked = Asked(app or [], against, plan, kept, members, stack_export or [], only or [])
    asked.refuse_contradictions()
    layout = Layout(out, stack, max_bytes, for_review, excel)
    layout.refuse_what_does_nothing(chosen)
    judging = Judging.read(fail_on or [], allow, policy or [])
    if chosen is Format.markdown or fail_on or quiet:
        asked.refuse_a_report_alone("--markdown, --fail-on and --quiet")
    found = judged(report_for(asked), judging, asked.only)
    if not (quiet and found.is_silent):
        deliver(found.report, chosen, layout)
    tell(found)
    raise typer.Exit(Exit.FOUND if found.stops else Exit.WELL)
