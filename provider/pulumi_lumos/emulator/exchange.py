"""One HTTP exchange around the routes: token, latency, limit, faults, record, headers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .callers import Caller
from .connection import cut_off, hang, reset
from .faults import Fault
from .loopback import is_loopback, without_port
from .requests import lifecycle
from .state import Tenant
from .tenants import Tenants

ADMIN_PREFIX = "/_emulator"
NEVER_KEPT = tuple(f"{ADMIN_PREFIX}/{name}" for name in ("requests", "switches", "faults"))
"""Paths of the admin API whose changes stay in memory, also with a data file."""
TENANT, CALLER, TENANTS = "lumos.tenant", "lumos.caller", "lumos.tenants"
"""Where the ASGI scope holds the tenant of the request's token, its person, and all tenants."""


@dataclass
class Answer:
    """A finished answer, held back until faults have decided how it reaches the client."""

    status: int
    body: bytes
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    @classmethod
    def of(cls, response: Response) -> Answer:
        """Take over a Starlette response."""
        return cls(response.status_code, bytes(response.body), response.raw_headers)

    async def send(self, send: Send, extra: list[tuple[bytes, bytes]], part: float = 1.0) -> None:
        """Send it with more headers; `part` below 1 leaves the end of the body out."""
        own = {name for name, _ in self.headers}
        headers = self.headers + [header for header in extra if header[0] not in own]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = self.body[: int(len(self.body) * part)]
        await send({"type": "http.response.body", "body": body, "more_body": part < 1})


class Exchange:
    """The ASGI application that Lumos's routes sit behind."""

    def __init__(self, routes: ASGIApp, tenants: Tenants) -> None:
        self.routes = routes
        self.tenants = tenants

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.routes(scope, receive, send)
            return
        if not is_loopback(without_port(_header(scope, b"host") or "localhost")):
            await _misdirected().send(send, [])
            return
        opened = self.tenants.by_token(_token(scope))
        if opened is None:
            _, headers = self.tenants.strangers.take(0)
            await _unauthorized().send(send, headers)
            return
        tenant, caller = opened
        scope.update({TENANT: tenant, CALLER: caller, TENANTS: self.tenants})
        if not scope["path"].startswith(ADMIN_PREFIX):
            await self._serve(tenant, caller, scope, receive, send)
        elif self._cannot_keep(scope):
            await _unkept(self.tenants.trouble).send(send, [])
        else:
            await self._route(tenant, scope, receive, send)

    async def _route(self, tenant: Tenant, scope: Scope, receive: Receive, send: Send) -> None:
        """Do what is due by now, then what the request asks for."""
        lifecycle.catch_up(tenant)
        await self.routes(scope, receive, send)

    def _cannot_keep(self, scope: Scope) -> bool:
        """Whether a request would change objects while the data file cannot be saved."""
        if not self.tenants.trouble or scope["method"] in ("GET", "HEAD"):
            return False
        return not scope["path"].startswith(NEVER_KEPT)

    async def _serve(
        self, tenant: Tenant, caller: Caller, scope: Scope, receive: Receive, send: Send
    ) -> None:
        body = await _read(receive)
        method, path = scope["method"], scope["path"]
        query = scope["query_string"].decode("latin-1")
        entry = tenant.recorder.begin(method, path, query, body, caller.user_id)
        if tenant.switches["latency_ms"]:
            await asyncio.sleep(tenant.switches["latency_ms"] / 1000)
        allowed, headers = tenant.rate_limit.take(tenant.switches["rate_limit_per_second"])
        if not allowed:
            entry["status"] = 429
            await _too_many().send(send, headers)
            return
        if self._cannot_keep(scope):
            entry["status"] = 503
            await _unkept(self.tenants.trouble).send(send, headers)
            return
        fault = tenant.faults.pick(method, path, body)
        if fault is not None:
            await self._spoil(fault, entry, scope, (body, receive, send), headers)
            return
        answer = await self._ask(scope, body)
        entry["status"] = answer.status
        await answer.send(send, headers)

    async def _ask(self, scope: Scope, body: bytes) -> Answer:
        """Ask the routes for their answer."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._route(scope[TENANT], scope, receive, send)
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], content, list(sent[0]["headers"]))

    async def _spoil(
        self,
        fault: Fault,
        entry: dict[str, Any],
        scope: Scope,
        wire: tuple[bytes, Receive, Send],
        headers: list[tuple[bytes, bytes]],
    ) -> None:
        body, receive, send = wire
        kind, desired = fault.desired.kind, fault.desired
        answer = await self._ask(scope, body) if fault.when == "after" else None
        if kind in _WITHOUT_ANSWER:
            await _WITHOUT_ANSWER[kind](scope, receive)
            return
        if kind == "stall":
            await asyncio.sleep(desired.seconds)
            answer = answer or await self._ask(scope, body)
        else:
            answer = _spoilt(fault, answer, scope["method"])
        entry["status"] = answer.status
        if kind == "truncate":
            await answer.send(send, headers, part=0.5)
            await cut_off(scope, receive)
        else:
            await answer.send(send, headers)


_WITHOUT_ANSWER = {"reset": reset, "hang": hang}


def _spoilt(fault: Fault, answer: Answer | None, method: str) -> Answer:
    """The answer that a fault puts in the place of the real one."""
    desired = fault.desired
    if desired.kind == "truncate" and answer is not None:
        return answer
    usual = {"status": 500}.get(desired.kind, 201 if method == "POST" else 200)
    status = desired.status or (answer.status if answer and desired.kind == "body" else usual)
    text = desired.body_text or ('{"id": "' if desired.kind == "truncate" else "")
    response = Response(text, status, desired.headers, media_type=desired.content_type)
    return Answer.of(response)


def _unauthorized() -> Answer:
    challenge = {"WWW-Authenticate": "Bearer"}
    return Answer.of(JSONResponse({"detail": "Could not validate credentials."}, 401, challenge))


def _too_many() -> Answer:
    return Answer.of(JSONResponse({"detail": "Rate limit exceeded, try again in 1 second."}, 429))


def _misdirected() -> Answer:
    """Refuse a web page that points its own name here, so that the browser lets it read answers."""
    detail = "The emulator answers for localhost and loopback addresses only."
    return Answer.of(JSONResponse({"detail": detail}, 421))


def _unkept(trouble: str) -> Answer:
    return Answer.of(JSONResponse({"detail": f"{trouble} Nothing was changed."}, 503))


def _token(scope: Scope) -> str | None:
    scheme, _, token = (_header(scope, b"authorization") or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _header(scope: Scope, desired: bytes) -> str | None:
    for name, value in scope["headers"]:
        if name == desired:
            text: str = value.decode("latin-1")
            return text
    return None


async def _read(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
