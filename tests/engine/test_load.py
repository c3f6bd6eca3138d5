"""A thousand permissions in fifty apps through the real engine."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = [pytest.mark.engine, pytest.mark.nightly]

APPS, PERMISSIONS = 50, 1000
PROGRAM = f"""
for number in range({PERMISSIONS}):
    lumos.RequestablePermission(
        f"permission-{{number}}",
        app_id=APP_IDS[number % {APPS}],
        label=f"Permission {{number // {APPS}}}",
        request_config={{"appstore_visibility": "VISIBLE"}},
    )
"""


@pytest.fixture
def large_company(emulator: EmulatorProcess, tmp_path: Path) -> Iterator[tuple[Tenant, list[str]]]:
    """The demo company with fifty apps more, and their ids."""
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as demo:
        state = demo.state()
    like = state["apps"][seed_ids.SALESFORCE_APP_ID]
    ids = [str(uuid.UUID(int=number + 1, version=4)) for number in range(APPS)]
    for number, id in enumerate(ids):
        more = {"id": id, "instance_id": f"instance-{number}", "source_groups": {}}
        state["apps"][id] = {**like, **more, "user_friendly_label": f"App {number}"}
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps(state))
    with (
        EmulatorProcess(seed=seed) as own,
        closing(Tenant(own.url, f"lsk_CANARY{uuid.uuid4().hex}")) as tenant,
    ):
        yield tenant, ids


def test_a_thousand_permissions_in_fifty_apps_cost_three_reads_an_app_at_most(
    large_company: tuple[Tenant, list[str]],
    tmp_path_factory: pytest.TempPathFactory,
    pulumi_folder: str,
) -> None:
    tenant, ids = large_company
    stack = Stack(tmp_path_factory.mktemp("stack"), pulumi_folder, tenant)
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true"
    stack.program(f"APP_IDS = {ids!r}\n{PROGRAM}")
    stack.up("--parallel", "32")
    calls = Counter(request["method"] for request in tenant.requests())
    assert calls["POST"] == PERMISSIONS
    assert calls["GET"] <= 2 * APPS
    assert Counter(
        found["app_id"]
        for found in tenant.state()["permissions"].values()
        if found["app_id"] in ids
    ) == dict.fromkeys(ids, PERMISSIONS // APPS)
    tenant.forget_requests()
    stack.preview("--refresh", "--expect-no-changes")
    assert len(tenant.requests()) <= 3 * APPS
    tenant.forget_requests()
    stack.pulumi("destroy", "--yes", "--skip-preview", "--parallel", "32")
    assert Counter(request["method"] for request in tenant.requests()) == {"DELETE": PERMISSIONS}
    assert not any(found["app_id"] in ids for found in tenant.state()["permissions"].values())
