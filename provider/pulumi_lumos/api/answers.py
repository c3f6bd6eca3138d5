"""From an answer of Lumos to plain data or to the right error: pure functions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from pulumi_lumos.api import errors
from pulumi_lumos.api.printable import printable

MAX_WAIT_SECONDS = 60.0
"""However long Lumos asks to wait, and however wrong a clock is, never longer than this."""
_MAX_DETAIL = 500
_ERRORS: dict[int, type[errors.ApiError]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    422: errors.Invalid,
    429: errors.RateLimited,
}


@dataclass(frozen=True)
class Answer:
    """What came back for one request; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Request:
    """One request, as far as errors speak of it. `token` is only there to be kept out of them."""

    method: str
    path: str
    token: str

    @property
    def changes_something(self) -> bool:
        return self.method != "GET"

    def clean(self, text: str) -> str:
        """Text of an answer, made fit for a terminal: short, on one line, without a token."""
        text = printable(text.replace(self.token, "***"))
        return text if len(text) <= _MAX_DETAIL else f"{text[:_MAX_DETAIL]}..."


def read_json(request: Request, answer: Answer) -> Any:
    """The JSON object or array of a successful answer. Raises an ApiError otherwise."""
    raise_for_status(request, answer)
    if not answer.content:
        _raise_unexpected(request, answer, "an empty answer")
    if answer.media_type and "json" not in answer.media_type:
        _raise_unexpected(request, answer, f"{answer.media_type} instead of JSON")
    try:
        data = _parse(answer)
    except ValueError:
        _raise_unexpected(request, answer, "unreadable JSON")
    if not isinstance(data, (dict, list)):
        _raise_unexpected(request, answer, "not a JSON object or array")
    return data


def check_deleted(request: Request, answer: Answer) -> None:
    """Accepts the answer to a DELETE: 204, or 200 with any JSON (even null) or nothing."""
    raise_for_status(request, answer)
    try:
        if answer.content:
            _parse(answer)
    except ValueError:
        _raise_unexpected(request, answer, f"{answer.media_type or 'text'} instead of JSON")


def raise_for_status(request: Request, answer: Answer) -> None:
    """Raises the ApiError that fits the status; does nothing for 2xx."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status < 400:
        _raise_unexpected(request, answer, _redirect_text(answer))
    # A gateway's page says nothing about the object: "gone" may only come from Lumos itself.
    if status == 404 and answer.media_type == "text/html":
        _raise_unexpected(request, answer, "a web page instead of JSON")
    kind = _ERRORS.get(status, errors.Unavailable if status >= 500 else errors.UnexpectedAnswer)
    body = _parse_refusal(answer)
    wait = retry_after_seconds(answer.headers) if status in (429, 503) else None
    problems = tuple(_problems(request, body))
    detail = _detail(request, answer, body, problems)
    # Also a 503 with Retry-After, which means "not carried out" elsewhere: Lumos, and what stands
    # in front of it, send that header with every answer, whatever its status.
    in_doubt = request.changes_something and status >= 500
    arguments = (
        request.method,
        request.path,
        status,
        detail,
        in_doubt,
        _request_id(request, answer),
        wait,
    )
    if kind is errors.Invalid:
        raise errors.Invalid(*arguments, problems=problems)
    raise kind(*arguments)


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, from 0 to 60; None when it is missing or unreadable.

    A date is compared with the answer's own `Date`, so that a wrong local clock does not matter.
    """
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        due, now = date_seconds(text), date_seconds(headers.get("date", ""))
        if due is None:
            return None
        seconds = due - (time.time() if now is None else now)
    return None if seconds != seconds else min(max(seconds, 0.0), MAX_WAIT_SECONDS)  # not NaN


def date_seconds(text: str) -> float | None:
    """An HTTP date as unix seconds, or None."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _parse(answer: Answer) -> Any:
    """The body as JSON. Raises ValueError where it is none, or nested beyond all measure."""
    try:
        return json.loads(answer.content)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _parse_refusal(answer: Answer) -> Any:
    """The body of an error answer as JSON, or None: the status says enough."""
    try:
        return _parse(answer)
    except ValueError:
        return None


def _raise_unexpected(request: Request, answer: Answer, detail: str) -> NoReturn:
    """2xx: whatever the answer looks like, the change may have been made."""
    raise errors.UnexpectedAnswer(
        request.method,
        request.path,
        answer.status,
        request.clean(detail),
        request.changes_something and answer.status < 300,
        _request_id(request, answer),
    )


def _redirect_text(answer: Answer) -> str:
    try:
        host = urlsplit(answer.headers.get("location", "")).hostname
    except ValueError:
        host = None
    return f"a redirect to {host or 'another path'}, which is not followed"


def _request_id(request: Request, answer: Answer) -> str | None:
    text = answer.headers.get("x-request-id")
    return request.clean(text)[:100] if text else None


def _detail(
    request: Request, answer: Answer, body: Any, problems: tuple[errors.Problem, ...]
) -> str:
    """One line on why Lumos refused: the problems, else its `detail`, else nothing."""
    if problems:
        texts = (f"{path}: {message}" if path else message for path, message in problems)
        return request.clean("; ".join(texts))
    detail = body.get("detail") if isinstance(body, dict) else body
    if isinstance(detail, str):
        return request.clean(detail)
    return "a web page, not shown" if answer.media_type == "text/html" else ""


def _problems(request: Request, body: Any) -> Iterator[errors.Problem]:
    """The problems of both envelopes of the Lumos API document, and of a plain text `detail`.

    `HTTPValidationError` has `detail: [{loc, msg}]`; `ApiError` has `errors: [{field, message}]`.
    """
    if not isinstance(body, dict):
        return
    detail, fields = body.get("detail"), body.get("errors")
    if isinstance(fields, list) and fields:
        for item in filter(_is_object, fields):
            yield _problem(request, str(item.get("field", "")), item.get("message"))
    elif isinstance(detail, list):
        for item in filter(_is_object, detail):
            yield _problem(request, _dotted(item.get("loc")), item.get("msg"))
    elif isinstance(detail, str):
        yield _problem(request, "", detail)


def _is_object(item: Any) -> bool:
    return isinstance(item, dict)


def _problem(request: Request, path: str, message: Any) -> errors.Problem:
    return errors.Problem(request.clean(path), request.clean(str(message or "not accepted")))


def _dotted(location: Any) -> str:
    """`["body", "users", 1, "id"]` as `users[1].id`; FastAPI puts "body" or "query" first."""
    steps = list(location) if isinstance(location, list) else []
    if steps and steps[0] in ("body", "query"):
        steps = steps[1:]
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")
