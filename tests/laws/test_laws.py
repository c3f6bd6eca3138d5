"""Every law over every kind."""

from __future__ import annotations

import pytest

from . import against_lumos, declarations
from .law import LAWS, Law

assert against_lumos and declarations, "imported for the laws that they enter"


@pytest.mark.parametrize(
    ("law", "kind"), [(name, kind) for name, law in LAWS.items() for kind in law.specs]
)
def test_the_law_holds(law: str, kind: str) -> None:
    _assert_holds(LAWS[law], kind)


def _assert_holds(law: Law, kind: str) -> None:
    broken = sorted(set(law.broken(law.specs[kind])) - set(law.waivers))
    assert not broken, f"{law.doc} Not so: {', '.join(broken)}"


@pytest.mark.parametrize("law", LAWS.values(), ids=list(LAWS))
def test_every_waiver_is_needed(law: Law) -> None:
    broken = {token for spec in law.specs.values() for token in law.broken(spec)}
    assert not set(law.waivers) - broken
    assert all(law.waivers.values()), "a waiver has a reason"
