"""The token: where it may come from, and that Pulumi never writes or prints it."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..host.samples import samples
from ..tenant import Tenant
from .stack import Stack

pytestmark = pytest.mark.engine

KIND = "RequestablePermission"


def nothing_made(tenant: Tenant) -> bool:
    """Whether nothing was written in Lumos."""
    return tenant.requests("POST", "PATCH", "DELETE") == []


def test_a_token_of_the_environment_is_neither_written_nor_printed(
    tenant: Tenant, stack: Stack
) -> None:
    stack.declare(KIND, samples(KIND)[0])
    stack.preview("--diff")
    stack.up("--debug", "--logflow", "--logtostderr", "-v=9")
    stack.refresh()
    assert tenant.token not in stack.export()
    assert tenant.token not in stack.pulumi("stack", "export", "--show-secrets")
    stack.destroy()
    assert tenant.token not in stack.written()


def test_a_secret_token_of_the_stack_is_never_written_in_plain(
    tenant: Tenant, stack: Stack
) -> None:
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.pulumi("config", "set", "--secret", "lumos:accessToken", tenant.token)
    stack.declare(KIND, samples(KIND)[0])
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    assert len(tenant.permissions(seed_ids.SALESFORCE_APP_ID)) == 1
    assert tenant.token not in stack.export()
    stack.destroy()
    assert tenant.token not in stack.written()


def test_a_token_in_plain_configuration_is_refused_with_the_command_to_hide_it(
    tenant: Tenant, stack: Stack
) -> None:
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.pulumi("config", "set", "--plaintext", "lumos:accessToken", tenant.token)
    stack.declare(KIND, samples(KIND)[0])
    printed = stack.up_stopped_by_its_preview()
    assert "pulumi config set --secret lumos:accessToken" in printed
    assert nothing_made(tenant)


@pytest.mark.parametrize("token", ["", "not-a-lumos-token"], ids=["missing", "refused"])
@pytest.mark.parametrize("kind", [KIND, "AppStoreApp"])
def test_a_missing_or_refused_token_is_told_in_the_preview(
    kind: str, token: str, tenant: Tenant, stack: Stack
) -> None:
    stack.environment["LUMOS_ACCESS_TOKEN"] = token
    stack.declare(kind, samples(kind)[0])
    printed = stack.up_stopped_by_its_preview()
    assert "LUMOS_ACCESS_TOKEN" in printed
    assert "pulumi config set --secret lumos:accessToken" in printed
    if token:
        assert token not in printed
    assert nothing_made(tenant)
