"""What the tests know of each kind: a file each, which is found here.

A test that is true of every kind takes `KINDS` for its parameter and `FACTS[kind]` for the rest.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from pulumi_lumos.kinds import kinds

from ..drivers.tenant import Tenant
from .facts import KindFacts
from .facts import Values as Values


def _read_facts() -> Iterator[tuple[str, KindFacts]]:
    for module in pkgutil.iter_modules(__path__):
        for name, found in vars(importlib.import_module(f"{__name__}.{module.name}")).items():
            if isinstance(found, type) and issubclass(found, KindFacts) and found != KindFacts:
                yield name.removesuffix("Facts"), found()


FACTS: Mapping[str, KindFacts] = dict(_read_facts())
KINDS = sorted(kinds())

for kind in KINDS:
    assert kind in FACTS, f"{kind}: write its facts, {kind}Facts, into a file of tests/kinds/"
for kind in FACTS:
    assert kind in KINDS, f"{kind}: import it in provider/pulumi_lumos/kinds/__init__.py"


def samples(kind: str) -> tuple[Values, ...]:
    """The samples of a kind, see `KindFacts`."""
    return FACTS[kind].samples


def make_room(tenant: Tenant, kind: str) -> None:
    """Take away what the demo company has already of what the samples make."""
    for app_id in FACTS[kind].in_the_way:
        tenant.remove_from_app_store(app_id)
