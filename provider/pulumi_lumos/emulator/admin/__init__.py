"""`/_emulator`: what tests and demos steer and watch their own tenant with.

Nothing here is part of Lumos's API, and none of it is counted, recorded, held back or spoilt.
"""

from __future__ import annotations

from fastapi import APIRouter

from pulumi_lumos.emulator.admin import outside, steering

PARTS: tuple[APIRouter, ...] = (steering.router, outside.router)
