"""`python -m tests.faults` writes the table of docs/faults.md from a run of every fault."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from pulumi_lumos.emulator.process import EmulatorProcess

from .faults import FAULTS
from .table import PAGE, row, with_table

AT_ONCE = 3


def main() -> None:
    """Run all faults and write the page."""
    with EmulatorProcess() as emulator, ThreadPoolExecutor(AT_ONCE) as pool:
        rows = pool.map(lambda name: row(emulator.url, name), FAULTS)
        lines = []
        for line in rows:
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
            lines.append(line)
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8")


if __name__ == "__main__":
    main()
