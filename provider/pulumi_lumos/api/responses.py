"""From a response of Lumos to plain data or to the right error: pure functions."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from . import errors
from .request import Request

MAX_WAIT_SECONDS = 60.0
"""However long Lumos asks to wait, and however wrong a clock is, never longer than this."""
_MAX_PROBLEMS = 50
_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")
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
class Response:
    """What came back for one request; header names are in lower case.

    `flaw` says why `content` could not be read. The `repr`, which tracebacks may show, holds only
    the status: an answer may repeat what was sent.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    flaw: str = field(default="", repr=False)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def read_json(request: Request, response: Response) -> Any:
    """Read the JSON object or array of a successful response; raise an ApiError otherwise."""
    raise_for_status(request, response)
    data, flaw = _read(response)
    if flaw:
        raise _unexpected(request, response, flaw)
    return data


def check_done(request: Request, response: Response) -> None:
    """Accept a response that need not say anything: 204, or 200 with any JSON or nothing."""
    raise_for_status(request, response)
    if flaw := response.flaw or _flaw_of_text(response):
        raise _unexpected(request, response, flaw)


def _read(response: Response) -> tuple[Any, str]:
    """Read the data of a response, or what is wrong with it.

    Nothing is raised here: Python would chain the error of the parser, which holds the whole text.
    """
    if response.flaw or not response.content:
        return None, response.flaw or "an empty answer"
    if response.media_type and "json" not in response.media_type:
        return None, f"{response.media_type} instead of JSON"
    try:
        data = _parse(response)
    except ValueError:
        return None, "unreadable JSON"
    return (data, "") if isinstance(data, (dict, list)) else (None, "not a JSON object or array")


def _flaw_of_text(response: Response) -> str:
    try:
        if response.content:
            _parse(response)
    except ValueError:
        return f"{response.media_type or 'text'} instead of JSON"
    return ""


def raise_for_status(request: Request, response: Response) -> None:
    """Raise the ApiError that fits the status; do nothing for 2xx."""
    if not 200 <= response.status < 300:
        # Made elsewhere: a traceback that shows locals would show the body, and what it repeats.
        raise _refusal(request, response)


def _refusal(request: Request, response: Response) -> errors.ApiError:
    status = response.status
    if 300 <= status < 400:
        return _unexpected(request, response, _redirect_text(response))
    # A gateway's page says nothing about the object: "gone" may only come from Lumos itself.
    if status == 404 and (response.flaw or response.media_type == "text/html"):
        return _unexpected(request, response, response.flaw or "a web page instead of JSON")
    kind = _ERRORS.get(status, errors.Unavailable if status >= 500 else errors.UnexpectedAnswer)
    body = _parse_refusal(response)
    problems = tuple(islice(_problems(request, body), _MAX_PROBLEMS))
    arguments = (
        request.method,
        request.path,
        status,
        _detail(request, response, body, problems),
        # Also a 503 with Retry-After, which means "not carried out" elsewhere: Lumos, and what
        # stands in front of it, send that header with every response, whatever its status.
        request.changes_something and status >= 500,
        _request_id(request, response),
        retry_after_seconds(response.headers) if status in (429, 503) else None,
    )
    if kind is errors.Invalid:
        return errors.Invalid(*arguments, problems=problems)
    return kind(*arguments)


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


def _parse(response: Response) -> Any:
    """Parse the body as JSON. Raises ValueError where it is none, or nested beyond all measure."""
    try:
        data = json.loads(response.content.decode("utf-8-sig"))
        return _with_whole_characters(data) if _HALVES.search(response.content) else data
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _with_whole_characters(data: Any) -> Any:
    r"""The same with U+FFFD for every half of a character (`"\ud83d"`).

    JSON can hold one, but neither a state of Pulumi nor a terminal can.
    """
    text = json.dumps(data, ensure_ascii=False)
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _parse_refusal(response: Response) -> Any:
    """Parse the body of an error answer; None if it is no JSON: the status says enough."""
    try:
        return _parse(response)
    except ValueError:
        return None


def _unexpected(request: Request, response: Response, detail: str) -> errors.UnexpectedAnswer:
    """2xx: whatever the answer looks like, the change may have been made."""
    return errors.UnexpectedAnswer(
        request.method,
        request.path,
        response.status,
        request.clean(detail),
        request.changes_something and response.status < 300,
        _request_id(request, response),
    )


def _redirect_text(response: Response) -> str:
    try:
        host = urlsplit(response.headers.get("location", "")).hostname
    except ValueError:
        host = None
    return f"a redirect to {host or 'another path'}, which is not followed"


def _request_id(request: Request, response: Response) -> str | None:
    text = response.headers.get("x-request-id")
    return request.clean(text)[:100] if text else None


def _detail(
    request: Request, response: Response, body: Any, problems: tuple[errors.RefusedField, ...]
) -> str:
    """One line on why Lumos refused: the problems, else its `detail`, else nothing."""
    if problems:
        texts = (f"{path}: {message}" if path else message for path, message in problems)
        return request.clean("; ".join(texts))
    detail = body.get("detail") if isinstance(body, dict) else body
    if isinstance(detail, str):
        return request.clean(detail)
    return "a web page, not shown" if response.media_type == "text/html" else ""


def _problems(request: Request, body: Any) -> Iterator[errors.RefusedField]:
    """The problems of both envelopes of the Lumos API document, and of a plain text `detail`.

    `HTTPValidationError` has `detail: [{loc, msg}]`; `ApiError` has `errors: [{field, message}]`.
    """
    if not isinstance(body, dict):
        return
    detail, fields = body.get("detail"), body.get("errors")
    if isinstance(fields, list) and fields:
        for item in filter(_is_object, fields):
            yield _problem(request, str(item.get("field") or ""), item.get("message"))
    elif isinstance(detail, list):
        for item in filter(_is_object, detail):
            yield _problem(request, _dotted(item.get("loc")), item.get("msg"))
    elif isinstance(detail, str):
        yield _problem(request, "", detail)


def _is_object(item: Any) -> bool:
    return isinstance(item, dict)


def _problem(request: Request, path: str, message: Any) -> errors.RefusedField:
    return errors.RefusedField(request.clean(path), request.clean(str(message or "not accepted")))


def _dotted(location: Any) -> str:
    """`["body", "users", 1, "id"]` as `users[1].id`; FastAPI puts "body" or "query" first."""
    steps = list(location) if isinstance(location, list) else []
    if steps and steps[0] in ("body", "query"):
        steps = steps[1:]
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")
