"""How Hypothesis runs in all tests of this repository."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

NAME = "pulumi-lumos"


def load() -> None:
    """Let every test that follows run as the profile says, whatever the machine's pace."""
    settings.register_profile(
        NAME,
        deadline=None,
        suppress_health_check=[
            # Hypothesis makes its table of characters at the first text it draws. A busy machine
            # takes seconds for that, which counts as a strategy that is too slow.
            HealthCheck.too_slow,
            # The emulator lasts for all examples; each opens a tenant of its own.
            HealthCheck.function_scoped_fixture,
        ],
        # A test is red for everybody or for nobody.
        derandomize=True,
        database=None,
        print_blob=True,
    )
    settings.load_profile(NAME)
