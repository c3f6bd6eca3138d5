"""An app that is given as a whole, and a VISIBLE permission of it that depends on nothing."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = [pytest.mark.engine, pytest.mark.slow]

APP = """
lumos.AppStoreApp(
    "app", app_id=seed_ids.GITHUB_APP_ID, provisioning={{"groups_provisioning": {how!r}}}
)
"""
READER = """
lumos.RequestablePermission(
    "reader",
    app_id=seed_ids.GITHUB_APP_ID,
    label="Reader",
    request_config={"appstore_visibility": "VISIBLE"},
)
"""


def test_one_update_leaves_visible_what_is_declared_visible(tenant: Tenant, stack: Stack) -> None:
    """`tests/lifecycle/test_keep_visible.py` has either order, and the permission that begins."""

    def program(how: str) -> str:
        return READER + APP.format(how=how)

    def is_visible() -> bool:
        (reader,) = tenant.permissions(seed_ids.GITHUB_APP_ID)
        return bool(reader["request_config"]["appstore_visibility"] == "VISIBLE")

    stack.program(program("DIRECT_TO_USER"))
    told = " ".join(stack.pulumi("up", "--yes").split())
    assert "DIRECT_TO_USER makes Lumos hide all permissions of the app, but" in told
    assert is_visible()
    stack.program(program("GROUPS_AND_VISIBLE"))
    stack.up()
    stack.program(program("DIRECT_TO_USER"))
    stack.up()
    assert is_visible()
    stack.preview("--refresh", "--expect-no-changes")
