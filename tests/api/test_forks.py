"""A forked child has connections of its own, and waits for no thread that stayed behind."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from pulumi_lumos.api import sharing
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings
from pulumi_lumos.lookups.kinds import USER
from pulumi_lumos.lookups.reading import Lookups
from pulumi_lumos.reading.flights import Flights

from ..drivers.scripted import Handler, ScriptedLumos, status
from ..patience import PATIENCE_SECONDS

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork"),
    # These tests try what the warning is about: a lock of a thread that is not in the child.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]
Connect = Callable[..., LumosClient]


def in_child(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begin work in a forked child; what this gives waits for its result."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result = json.dumps({"result": work()})
        except BaseException:
            result = json.dumps({"failure": traceback.format_exc()})
        os.write(writing, result.encode())
        os._exit(0)
    os.close(writing)

    def wait() -> Any:
        timer = threading.Timer(PATIENCE_SECONDS, os.kill, [child, 9])
        timer.start()
        with os.fdopen(reading) as pipe:
            text = pipe.read()
        os.waitpid(child, 0)
        timer.cancel()
        assert text, "the child did not end in time"
        found = json.loads(text)
        assert "failure" not in found, found["failure"]
        return found["result"]

    return wait


def echo(handler: Handler) -> None:
    """Answer with what was asked for, a little later, and over which connection."""
    time.sleep(0.002)
    status(200, {"id": handler.path, "port": handler.client_address[1]})(handler)


def ask(client: LumosClient, who: str) -> list[list[Any]]:
    answers = [(f"/{who}/{n}", client.get(f"/{who}/{n}")) for n in range(30)]
    return [[asked, answer["id"], answer["port"]] for asked, answer in answers]


def test_children_and_their_parent_get_their_own_answers(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(echo)
    client = connect(lumos.url)
    client.get("/before")
    children = [in_child(partial(ask, client, name)) for name in ("one", "two", "three")]
    found = [ask(client, "parent"), *(wait() for wait in children)]
    assert all(asked == answered for process in found for asked, answered, _ in process)
    ports = [{port for *_, port in process} for process in found]
    assert max(Counter(port for process in ports for port in process).values()) == 1


def test_a_child_leaves_the_connections_of_its_parent_open(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(echo)
    client = connect(lumos.url)
    port = client.get("/before")["port"]
    in_child(lambda: client.get("/child"))()
    assert client.get("/after")["port"] == port


def test_a_child_waits_for_no_lock_of_its_parents_threads(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(echo)
    client = connect(lumos.url, max_concurrency=1)
    client.get("/before")
    shared_client(Settings("lsk_before", lumos.url)).close()
    locks: list[Any] = [
        client._limiter._changed,
        client._budget._lock,
        client._clock._lock,
        client._transport._opening,
        sharing._clients._lock,
    ]
    for lock in locks:
        lock.acquire()
    shared = Settings("lsk_shared", lumos.url)
    try:
        wait = in_child(lambda: [client.get("/child"), shared_client(shared).get("/shared")])
    finally:
        for lock in locks:
            lock.release()
    assert [answer["id"] for answer in wait()] == ["/child", "/shared"]


def test_a_turn_that_a_thread_of_the_parent_has_is_not_taken_from_the_child(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(echo)
    client = connect(lumos.url, max_concurrency=1)
    assert client._limiter.enter(0) is not None
    assert in_child(lambda: client.get("/child"))()["id"] == "/child"


def test_a_child_looks_up_for_itself_what_its_parent_was_about_to_read(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def step(handler: Handler) -> None:
        if not asked.is_set():
            asked.set()
            go_on.wait(PATIENCE_SECONDS)
        status(200, {"items": [{"id": "1", "email": "ada@acme.example"}], "total": 1})(handler)

    lumos.answers(step)
    lookups = Lookups(connect(lumos.url))

    def look() -> str:
        return lookups.get(USER, {"email": "ada@acme.example"}).id

    found: list[str] = []
    reading = threading.Thread(target=lambda: found.append(look()))
    reading.start()
    asked.wait(PATIENCE_SECONDS)
    assert in_child(look)() == "1"
    go_on.set()
    reading.join(PATIENCE_SECONDS)
    assert found == ["1"]
    assert len(lumos.seen) == 2


def test_a_question_that_is_on_its_way_at_the_fork_is_asked_anew_by_the_child() -> None:
    flights: Flights[str] = Flights()
    asked, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        asked.set()
        go_on.wait(PATIENCE_SECONDS)
        return "parent"

    flying = threading.Thread(target=lambda: flights.join("it", slow))
    flying.start()
    asked.wait(PATIENCE_SECONDS)
    assert in_child(lambda: flights.join("it", lambda: "child"))() == "child"
    go_on.set()
    flying.join(PATIENCE_SECONDS)


def test_a_connection_that_fails_in_the_child_says_so(connect: Connect) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        client = connect(url, request_timeout_seconds=0.2, max_retries=0)

        def refused() -> str:
            try:
                client.get("/x")
            except Exception as error:
                return type(error).__name__
            return "nothing"

        assert in_child(refused)() == "NoAnswer"
