"""`/_emulator`: here tests and demos control and watch their own tenant.

Nothing here is part of Lumos's API: no limit, latency or fault applies, and nothing is recorded.
Every token of a tenant may use it.
"""

from __future__ import annotations

from fastapi import APIRouter

from . import outside, passing, people, steering

PARTS: tuple[APIRouter, ...] = (steering.router, people.router, passing.router, outside.router)
