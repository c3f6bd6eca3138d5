"""Compares two sets of rows, and says what the differences mean for people."""

from __future__ import annotations

from .compare import CannotCompare, compare, is_there
from .pairing import pairs_of

__all__ = ["CannotCompare", "compare", "is_there", "pairs_of"]
