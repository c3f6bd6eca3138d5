"""What can go wrong with one call to Lumos, as faults of the emulator."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

Fault = dict[str, Any]

PAGE = "<html><body>oops</body></html>"


def _status(status: int, **more: Any) -> Fault:
    return {"kind": "status", "status": status, **more}


def _body(text: str, **more: Any) -> Fault:
    """Lumos does what is asked, and its answer is something else."""
    return {"kind": "body", "body_text": text, **more}


def _soon() -> str:
    return format_datetime(datetime.now(timezone.utc) + timedelta(seconds=2), usegmt=True)


FAULTS: dict[str, Fault] = {
    "429 with `Retry-After` in seconds": _status(429, headers={"Retry-After": "1"}),
    "429 with `Retry-After` as a date": _status(429, headers={"Retry-After": _soon()}),
    "429 without `Retry-After`": _status(429, headers={"Retry-After": ""}),
    "500": _status(500),
    "500, carried out": _status(500, when="after"),
    "502": _status(502, body_text=PAGE, content_type="text/html"),
    "502, carried out": _status(502, when="after", body_text=PAGE, content_type="text/html"),
    "503": _status(503, headers={"Retry-After": ""}),
    "503 with `Retry-After`": _status(503, headers={"Retry-After": "1"}),
    "503, carried out": _status(503, when="after", headers={"Retry-After": ""}),
    "503 with `Retry-After`, carried out": _status(503, when="after", headers={"Retry-After": "1"}),
    "504": _status(504),
    "504, carried out": _status(504, when="after"),
    "connection reset": {"kind": "reset"},
    "connection reset, carried out": {"kind": "reset", "when": "after"},
    "no answer in time": {"kind": "hang"},
    "no answer in time, carried out": {"kind": "hang", "when": "after"},
    "half an answer": {"kind": "truncate"},
    "an answer that is no JSON": _body("oops", content_type="application/json"),
    "a web page with status 200": _body(PAGE, content_type="text/html", status=200),
    "an empty answer with status 200": _body("", status=200),
    "an empty object": _body("{}"),
    "an empty list": _body("[]"),
    "`null`": _body("null"),
    "an object of another kind": _body('{"kettle": "on", "items": [{"kettle": "off"}]}'),
    "401": _status(401, body_text='{"detail": "Could not validate credentials."}'),
    "403": _status(403, body_text='{"detail": "Not for this token."}'),
}
