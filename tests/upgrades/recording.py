"""Stacks as a release of this package has left them: program, state, and what Lumos held.

`python -m tests.upgrades VERSION` records those of the present code, once, at its release. What
has been recorded is never changed: people's stacks do not change either.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

RELEASES = Path(__file__).parent / "releases"


class Recording(NamedTuple):
    """What one release has left behind."""

    version: str

    @property
    def folder(self) -> Path:
        return RELEASES / self.version

    @property
    def program(self) -> str:
        """The program, without its imports."""
        return (self.folder / "program.py.txt").read_text(encoding="utf-8")

    @property
    def state(self) -> Path:
        """What `pulumi stack export` has printed."""
        return self.folder / "state.json"

    @property
    def tenant(self) -> Path:
        """What Lumos held, as a seed of the emulator."""
        return self.folder / "tenant.json"

    @property
    def kinds(self) -> set[str]:
        """The kinds of resources in the state."""
        resources = json.loads(self.state.read_text(encoding="utf-8"))["deployment"]["resources"]
        types = (resource["type"] for resource in resources)
        return {type.rpartition(":")[2] for type in types if "lumos:" in type}


def recordings() -> list[Recording]:
    """Those of every release, the oldest first."""
    return [Recording(folder.name) for folder in sorted(RELEASES.iterdir())]
