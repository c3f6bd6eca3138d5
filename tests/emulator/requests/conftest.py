"""The company of the seed `requests`, a fresh one for every test."""

from __future__ import annotations

from .acme import acme

__all__ = ["acme"]
