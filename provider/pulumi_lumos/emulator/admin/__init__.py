"""`/_emulator`: what tests and demos steer and watch their own tenant with.

Nothing here is part of Lumos's API, and none of it is counted, recorded, held back or spoilt.
Every token of a tenant may use it.
"""

from __future__ import annotations

from fastapi import APIRouter

from pulumi_lumos.emulator.admin import outside, passing, people, steering

PARTS: tuple[APIRouter, ...] = (steering.router, people.router, passing.router, outside.router)
