"""A call ends at its deadline, whatever the other side does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings

from ..drivers import certificates, endless
from ..drivers.endless import ENDLESS, listening, outlasted
from ..drivers.scripted import TOKEN, ScriptedLumos, Step, status
from ..patience import PATIENCE_SECONDS

Connect = Callable[..., LumosClient]
PATIENCE: dict[str, Any] = {"request_timeout_seconds": 0.4, "deadline_seconds": 0.8}


@pytest.mark.parametrize("step", ENDLESS.values(), ids=ENDLESS.keys())
def test_an_answer_without_end_ends_with_the_deadline(
    lumos: ScriptedLumos, connect: Connect, step: Step
) -> None:
    lumos.answers(step)
    with outlasted(), pytest.raises(errors.NoAnswer) as caught:
        connect(lumos.url, **PATIENCE).get("/x")
    assert caught.value.timed_out


@pytest.mark.parametrize("step", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_post_whose_answer_has_no_end_is_in_doubt(
    lumos: ScriptedLumos, connect: Connect, step: Step
) -> None:
    lumos.answers(step)
    with outlasted(), pytest.raises(errors.NoAnswer) as caught:
        connect(lumos.url, **PATIENCE).post("/x", {"label": "Admin"})
    assert caught.value.in_doubt
    assert len(lumos.seen) == 1


def test_a_connection_that_was_used_before_is_bounded_too(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(status(200, {}), ENDLESS["103 answers"])
    client = connect(lumos.url, **PATIENCE)
    client.get("/x")
    with outlasted(), pytest.raises(errors.NoAnswer):
        client.get("/x")


def test_a_request_that_is_taken_byte_by_byte_ends_with_the_deadline(connect: Connect) -> None:
    with listening(endless.read_slowly) as port:
        client = connect(f"http://127.0.0.1:{port}", **PATIENCE)
        with outlasted(), pytest.raises(errors.NoAnswer) as caught:
            client.patch("/x", {"description": "x" * 8_000_000})
    assert caught.value.timed_out


def test_a_handshake_without_end_sends_nothing_and_ends_with_the_deadline(
    connect: Connect,
) -> None:
    with listening(endless.shake_hands_slowly) as port:
        client = connect(f"https://127.0.0.1:{port}", **PATIENCE)
        with outlasted(), pytest.raises(errors.ConnectionFailed) as caught:
            client.post("/x", {})
    assert not caught.value.in_doubt


def test_a_name_server_that_says_nothing_ends_with_the_deadline(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave = threading.Event()

    def silent(*_arguments: object, **_named: object) -> list[object]:
        leave.wait(PATIENCE_SECONDS)
        raise socket.gaierror(socket.EAI_AGAIN, "no name server answered")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    client = connect("https://lumos.example", **PATIENCE)
    with pytest.raises(
        errors.ConnectionFailed, match=r"no name server .* lumos\.example"
    ) as caught:
        client.post("/x", {})
    leave.set()
    assert not caught.value.in_doubt


def test_every_address_of_a_host_is_tried(lumos: ScriptedLumos, connect: Connect) -> None:
    lumos.answers(status(200, {"id": "1"}))
    # ::1 comes first on most machines, and nobody listens there.
    assert connect(lumos.url.replace("127.0.0.1", "localhost")).get("/x") == {"id": "1"}


def through_a_proxy(seen: list[bytes], answer: bytes, again: bytes) -> endless.Talk:
    def talk(connection: socket.socket) -> None:
        seen.append(endless.read_request(connection))
        endless.repeat(connection, answer, again)

    return talk


TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
SLOW_PROXIES: dict[str, tuple[bytes, bytes]] = {
    "an answer to CONNECT": (b"HTTP/1.1 200 ", b"O"),
    "a handshake in the tunnel": (TUNNEL + b"\x16\x03\x03\x40\x00", b"\x02"),
}


@pytest.mark.parametrize("tls", [False, True], ids=["http proxy", "https proxy"])
@pytest.mark.parametrize("said", SLOW_PROXIES.values(), ids=SLOW_PROXIES.keys())
def test_a_proxy_without_end_ends_with_the_deadline_and_sees_no_token(
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    said: tuple[bytes, bytes],
    tls: bool,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificates.trust(tmp_path))
    seen: list[bytes] = []
    secured = certificates.good() if tls else None
    with listening(through_a_proxy(seen, *said), secured) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http{'s' if tls else ''}://127.0.0.1:{port}")
        # Long enough for a busy machine to come as far as the place where nothing goes on.
        client = connect("https://lumos.example", request_timeout_seconds=3, deadline_seconds=3)
        with outlasted(), pytest.raises((errors.NoAnswer, errors.ConnectionFailed)):
            client.post("/x", {})
    assert seen and all(head.startswith(b"CONNECT lumos.example:443") for head in seen)
    assert TOKEN.encode() not in b"".join(seen)


def test_the_deadline_holds_at_each_place_where_httpx_opens_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The network below httpx is set by names that httpx may change with any release."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    client = LumosClient(Settings(TOKEN, "https://lumos.example"))
    assert len(client._transport._networks) == 3
    client.close()
