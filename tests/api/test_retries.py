from __future__ import annotations

import json
import socket
import time
from contextlib import closing, suppress
from email.utils import formatdate

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.retries import RetryBudget
from pulumi_lumos.config import Settings

from ..drivers.scripted import ScriptedLumos, Step, raw, reset, status, truncate
from .calls import DONE, Connect, call


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize(
    "fault", [status(500), status(502), status(503), status(504), reset, truncate]
)
def test_what_may_be_repeated_is_repeated(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float], method: str, fault: Step
) -> None:
    lumos.answers(fault, fault, DONE)
    assert call(client, method) == (None if method == "delete" else {"id": "1"})
    assert len(lumos.seen) == 3
    assert len(waits) == 2


def test_a_repeated_patch_sends_the_same_body(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(502), DONE)
    client.patch("/x", {"label": "é"})
    assert [json.loads(seen.body) for seen in lumos.seen] == [{"label": "é"}] * 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (status(500), errors.Unavailable),
        (status(502, None, retry_after="1"), errors.Unavailable),
        (status(503), errors.Unavailable),
        (status(503, None, retry_after="2"), errors.Unavailable),
        (reset, errors.NoAnswer),
        (truncate, errors.NoAnswer),
    ],
)
def test_a_post_that_may_have_been_carried_out_is_not_repeated(
    lumos: ScriptedLumos, client: LumosClient, fault: Step, kind: type[errors.ApiError]
) -> None:
    lumos.answers(fault, DONE)
    with pytest.raises(kind) as caught:
        call(client, "post")
    assert caught.value.in_doubt
    assert len(lumos.seen) == 1


@pytest.mark.parametrize("refusal", [status(429), status(429, None, retry_after="2")])
def test_a_post_that_was_refused_beforehand_is_repeated(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float], refusal: Step
) -> None:
    lumos.answers(refusal, refusal, DONE)
    assert call(client, "post") == {"id": "1"}
    assert len(lumos.seen) == 3


def test_a_post_whose_connection_is_refused_is_repeated_and_not_in_doubt(
    connect: Connect, waits: list[float]
) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        client = connect(f"http://127.0.0.1:{unheard.getsockname()[1]}")
        with pytest.raises(errors.ConnectionFailed) as caught:
            call(client, "post")
    assert not caught.value.in_doubt
    assert len(waits) == 5
    assert "tried 6 times" in str(caught.value)


def test_plain_http_behind_an_https_address_is_a_failed_connection(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    client = connect(lumos.url.replace("http:", "https:"), max_retries=0)
    with pytest.raises(errors.ConnectionFailed):
        call(client, "post")
    assert lumos.seen == []


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 422, 302, 405])
def test_what_lumos_refuses_is_not_tried_again(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float], code: int
) -> None:
    lumos.answers(status(code), DONE)
    with pytest.raises(errors.ApiError):
        call(client, "patch")
    assert waits == []


def test_a_repeated_delete_that_finds_nothing_is_done(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(reset, status(404))
    client.delete("/x")


def test_a_first_delete_that_finds_nothing_says_so(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(404))
    with pytest.raises(errors.NotFound):
        client.delete("/x")


@pytest.mark.parametrize(
    "answer", [status(204), status(200), status(200, {}), raw(200, b"null", "application/json")]
)
def test_a_delete_accepts_every_kind_of_success(
    lumos: ScriptedLumos, client: LumosClient, answer: Step
) -> None:
    lumos.answers(answer)
    client.delete("/x")


def test_a_delete_answered_by_a_web_page_is_in_doubt(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(raw(200, b"<html>", "text/html"))
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        client.delete("/x")
    assert caught.value.in_doubt


def test_doubt_about_an_earlier_attempt_remains(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(reset, status(409))
    with pytest.raises(errors.Conflict) as caught:
        call(client, "patch")
    assert caught.value.in_doubt
    assert caught.value.attempts == 2


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("7", 7, 7),
        ("0.25", 0.25, 0.25),
        ("0", 0, 0.5),
        ("-5", 0, 0.5),
        ("86400", 60, 60),
        ("nan", 0, 0.5),
        ("soon", 0, 0.5),
        ("inf", 60, 60),
        ("-inf", 0, 0.5),
        ("1e400", 60, 60),
        ("9" * 5000, 60, 60),
        ("1e-400", 0, 0.5),
        ("0x10", 0, 0.5),
        ("1, 2", 0, 0.5),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 60, 60),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 0, 60),
        ("Thu, 99 Foo 99999999999999999999 99:99:99 GMT", 0, 0.5),
        pytest.param(formatdate(time.time() + 3600 * 24, usegmt=True), 60, 60, id="tomorrow"),
        pytest.param(formatdate(time.time() - 3600, usegmt=True), 0, 0.5, id="an hour ago"),
    ],
)
def test_retry_after_is_obeyed_within_bounds(
    lumos: ScriptedLumos,
    client: LumosClient,
    waits: list[float],
    header: str,
    least: float,
    most: float,
) -> None:
    lumos.answers(status(503, None, retry_after=header), DONE)
    call(client, "get")
    assert least <= waits[0] <= most


def test_a_retry_date_is_compared_with_lumos_own_clock(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float]
) -> None:
    skewed = time.time() + 3600

    def step(handler: object) -> None:
        answer = raw(503, b"", retry_after=formatdate(skewed + 10, usegmt=True))
        handler.date_time_string = lambda: formatdate(skewed, usegmt=True)  # type: ignore[attr-defined]
        answer(handler)  # type: ignore[arg-type]

    lumos.answers(step, DONE)
    call(client, "get")
    assert waits[0] == 10


def test_waiting_for_the_rate_limit_uses_up_no_retries(
    lumos: ScriptedLumos, connect: Connect, waits: list[float]
) -> None:
    busy = status(429, None, retry_after="1")
    lumos.answers(*[busy] * 20, DONE)
    assert call(connect(lumos.url, max_retries=0), "post") == {"id": "1"}
    assert sum(waits) >= 19


def test_an_outage_dries_up_the_retries_of_all_calls(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(500))
    for _ in range(50):
        with pytest.raises(errors.Unavailable):
            call(client, "get")
    affordable = RetryBudget.CAPACITY // RetryBudget.RETRY_COST
    assert len(lumos.seen) == 50 + affordable


def test_successes_refill_the_retries(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(500))
    for _ in range(50):
        with pytest.raises(errors.Unavailable):
            call(client, "get")
    lumos.answers(*[DONE] * 5, status(500), DONE)
    for _ in range(5):
        call(client, "get")
    assert call(client, "get") == {"id": "1"}


@pytest.mark.parametrize(("method", "sent"), [("post", 1), ("patch", 1), ("delete", 1), ("get", 2)])
def test_a_write_that_has_waited_is_not_sent_where_nobody_would_learn_of_it(
    lumos: ScriptedLumos, method: str, sent: int
) -> None:
    lumos.answers(status(429, None, retry_after="7"), DONE)

    class EngineIsGoneError(Exception):
        pass

    def before_write() -> None:
        if lumos.seen:
            raise EngineIsGoneError

    settings = Settings("lsk_CANARY0123456789", lumos.url)
    client = LumosClient(settings, before_write=before_write, sleep=lambda _: None)
    with closing(client), suppress(EngineIsGoneError):
        call(client, method)
    assert len(lumos.seen) == sent
