"""What differs between two sets of rows, told as what it means for people."""

from __future__ import annotations

from .compare import CannotCompare, compare, is_there
from .pairing import pairs_of

__all__ = ["CannotCompare", "compare", "is_there", "pairs_of"]
