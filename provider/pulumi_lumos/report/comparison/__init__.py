"""What differs between two sets of rows, told as what it means for people."""

from __future__ import annotations

from .compare import compare

__all__ = ["compare"]
