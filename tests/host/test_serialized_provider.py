"""What a state keeps of a provider: released states must load for ever."""

from __future__ import annotations

import base64
import subprocess
import sys

import pytest

from ..drivers.dynamic_host import serialized
from ..kinds import KINDS
from ..laws.promises import PROVIDERS as RELEASED
from ..laws.promises import pickled
from ..patience import PATIENCE_SECONDS

LOAD = """
import base64, sys, dill
provider = dill.loads(base64.b64decode(sys.argv[1]))
print(provider.lifecycle.spec.name)
"""


@pytest.mark.parametrize("kind", KINDS)
def test_the_state_keeps_the_released_name_of_a_provider_and_no_code(kind: str) -> None:
    assert base64.b64decode(serialized(kind)) == pickled(kind)
    assert len(serialized(kind)) <= 80


@pytest.mark.parametrize("kind", RELEASED)
def test_a_released_name_loads_where_no_kind_has_been_imported(kind: str) -> None:
    load = subprocess.run(
        [sys.executable, "-c", LOAD, RELEASED[kind]],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert load.stdout.strip() == kind, load.stderr
