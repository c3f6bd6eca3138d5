"""Compares two sets of rows, and says what the differences mean for people."""

from __future__ import annotations

from .compare import CannotCompare, compare
from .pairing import pairs_of

__all__ = ["CannotCompare", "compare", "pairs_of"]
