"""The token: where it may come from, and that Pulumi never writes or prints it."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..drivers.traces import files_with, holds
from ..kinds import samples
from ..repository import ROOT

pytestmark = pytest.mark.engine

KIND = "RequestablePermission"


def nothing_made(tenant: Tenant) -> bool:
    """Whether nothing was written in Lumos."""
    return tenant.requests("POST", "PATCH", "DELETE") == []


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_search_finds_a_token_in_every_spelling(before: str) -> None:
    token = "lsk_CANARY0123456789abcdef0123456789abcdef"
    text = f"{before}{token} and more".encode()
    packed = gzip.compress(text)
    for content in (text, base64.b64encode(text), text.hex().encode(), packed):
        assert holds(content, token)
    assert not holds(text.replace(b"CANARY", b"canary"), token)


@pytest.mark.slow
def test_a_token_of_the_environment_is_neither_written_nor_printed(
    tenant: Tenant, stack: Stack
) -> None:
    stack.environment["PULUMI_DEBUG_GRPC"] = str(stack.folder / "grpc.json")
    stack.environment["PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS"] = "true"
    stack.declare(KIND, samples(KIND)[0])
    plan = str(stack.folder / "plan.json")
    stack.preview("--diff", "--save-plan", plan)
    printed = [stack.up("--plan", plan, "--debug", "--logflow", "--logtostderr", "-v=9")]
    tenant.fault("status", status=401, times=1, body_text=f'{{"detail": "Not {tenant.token}"}}')
    stack.declare(KIND, samples(KIND)[1])
    printed.append(stack.up(fails=True))
    tenant.call("DELETE", "/_emulator/faults")
    printed.append(stack.refresh())
    printed.append(stack.pulumi("stack", "export", "--show-secrets"))
    printed.append(stack.pulumi("stack", "history", "--show-secrets"))
    stack.destroy()
    assert not holds("".join(printed).encode(), tenant.token)
    assert files_with(stack.folder, tenant.token) == []
    assert (stack.folder / "grpc.json").stat().st_size > 0
    assert not holds(json.dumps(tenant.requests()).encode(), tenant.token)
    assert not holds(json.dumps(tenant.state()).encode(), tenant.token)


@pytest.mark.slow
def test_a_secret_token_of_the_stack_is_never_written_in_plain(
    tenant: Tenant, stack: Stack
) -> None:
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.pulumi("config", "set", "--secret", "lumos:accessToken", tenant.token)
    stack.declare(KIND, samples(KIND)[0])
    plan = str(stack.folder / "plan.json")
    stack.preview("--save-plan", plan)
    stack.up("--plan", plan, "--debug")
    assert len(tenant.permissions(seed_ids.SALESFORCE_APP_ID)) == 1
    stack.destroy()
    assert files_with(stack.folder, tenant.token) == []


@pytest.mark.spread
def test_pulumis_own_traces_show_a_token_of_the_stack_as_the_security_page_says(
    tenant: Tenant, stack: Stack
) -> None:
    """If this fails, Pulumi has become better: say so in SECURITY.md."""
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.pulumi("config", "set", "--secret", "lumos:accessToken", tenant.token)
    stack.environment["PULUMI_DEBUG_GRPC"] = str(stack.folder / "grpc.json")
    stack.declare(KIND, samples(KIND)[0])
    traced = stack.trace("preview", "--logtostderr", "-v=9")
    older = stack.pulumi("version").startswith("v3.259.")
    assert (tenant.token in traced) == older
    assert files_with(stack.folder, tenant.token) == ["grpc.json"]
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "`PULUMI_DEBUG_GRPC` writes them in plain text" in page
    assert "an older CLI, such as 3.259, `-v=9 --logtostderr` does so too" in page


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
def test_a_missing_or_refused_token_is_an_error_of_the_preview(
    token: str, tenant: Tenant, stack: Stack
) -> None:
    """`tests/host/test_errors.py` asks the same of every kind."""
    stack.environment["LUMOS_ACCESS_TOKEN"] = token
    stack.declare(KIND, samples(KIND)[0])
    printed = stack.up_stopped_by_its_preview()
    assert "LUMOS_ACCESS_TOKEN" in printed
    assert "pulumi config set --secret lumos:accessToken" in printed
    if token:
        assert token not in printed
    assert nothing_made(tenant)
