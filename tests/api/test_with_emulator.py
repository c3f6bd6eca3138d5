"""The client and a whole Lumos: the emulator, with its own rules, limit and faults."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.paths import path
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.emulator.seed_ids import SALESFORCE_APP_ID, SLACK_PERMISSION_ID

from ..drivers.tenant import Tenant

PERMISSIONS = "/appstore/requestable_permissions"
PERMISSION = "/appstore/requestable_permissions/{permission_id}"


@pytest.fixture(scope="module")
def emulator() -> Iterator[EmulatorProcess]:
    with EmulatorProcess() as process:
        yield process


@pytest.fixture
def settings(emulator: EmulatorProcess) -> Settings:
    """A tenant for each test."""
    return Settings(f"lsk_{uuid.uuid4().hex}", emulator.url, request_timeout_seconds=2)


@pytest.fixture
def tenant(settings: Settings) -> Iterator[LumosClient]:
    with closing(LumosClient(settings, sleep=lambda _: None)) as client:
        yield client


def create(client: LumosClient, label: str) -> dict[str, Any]:
    created: dict[str, Any] = client.post(
        PERMISSIONS, {"app_id": SALESFORCE_APP_ID, "label": label}
    )
    return created


def labels(client: LumosClient) -> list[str]:
    query: dict[str, str | bool | int | list[str]] = {"app_id": SALESFORCE_APP_ID}
    return sorted(item["label"] for item in client.list(PERMISSIONS, query))


def fault(client: LumosClient, **desired: Any) -> None:
    client.post("/_emulator/faults", {"path": "^/appstore/", "nth": [1], **desired})


def sent(client: LumosClient, method: str) -> int:
    return len(requests(client, method))


def requests(client: LumosClient, *methods: str) -> list[dict[str, Any]]:
    settings = client._settings
    with closing(Tenant(settings.server_url, settings.access_token)) as director:
        return director.requests(*methods)


def test_the_life_of_a_permission(tenant: LumosClient) -> None:
    made = create(tenant, "Admin")
    at = path(PERMISSION, permission_id=made["id"])
    assert tenant.get(at)["label"] == "Admin"
    assert tenant.patch(at, {"label": "Owner"})["label"] == "Owner"
    assert labels(tenant) == ["Owner"]
    tenant.delete(at)
    with pytest.raises(errors.NotFound):
        tenant.get(at)


def test_a_list_of_many_pages_comes_whole_in_as_few_requests_as_can_be(
    tenant: LumosClient,
) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: create(tenant, f"{number:03}"), range(230)))
    assert labels(tenant) == [f"{number:03}" for number in range(230)]
    assert sent(tenant, "GET") == 3


def test_a_plain_list_is_read_alike(tenant: LumosClient) -> None:
    assert {hook["hook_type"] for hook in tenant.list("/inline_webhooks")} >= {"PROVISION"}


def test_an_unknown_token_is_unauthorized(settings: Settings) -> None:
    stranger = Settings("not-a-lumos-token", settings.server_url)
    with closing(LumosClient(stranger)) as client, pytest.raises(errors.Unauthorized):
        client.get("/users/current")


def test_a_refused_value_is_named_by_its_path(tenant: LumosClient) -> None:
    with pytest.raises(errors.Invalid) as caught:
        tenant.post(PERMISSIONS, {"app_id": SALESFORCE_APP_ID, "label": 7})
    assert [problem.path for problem in caught.value.problems] == ["label"]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ({"kind": "status", "status": 502}, errors.Unavailable),
        ({"kind": "reset"}, errors.NoAnswer),
        ({"kind": "truncate"}, errors.NoAnswer),
        ({"kind": "stall", "seconds": 4}, errors.NoAnswer),
        (
            {"kind": "body", "body_text": "<html>", "content_type": "text/html"},
            errors.UnexpectedAnswer,
        ),
    ],
)
def test_a_post_that_lumos_carried_out_is_in_doubt_and_made_once(
    tenant: LumosClient, kind: dict[str, Any], error: type[errors.ApiError]
) -> None:
    fault(tenant, method="POST", when="after", **kind)
    with pytest.raises(error) as caught:
        create(tenant, "Admin")
    assert caught.value.in_doubt
    assert labels(tenant) == ["Admin"]
    assert sent(tenant, "POST") == 1


@pytest.mark.parametrize(
    "refusal",
    [
        {"status": 429, "headers": {"Retry-After": "1"}},
        {"status": 429},
    ],
)
def test_a_post_that_lumos_refused_beforehand_is_made_once(
    tenant: LumosClient, refusal: dict[str, Any]
) -> None:
    fault(tenant, method="POST", kind="status", when="before", nth=[1, 2], **refusal)
    create(tenant, "Admin")
    assert labels(tenant) == ["Admin"]
    assert sent(tenant, "POST") == 3


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "kind", [{"kind": "status", "status": 500}, {"kind": "reset"}, {"kind": "truncate"}]
)
def test_a_patch_reaches_its_end_state_whatever_happens_on_the_way(
    tenant: LumosClient, kind: dict[str, Any], when: str
) -> None:
    at = path(PERMISSION, permission_id=SLACK_PERMISSION_ID)
    fault(tenant, method="PATCH", when=when, nth=[1, 2], **kind)
    assert tenant.patch(at, {"label": "Owner"})["label"] == "Owner"
    assert sent(tenant, "PATCH") == 3


def test_a_delete_whose_answer_is_lost_is_done(tenant: LumosClient) -> None:
    at = path(PERMISSION, permission_id=create(tenant, "Admin")["id"])
    fault(tenant, method="DELETE", when="after", kind="reset")
    tenant.delete(at)
    assert labels(tenant) == []
    assert sent(tenant, "DELETE") == 2


def test_32_threads_stay_within_the_limit_of_lumos_and_never_stall(
    settings: Settings, tenant: LumosClient
) -> None:
    limit, count = 25, 100
    tenant.patch("/_emulator/switches", {"rate_limit_per_second": limit})
    began = time.monotonic()
    with closing(LumosClient(settings)) as client, ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda number: create(client, f"{number:03}"), range(count)))
    seconds = time.monotonic() - began
    tenant.patch("/_emulator/switches", {"rate_limit_per_second": 0})
    statuses = [request["status"] for request in requests(tenant)]
    assert statuses.count(201) == count
    assert statuses.count(429) <= 0.05 * count
    assert seconds <= 5 * count / limit, "the requests stood still"
