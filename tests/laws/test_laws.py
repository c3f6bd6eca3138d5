"""Every law over every kind."""

from __future__ import annotations

import pytest

from . import against_lumos, declarations
from .law import LAWS, SPECS, Law

assert against_lumos and declarations, "imported for the laws that they enter"


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_the_law_holds(law: Law, kind: str) -> None:
    broken = sorted(set(law.broken(SPECS[kind])) - set(law.waivers))
    assert not broken, f"{law.doc} Not so: {', '.join(broken)}"


@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_every_waiver_is_needed(law: Law) -> None:
    broken = {token for spec in SPECS.values() for token in law.broken(spec)}
    assert not set(law.waivers) - broken
    assert all(law.waivers.values()), "a waiver has a reason"
