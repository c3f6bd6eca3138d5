"""`python -m tools.demo`: a tour with a real Pulumi engine and a local Lumos.

All it makes lies in a temporary folder, and all it starts ends with it.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from pathlib import Path

import httpx
from pulumi_lumos.emulator.process import EmulatorNotReadyError, EmulatorProcess
from rich.console import Console

from .company import Company
from .engine import Engine, StepFailedError
from .story import Story

QUICKSTART = Path(__file__).parents[2] / "examples" / "quickstart"
ACCESS_TOKEN = "lsk_demo"  # opens a tenant of the emulator, and nothing else anywhere


def main() -> int:
    """Tell the story; return the exit code."""
    # A termination unwinds like Ctrl-C, so that nothing stays behind.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    console = Console(width=100, highlight=False)
    try:
        with tempfile.TemporaryDirectory(prefix="pulumi-lumos-demo-") as folder:
            demonstrate(Path(folder), console)
    except (StepFailedError, EmulatorNotReadyError, httpx.HTTPError) as problem:
        print(f"demo: failed. {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("demo: interrupted.", file=sys.stderr)
        return 128 + signal.SIGINT
    return 0


def demonstrate(folder: Path, console: Console) -> None:
    """Run the quickstart, copied into a folder, against an emulator of its own."""
    project = folder / "quickstart"
    shutil.copytree(QUICKSTART, project, ignore=shutil.ignore_patterns("__pycache__"))
    with EmulatorProcess() as emulator, Company(emulator.url, ACCESS_TOKEN) as company:
        console.print(f"A local Lumos with a small company in it runs at {emulator.url}.")
        engine = Engine(project, folder, emulator.url, ACCESS_TOKEN)
        Story(project / "__main__.py", engine, company, console).tell()


if __name__ == "__main__":
    sys.exit(main())
