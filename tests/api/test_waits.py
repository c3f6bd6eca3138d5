"""How long the client waits before it tries again, and when it gives up."""

from __future__ import annotations

import time

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient

from ..drivers.scripted import ScriptedLumos, drip, stall, status
from .calls import DONE, Connect, call


def test_the_waits_grow_with_jitter_up_to_eight_seconds(
    lumos: ScriptedLumos, connect: Connect, waits: list[float]
) -> None:
    lumos.answers(status(500))
    client = connect(lumos.url, max_retries=20, deadline_seconds=3600)
    with pytest.raises(errors.Unavailable) as caught:
        call(client, "get")
    assert caught.value.attempts == 21
    assert all(0 <= wait <= min(0.5 * 2**number, 8) for number, wait in enumerate(waits))
    assert len(set(waits)) > 10


@pytest.mark.parametrize("code", [200, 500])
def test_retry_after_means_nothing_elsewhere(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float], code: int
) -> None:
    lumos.answers(status(code, {"id": "1"}, retry_after="30"), DONE)
    assert call(client, "get") == call(client, "get")
    assert all(wait <= 0.5 for wait in waits)


def test_the_rate_limit_is_waited_for_until_the_deadline(
    lumos: ScriptedLumos, connect: Connect, waits: list[float]
) -> None:
    lumos.answers(status(429, None, retry_after="10"))
    with pytest.raises(errors.RateLimited) as caught:
        call(connect(lumos.url, deadline_seconds=35), "post")
    assert not caught.value.in_doubt
    assert sum(waits) <= 35
    assert len(lumos.seen) == 4


def test_a_storm_without_retry_after_ends_by_the_deadline(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float]
) -> None:
    lumos.answers(status(429))
    with pytest.raises(errors.RateLimited):
        call(client, "get")
    assert 60 < sum(waits) < 120


def test_no_wait_is_begun_that_would_pass_the_deadline(
    lumos: ScriptedLumos, connect: Connect, waits: list[float]
) -> None:
    lumos.answers(status(503, None, retry_after="50"))
    with pytest.raises(errors.Unavailable):
        call(connect(lumos.url, deadline_seconds=40), "get")
    assert waits == []


def test_silence_ends_with_the_attempts_timeout(lumos: ScriptedLumos, connect: Connect) -> None:
    lumos.answers(stall(2))
    client = connect(lumos.url, request_timeout_seconds=0.2, max_retries=0)
    began = time.monotonic()
    with pytest.raises(errors.NoAnswer) as caught:
        call(client, "post")
    assert time.monotonic() - began < 1
    assert caught.value.in_doubt and caught.value.timed_out


def test_a_dripping_answer_ends_with_the_attempts_timeout(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(drip(2))
    client = connect(lumos.url, request_timeout_seconds=0.3, max_retries=0)
    began = time.monotonic()
    with pytest.raises(errors.NoAnswer) as caught:
        call(client, "get")
    assert time.monotonic() - began < 1
    assert caught.value.timed_out


def test_the_last_attempt_ends_with_the_deadline(lumos: ScriptedLumos, connect: Connect) -> None:
    lumos.answers(stall(2))
    client = connect(lumos.url, request_timeout_seconds=30, deadline_seconds=0.3)
    began = time.monotonic()
    with pytest.raises(errors.NoAnswer):
        call(client, "get")
    assert time.monotonic() - began < 1
