from __future__ import annotations

from ..drivers.command import run

__all__ = ["run"]
