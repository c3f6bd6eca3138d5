from __future__ import annotations

import gc
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient

from ..drivers.scripted import TOKEN, ScriptedLumos, Step, raw, status
from .leaks import FAULTS, chained


@pytest.mark.parametrize("fault", FAULTS)
def test_no_error_shows_or_keeps_the_token(
    lumos: ScriptedLumos,
    connect: Callable[..., LumosClient],
    caplog: pytest.LogCaptureFixture,
    fault: Step,
) -> None:
    caplog.set_level(logging.DEBUG)
    lumos.answers(fault)
    client = connect(lumos.url, request_timeout_seconds=0.2, deadline_seconds=30, max_retries=1)
    with pytest.raises(errors.ApiError) as caught:
        client.patch("/appstore/apps/1/settings", {"label": "x"})
    assert lumos.seen[0].headers["authorization"] == f"Bearer {TOKEN}"
    error = caught.value
    assert all(type(each).__module__.startswith("pulumi_lumos") for each in chained(error))
    printed = "".join(traceback.format_exception(error))
    assert "CANARY" not in printed + repr(error) + repr(vars(error)) + caplog.text
    assert b"CANARY" not in pickle.dumps(error)
    assert caplog.text  # httpx did log, at DEBUG


@pytest.mark.parametrize(
    "fault",
    [
        status(302, None, location=f"http://{TOKEN}.example/{TOKEN}"),
        raw(200, b"text", TOKEN),
        status(500, None, x_request_id=TOKEN),
    ],
)
def test_a_token_echoed_in_headers_is_masked(
    lumos: ScriptedLumos, client: LumosClient, fault: Step
) -> None:
    lumos.answers(fault)
    with pytest.raises(errors.ApiError) as caught:
        client.post("/x", {})
    assert "canary" not in f"{caught.value} {caught.value!r}".lower()


def test_a_failed_connection_shows_nothing_either(
    connect: Callable[..., LumosClient], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(errors.ConnectionFailed) as caught:
        connect("http://127.0.0.1:1", max_retries=0).get("/x")
    assert [type(each) for each in chained(caught.value)] == [errors.ConnectionFailed]
    assert "CANARY" not in "".join(traceback.format_exception(caught.value)) + caplog.text


def test_the_client_does_not_show_the_token(client: LumosClient) -> None:
    assert "CANARY" not in f"{client} {client!r}"


def test_a_client_that_was_closed_keeps_no_connection(
    lumos: ScriptedLumos, connect: Callable[..., LumosClient]
) -> None:
    lumos.answers(status(200, {}))
    client = connect(lumos.url)
    client.get("/x")
    client.close()
    del client
    gc.collect()  # an open socket would be a ResourceWarning, which fails the test
