"""One client for all that have the same settings, as long as one of them holds it."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings

from ..drivers.scripted import Handler, ScriptedLumos, status
from ..patience import PATIENCE_SECONDS


def test_all_threads_share_one_client_for_equal_settings() -> None:
    def ask(token: str) -> LumosClient:
        return shared_client(Settings(token, "http://127.0.0.1:9"))

    with ThreadPoolExecutor(16) as pool:
        clients = list(pool.map(ask, ["lsk_a", "lsk_b"] * 32))
    assert len({id(client) for client in clients}) == 2
    assert clients[0] is clients[2] is not clients[1]
    assert shared_client(Settings("lsk_a", "http://127.0.0.1:9/")) is clients[0]
    assert shared_client(Settings("lsk_a", "http://127.0.0.1:8")) is not clients[0]


def test_a_client_that_no_run_holds_any_more_is_closed(lumos: ScriptedLumos) -> None:
    def open_connections() -> list[httpx.Client]:
        clients = [one for one in gc.get_objects() if isinstance(one, httpx.Client)]
        return [one for one in clients if one.base_url == lumos.url and not one.is_closed]

    settings = Settings("lsk_of_a_run_that_ended", lumos.url)
    lumos.answers(status(200, {}))
    client = shared_client(settings)
    client.get("/x")
    assert shared_client(settings) is client
    assert len(open_connections()) == 1
    del client
    gc.collect()
    assert open_connections() == []
    shared_client(settings).get("/x")


def test_stacks_of_one_process_and_token_keep_to_their_own_number_of_calls(
    lumos: ScriptedLumos,
) -> None:
    token = "lsk_of_two_stacks"
    wide = shared_client(Settings(token, lumos.url, max_concurrency=32))
    narrow = shared_client(Settings(token, lumos.url, max_concurrency=1))
    lumos.answers(status(200, {}))
    for client in (wide, narrow):
        client.get("/x")  # until the first answer nothing is known of Lumos's limit
    meeting = threading.Barrier(8, timeout=PATIENCE_SECONDS)
    alone = threading.Lock()
    met = []

    def step(handler: Handler) -> None:
        if handler.path == "/together":
            meeting.wait()
        elif alone.acquire(blocking=False):
            time.sleep(0.02)
            alone.release()
        else:
            met.append(handler.path)
        status(200, {})(handler)

    lumos.answers(step)
    with ThreadPoolExecutor(16) as pool:
        together = pool.map(lambda _: wide.get("/together"), range(8))
        one_by_one = pool.map(lambda _: narrow.get("/alone"), range(8))
        assert [*together, *one_by_one] == [{}] * 16
    assert met == []
    for client in (wide, narrow):
        client.close()


def test_stacks_of_one_process_and_token_keep_to_their_own_patience(lumos: ScriptedLumos) -> None:
    token = "lsk_of_a_hasty_and_a_patient_stack"
    hasty = shared_client(Settings(token, lumos.url, request_timeout_seconds=0.2, max_retries=0))
    patient = shared_client(Settings(token, lumos.url, request_timeout_seconds=600))
    given_up = threading.Event()

    def step(handler: Handler) -> None:
        given_up.wait(PATIENCE_SECONDS)
        with contextlib.suppress(OSError):
            status(200, {})(handler)

    lumos.answers(step)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(patient.get, "/x")
        with pytest.raises(errors.NoAnswer):
            hasty.get("/x")
        given_up.set()
        assert answer.result() == {}
    for client in (hasty, patient):
        client.close()


def test_tenants_of_one_process_do_not_mix(lumos: ScriptedLumos) -> None:
    def step(handler: Handler) -> None:
        status(200, {"token": handler.headers["authorization"]})(handler)

    lumos.answers(step)
    tokens = [f"lsk_tenant_{number}" for number in range(4)]
    clients = [shared_client(Settings(token, lumos.url)) for token in tokens]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: clients[n % 4].get("/x"), range(200)))
    assert [answer["token"] for answer in answers] == [f"Bearer {t}" for t in tokens * 50]
    for client in clients:
        client.close()
