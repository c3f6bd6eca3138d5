"""Faults after which an error may hold what nobody may read."""

from __future__ import annotations

from ..drivers.scripted import TOKEN, Step, raw, reset, stall, status, truncate

FAULTS: list[Step] = [
    status(400, {"detail": f"Bearer {TOKEN}"}),
    status(401, {"detail": f"Unknown token {TOKEN}"}),
    status(403),
    status(404),
    status(409),
    status(422, {"detail": [{"loc": ["header", TOKEN], "msg": TOKEN, "input": TOKEN}]}),
    status(429, None, retry_after="60"),
    status(500, {"detail": TOKEN}),
    status(302, None, location="http://evil.example/"),
    raw(200, TOKEN.encode(), "text/plain"),
    raw(200, f'{{"token": "{TOKEN}"'.encode(), "application/json"),
    raw(200, f'"{TOKEN}"'.encode(), "application/json"),
    raw(200, b"broken", "application/json", content_encoding="gzip"),
    reset,
    truncate,
    stall(0.5),
]


def chained(error: BaseException) -> list[BaseException]:
    """The error and all that Python would print with it."""
    found = [error]
    for each in found:
        found += [other for other in (each.__cause__, each.__context__) if other is not None]
    return found
