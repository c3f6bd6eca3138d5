"""What Lumos's document leaves open, as the emulator can answer it."""

from __future__ import annotations

import pytest

every_answer = pytest.mark.parametrize(
    ("equal_labels", "patch_applies_defaults"),
    [
        ("refuse", True),
        pytest.param("allow", True, marks=pytest.mark.nightly),
        pytest.param("allow", False, marks=pytest.mark.slow),
        pytest.param("refuse", False, marks=pytest.mark.nightly),
    ],
)
"""Under both answers to equal labels, and with the defaults of PATCH applied or not.

The first pair asks most of the provider. The opposite pair is a slow test, and the other two are
nightly ones.
"""

opposite_answers = pytest.mark.parametrize(
    ("equal_labels", "patch_applies_defaults"),
    [("refuse", True), pytest.param("allow", False, marks=pytest.mark.slow)],
)
"""For stories through the engine: both answers to either question, but not every pair of them.

Cheaper layers ask the same under `every_answer`.
"""

each_answer_to_equal_labels = pytest.mark.parametrize(
    "equal_labels", ["refuse", pytest.param("allow", marks=pytest.mark.slow)]
)
"""Under both answers to equal labels; the one that asks less of the provider is slow."""
