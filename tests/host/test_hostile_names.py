"""What a host answers the engine steers no terminal, whatever Lumos calls its objects."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..hostile import PIECES, STEERING, hostile, steering
from ..kinds.values import by_id

Values = dict[str, Any]
KIND = "RequestablePermission"
NEW: Values = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "New"}
GUESTS: Values = {"app_id": seed_ids.SLACK_APP_ID, "label": "Guests"}


@pytest.fixture
def host(hostile_tenant: Tenant, host_of: type[DynamicHost]) -> Iterator[DynamicHost]:
    settings = {**settings_for(hostile_tenant), "LUMOS_MAX_RETRIES": "0"}
    with host_of(settings) as running:
        yield running


def fulfilled(**config: Any) -> Values:
    return {**NEW, "request_config": {"request_fulfillment_config": config}}


def test_every_piece_is_seen_where_it_is_not_cleaned() -> None:
    assert all(
        steering(hostile("Ada", piece)) for name, piece in PIECES.items() if name != "formats"
    )
    assert set(STEERING) <= set(steering(hostile("Ada")))
    assert steering("Ada forged % {0} [red]") == []


CHECKS: dict[str, Values] = {
    "a webhook of another type": fulfilled(
        provisioning_webhook={"id": seed_ids.WEBHOOK_IDS["DEPROVISION"]}
    ),
    "a group of another app": fulfilled(
        provisioning_group={"app_id": seed_ids.SLACK_APP_ID, "id": by_id("IT")["id"]}
    ),
    "an id that nobody has": fulfilled(provisioning_webhook={"id": hostile("w")}),
    "a label that is there": {**GUESTS, "label": hostile("Guest channels")},
    "an object to adopt that is not there": {**NEW, "label": hostile("x"), "adopt": True},
    "a field that there is not": {**NEW, hostile("lable"): "x"},
    "a choice that there is not": {
        **NEW,
        "request_config": {"appstore_visibility": hostile("SHOWN")},
    },
}


@pytest.mark.parametrize("given", CHECKS.values(), ids=CHECKS.keys())
def test_the_failures_of_a_check_steer_no_terminal(given: Values, host: DynamicHost) -> None:
    failures = host.check(KIND, {}, {**given, PREVIEW_MARK: True}).failures
    assert failures
    for path, reason in failures.items():
        assert steering(path) + steering(reason) == []
        assert "\n" not in path + reason


CALLS: dict[str, Callable[[DynamicHost, str], object]] = {
    "POST": lambda host, _id: host.create(KIND, NEW),
    "PATCH": lambda host, id: host.update(KIND, id, GUESTS, {**GUESTS, "label": "Guest"}),
    "DELETE": lambda host, id: host.delete(KIND, id, GUESTS),
    "GET": lambda host, id: host.read("ProvisioningGroupAttachment", id, {}),
}


@pytest.mark.parametrize("method", CALLS)
def test_the_error_of_a_call_that_lumos_refuses_steers_no_terminal(
    method: str, hostile_tenant: Tenant, host: DynamicHost
) -> None:
    detail = [{"loc": ["body", hostile("label")], "msg": hostile("is wrong"), "type": "value"}]
    body = json.dumps({"detail": detail})
    hostile_tenant.fault("status", status=422, method=method, body_text=body)
    with pytest.raises(Failed) as failed:
        CALLS[method](host, seed_ids.SLACK_PERMISSION_ID)
    last = str(failed.value).strip().splitlines()[-1]
    assert last.startswith("Invalid: ")
    assert "is wrong" in last
    assert steering(str(failed.value)) == []


def test_what_is_recorded_of_an_object_that_is_half_made_steers_no_terminal(
    hostile_tenant: Tenant, host: DynamicHost
) -> None:
    body = json.dumps({"detail": hostile("Lost")})
    hostile_tenant.fault("status", status=502, method="PATCH", when="after", body_text=body)
    adopting = {**GUESTS, "adopt": seed_ids.SLACK_PERMISSION_ID}
    with pytest.raises(Failed) as failed:
        host.create(KIND, adopting)
    assert failed.value.half_made is not None
    assert failed.value.half_made.reasons
    assert all(steering(reason) == [] for reason in failed.value.half_made.reasons)
    assert steering(str(failed.value)) == []
