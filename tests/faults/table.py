"""The table of docs/faults.md: how each operation ends under each fault."""

from __future__ import annotations

from ..repository import ROOT
from .faults import FAULTS
from .outcomes import FAILS, OPERATIONS, SUCCEEDS, outcomes

PAGE = ROOT / "docs" / "faults.md"
COMMAND = "python -m tests.faults"
BEGIN, END = "<!-- outcomes: begin -->\n", "<!-- outcomes: end -->"

_WORDS = {(SUCCEEDS,): "succeeds", (FAILS,): "fails", (FAILS, SUCCEEDS): "depends"}


def row(url: str, name: str) -> str:
    """The line of a fault: once, then for as long as the run lasts."""
    cells = []
    for lasting in (False, True):
        ends = outcomes(url, FAULTS[name], lasting=lasting)
        cells += [_WORDS[tuple(sorted(ends[operation]))] for operation in OPERATIONS]
    return f"| {name} | {' | '.join(cells)} |"


def rows(page: str) -> dict[str, str]:
    """The lines of the table on the page, by fault."""
    table = page.partition(BEGIN)[2].partition(END)[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines[1:]}


def ends(line: str) -> dict[str, set[str]]:
    """How each operation may end under a fault that strikes once, as a line of the table says."""
    words = {word: set(ends) for ends, word in _WORDS.items()}
    cells = line.strip("| ").split(" | ")[1:]
    return {operation: words[cells[number]] for number, operation in enumerate(OPERATIONS)}


def with_table(page: str, lines: list[str]) -> str:
    """The page with a new table."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    names = [*OPERATIONS, *(f"{operation}, lasting" for operation in OPERATIONS)]
    head = [f"| Fault | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    return before + BEGIN + "\n".join([*head, *lines]) + "\n" + END + after
