"""A local HTTP server that answers as a test says, also what no well-behaved server would."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

TOKEN = "lsk_CANARY0123456789"

Step = Callable[["Handler"], None]


class Seen(NamedTuple):
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class ScriptedLumos:
    """Answers with `steps` in turn, the last one for ever."""

    steps: list[Step] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def answers(self, *steps: Step) -> None:
        self.steps = list(steps)

    def next_step(self, seen: Seen) -> Step:
        with self.lock:
            self.seen.append(seen)
            return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: ScriptedLumos

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.script.next_step(Seen(self.command, self.path, headers, body))(self)

    do_GET = do_POST = do_PATCH = do_DELETE = do_CONNECT = handle_any

    def log_message(self, *_: Any) -> None:
        """Keeps the tests' output quiet."""


def start(script: ScriptedLumos) -> ThreadingHTTPServer:
    handler = type("Scripted", (Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def status(code: int, body: Any = None, **headers: str) -> Step:
    """An answer with a JSON body, or with none where `body` is None."""
    content = b"" if body is None else json.dumps(body).encode()
    return raw(code, content, "application/json", **headers)


def raw(code: int, content: bytes, content_type: str = "", **headers: str) -> Step:
    def step(handler: Handler) -> None:
        handler.send_response(code)
        if content_type:
            handler.send_header("content-type", content_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if code != 204:
            handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        if code != 204:
            handler.wfile.write(content)

    return step


def reset(handler: Handler) -> None:
    """Breaks the connection, as a crashing gateway does."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def truncate(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "1", "lab')
    handler.close_connection = True


def stall(seconds: float) -> Step:
    """Says nothing for a while, then goes away."""

    def step(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return step


def drip(seconds: float) -> Step:
    """Sends its body byte by byte, each soon enough for a timeout between reads."""

    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", "1000")
        handler.end_headers()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                handler.wfile.write(b" ")
            except OSError:
                break
            time.sleep(0.05)
        handler.close_connection = True

    return step


@pytest.fixture
def lumos() -> Iterator[ScriptedLumos]:
    """A Lumos that answers as the test says."""
    script = ScriptedLumos()
    server = start(script)
    yield script
    server.shutdown()
    server.server_close()
