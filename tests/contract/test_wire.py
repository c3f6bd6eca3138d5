"""The committed wire models are those that the vendor's document gives."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ..patience import PATIENCE_SECONDS
from ..repository import ROOT
from .vendor_document import load


@pytest.mark.slow
def test_the_wire_models_are_up_to_date() -> None:
    load()
    command = [sys.executable, str(ROOT / "tools" / "emulator" / "generate_wire"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
