"""What this project keeps in the user's cache, so that clones share it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def folder() -> Path:
    """Where this project keeps what clones share (XDG base directories)."""
    configured = Path(os.environ.get("XDG_CACHE_HOME", ""))
    base = configured if configured.is_absolute() else Path.home() / ".cache"
    return base / "pulumi-lumos"


def kept(name: str, fill: Callable[[Path], None]) -> Path:
    """The folder of that name in the cache; `fill` makes its content where it is missing.

    The folder appears when it is whole. Two processes may fill at once; the first to end counts.
    """
    there = folder() / name
    if not there.exists():
        there.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=there.parent, prefix=name) as made:
            content = Path(made) / "content"
            content.mkdir()
            fill(content)
            _take(content, there)
    return there


def _take(content: Path, there: Path) -> None:
    """Give what is whole its name; another process may have been as fast."""
    try:
        content.rename(there)
    except OSError:
        if not there.exists():
            raise
