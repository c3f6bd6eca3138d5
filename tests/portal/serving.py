"""The portal on a port of this machine, and people in front of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..patience import PATIENCE_SECONDS, wait_until

HEADER = "x-forwarded-email"


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a portal that runs as long as a block."""
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, "the portal starts")
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


class Visitor:
    """Somebody in front of the portal; forms are sent as a browser sends them.

    `address` is that of the page after the last form.
    """

    def __init__(self, url: str, email: str = "") -> None:
        self.http = httpx.Client(
            base_url=url,
            headers={HEADER: email} if email else {},
            follow_redirects=True,
            trust_env=False,
            timeout=PATIENCE_SECONDS,
        )
        self.address = ""

    def get(self, path: str, status: int = 200) -> str:
        """The text of a page."""
        answer = self.http.get(path)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def send(self, path: str, fields: dict[str, Any], status: int = 200) -> str:
        """The page after a form."""
        answer = self.http.post(path, data=fields)
        assert answer.status_code == status, answer.text
        self.address = answer.url.path
        return unescape(answer.text)

    def form(self, page: str, **fields: Any) -> dict[str, Any]:
        """The hidden fields of a page's first form, with what a person fills in."""
        form = page.partition("<main")[2].partition('method="post"')[2].partition("</form>")[0]
        hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
        return {**dict(hidden), **fields}

    def ask(self, app: str, status: int = 200, **fields: Any) -> str:
        """The page after asking for an app."""
        path = f"/apps/{ids.APPS[app]}"
        filled = {"length": "Unlimited", "reason": "Work", **fields}
        return self.send(path, self.form(self.get(path), **filled), status)
