"""Writes a file so that it is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, texts: Iterable[str]) -> None:
    """Write a file of these texts, or raise OSError and leave no part of it, as on a full disk.

    A killed run may have left the partial file. So may somebody who wants a link to send the text
    to another place: the file of that name is removed, and opening with "x" follows no link.
    """
    partial = path.parent / f"{path.name}.partial"
    partial.unlink(missing_ok=True)
    try:
        with partial.open("x", encoding="utf-8", newline="") as file:
            file.writelines(texts)
        os.replace(partial, path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
