"""Mistakes that only Lumos knows are named together with those that the declaration knows."""

from __future__ import annotations

import json

import pytest
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from .mixed_mistakes import INSTANCE, KEY, MIXED, Values


@pytest.mark.parametrize(("kind", "given", "paths"), MIXED.values(), ids=MIXED)
def test_a_preview_finds_all_mistakes_at_once(
    kind: str, given: Values, paths: set[str], tenant: Tenant, host: DynamicHost
) -> None:
    failures = host.check(kind, {}, {**given, PREVIEW_MARK: True}).failures
    lacking = {INSTANCE} if "auth.apikey" in paths else set()
    assert set(failures) == paths | lacking
    assert KEY not in json.dumps(failures)
    assert tenant.requests("POST", "PUT", "PATCH") == []
