"""What can go wrong between a program and Lumos.

    LumosError
    ├── ConfigError               the settings cannot be used
    ├── InvalidId                 an id that no path can hold
    └── ApiError                  one call did not succeed
        ├── BadRequest            400
        ├── Unauthorized          401
        ├── Forbidden             403
        ├── NotFound              404
        ├── Conflict              409
        ├── Invalid               422, with its `problems`
        ├── RateLimited           429
        ├── Unavailable           5xx
        ├── UnexpectedAnswer      an answer that is not the API's: no JSON, a web page, a redirect
        ├── ConnectionFailed      nothing was sent: DNS, refused, TLS
        └── NoAnswer              sent, but no whole answer came: timeout, reset

The text of an error is one or two sentences for the person who runs `pulumi up`: what was being
done, what Lumos answered, what to do next. It never holds the token, request headers or a body.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar, NamedTuple

HOW_TO_AUTHENTICATE = (
    "`pulumi config set --secret lumos:accessToken` or `export LUMOS_ACCESS_TOKEN=<the token>`"
)


class LumosError(Exception):
    """Any failure that pulumi-lumos reports itself; `in_doubt`: a change may have been made."""

    in_doubt = False


class ConfigError(LumosError):
    """The settings cannot be used; the text names every mistake and how to correct it."""


class InvalidId(LumosError, ValueError):
    """An id is empty or would change the path it is put into."""


class Problem(NamedTuple):
    """One thing that Lumos refuses in a request."""

    path: str
    """Dotted path of the property, such as `users[1].id`; "" when Lumos names none."""
    message: str


class ApiError(LumosError):
    """A call to Lumos did not succeed.

    `in_doubt` says that Lumos may have carried the change out all the same, so that the caller has
    to look before it tries again. `status` is None where no answer came. `retry_after` is the
    number of seconds that Lumos asked to wait, already bounded, and `attempts` how often the
    request was sent.
    """

    next_step: ClassVar[str] = ""

    def __init__(
        self,
        method: str,
        path: str,
        status: int | None = None,
        detail: str = "",
        in_doubt: bool = False,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        # Everything goes to args, by which exceptions are pickled.
        super().__init__(method, path, status, detail, in_doubt, request_id, retry_after)
        self.method = method
        self.path = path
        self.status = status
        self.detail = detail
        self.in_doubt = in_doubt
        self.request_id = request_id
        self.retry_after = retry_after
        self.attempts = 1

    def __str__(self) -> str:
        what = f"{self.method} {self.path} failed: {self._what_happened()}"
        if self.attempts > 1:
            what += f", tried {self.attempts} times"
        if self.in_doubt:
            what += ", and the change may have been made all the same"
        return f"{what}. {self.next_step}"

    def _what_happened(self) -> str:
        text = f"Lumos answered {_status_text(self.status)}" if self.status else "no answer"
        if self.detail:
            text += f" ({self.detail.rstrip('.')})"
        return f"{text}, request {self.request_id}" if self.request_id else text


class BadRequest(ApiError):
    """400: Lumos does not understand the request."""

    next_step = "Correct the values that the program gives."


class Unauthorized(ApiError):
    """401: the token is unknown or revoked.

    Pulumi engine: `refresh` and `destroy` do not run the program and take the configuration from
    the state, as it was at the last `up`.
    """

    next_step = (
        f"Set a valid token with {HOW_TO_AUTHENTICATE}; `pulumi refresh` and `pulumi destroy`"
        " use the token saved in the state at the last `up`, unless they are given `--run-program`."
    )


class Forbidden(ApiError):
    """403: the token may not do this."""

    next_step = (
        "A token has the rights of the person who created it: use one of a Lumos administrator"
        " who may change this app."
    )


class NotFound(ApiError):
    """404: the object is gone, or never was."""

    next_step = "Check the ids; if the object was deleted in Lumos, run `pulumi up --refresh`."


class Conflict(ApiError):
    """409: the object's present state does not allow it."""

    next_step = "Look at the object in Lumos, then run `pulumi up --refresh`."


class Invalid(ApiError):
    """422: Lumos refuses values of the request; `problems` says which."""

    next_step = "Correct the values that the program gives."

    def __init__(self, *args: Any, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(*args)
        self.problems = problems


class RateLimited(ApiError):
    """429: more requests than Lumos allows, for longer than the deadline let us wait."""

    next_step = "Run `pulumi up` later, lower `lumos:maxConcurrency` or raise `lumos:deadline`."

    def _what_happened(self) -> str:
        if self.status is None:
            return "it was not sent, since Lumos's rate limit left it no turn within the deadline"
        return super()._what_happened()


class Unavailable(ApiError):
    """5xx: Lumos, or something in front of it, could not do its work."""

    next_step = "Run the same command again once Lumos is well."


class UnexpectedAnswer(ApiError):
    """An answer that the Lumos API does not give: no JSON, a web page, a redirect, over 10 MB."""

    next_step = "Check that `lumos:serverUrl` is the Lumos API and that no proxy answers for it."


class ConnectionFailed(ApiError):
    """Lumos was not reached and nothing was sent: DNS, connection refused, TLS, proxy."""

    next_step = "Check `lumos:serverUrl`, the network and the proxy, then try again."

    def _what_happened(self) -> str:
        return f"no connection to Lumos ({self.detail})"


class NoAnswer(ApiError):
    """The request was sent, but no whole answer came: `timed_out`, or the connection broke."""

    next_step = "Run the same command again."

    def __init__(self, *args: Any, timed_out: bool = False) -> None:
        super().__init__(*args)
        self.timed_out = timed_out

    def _what_happened(self) -> str:
        return f"no whole answer from Lumos ({self.detail})"


def _status_text(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
