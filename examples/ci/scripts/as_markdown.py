"""Writes what `pulumi preview` printed as a comment that GitHub and GitLab take.

as_markdown.py STATUS ACCESS <PRINTED >COMMENT. The comment begins with a line that no reader sees,
by which comment.py finds it again. What people need most comes first: what the change means for who
may ask for what (the file ACCESS), then how much changes, then errors and warnings, then the
changes themselves. Lines that do not fit are left out and counted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

MOST_CHARACTERS = 65_536
"""GitHub refuses a longer comment. It counts characters: as many of four bytes each are taken."""
ROOM_FOR_NOTES = 1_000
SUMMARY, DIAGNOSTICS, CHANGES = "Resources:", "Diagnostics:", ""
"""The sections by the headings that Pulumi gives them, the most important one first."""


def sections(printed: str) -> dict[str, list[str]]:
    """The lines of each section, with its heading."""
    found: dict[str, list[str]] = {SUMMARY: [], DIAGNOSTICS: [], CHANGES: []}
    now = CHANGES
    for line in printed.splitlines():
        if line in found:
            now = line or now
        elif line.startswith(("error: ", "warning: ")):
            now = DIAGNOSTICS
        elif not line.startswith(" "):
            now = CHANGES
        found[now].append(line)
    return found


def as_code(lines: list[str], room: int) -> str:
    """Lines as Markdown that shows them as they are, as many as there is room for."""
    text = ""
    for shown, line in enumerate(lines):
        # Four spaces make code of a line, whatever it holds, if an empty line comes first.
        if len(text) + len(line) + 6 > room:
            return f"{text}\n{len(lines) - shown:,} more lines are in {log()}.\n"
        text += f"    {line}\n" if text else f"\n    {line}\n"
    return text


def log() -> str:
    """Where all that was printed is, as Markdown."""
    run, job = os.environ.get("GITHUB_RUN_ID"), os.environ.get("CI_JOB_URL")
    if run:
        server, repository = os.environ["GITHUB_SERVER_URL"], os.environ["GITHUB_REPOSITORY"]
        job = f"{server}/{repository}/actions/runs/{run}"
    return f"[the log]({job})" if job else "the log"


def comment(printed: str, stack: str, *, failed: bool, access: str = "") -> str:
    """The whole comment; `access` is the report of who may ask for what, as Markdown."""
    outcome = " failed" if failed else ""
    # The report begins with a line of its own by which it could be found.
    lead = "".join(line for line in access.splitlines(True) if not line.startswith("<!--"))
    lead += "\n" if lead else ""
    text = f"<!-- preview of {stack} -->\n{lead}### Preview of `{stack}`{outcome}\n"
    for lines in sections(printed).values():
        text += as_code(lines, MOST_CHARACTERS - ROOM_FOR_NOTES - len(text))
    return text


if __name__ == "__main__":
    printed = sys.stdin.buffer.read().decode("utf-8", "replace")
    status, access = sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8")
    text = comment(printed, os.environ["STACK"], failed=status != "0", access=access)
    sys.stdout.buffer.write(text.encode("utf-8"))
