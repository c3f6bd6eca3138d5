"""A stack of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..tenant import Tenant
from .stack import Stack


@pytest.fixture
def stack(tmp_path: Path, pulumi_folder: str, tenant: Tenant) -> Stack:
    return Stack(tmp_path, pulumi_folder, tenant)
