"""What can go wrong between a program and Lumos.

    LumosError                    this one and ConfigError are in `pulumi_lumos/errors.py`
    ├── ConfigError               the settings cannot be used
    ├── InvalidId                 an id that no path can hold
    ├── Unsendable                a value that no request can hold
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
        │   └── UntrustedCertificate    nobody vouches for who answered
        └── NoAnswer              sent, but no whole answer came: timeout, reset

The text of an error is one or two sentences for the person who runs `pulumi up`: what was being
done, what Lumos answered, what to do next. It never holds the token, request headers or a body.
What to do next depends on where the error appears, its `Surface`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, NamedTuple

from pulumi_lumos.errors import LumosError
from pulumi_lumos.surface import IN_A_STACK


class InvalidId(LumosError, ValueError):
    """An id is empty, or would change the path that holds it."""


class Unsendable(LumosError, ValueError):
    """A value that no request can hold; nothing was sent."""


class RefusedField(NamedTuple):
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

    advice: str = ""
    """What to do next, with the names of fields of the surface in braces."""

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
        self.surface = IN_A_STACK

    @property
    def next_step(self) -> str:
        """What to do next, in the words of the surface."""
        return self.advice.format_map(vars(self.surface))

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

    advice = "Correct the values that the {giver} gives."


class Unauthorized(ApiError):
    """401: the token is unknown or revoked.

    Pulumi engine: `refresh` and `destroy` do not run the program and take the configuration from
    the state, as it was at the last `up`.
    """

    advice = "Set a valid token with {authenticate}{stale}."


class Forbidden(ApiError):
    """403: the token may not do this."""

    advice = "A token has the rights of the person who created it: {rights}."


class NotFound(ApiError):
    """404: the object is gone, or never was."""

    advice = "Check the ids; if the object was deleted in Lumos, run {refreshed}."


class Conflict(ApiError):
    """409: the object's present state does not allow it."""

    advice = "Look at the object in Lumos, then run {refreshed}."


class Invalid(ApiError):
    """422: Lumos refuses values of the request; `problems` says which."""

    advice = "Correct the values that the {giver} gives."

    def __init__(self, *args: Any, problems: tuple[RefusedField, ...] = ()) -> None:
        super().__init__(*args)
        self.problems = problems


class RateLimited(ApiError):
    """429: more requests than Lumos allows, for longer than the deadline let us wait."""

    advice = "Run {again} later, lower {max_concurrency} or raise {deadline}."

    def _what_happened(self) -> str:
        if self.status is None:
            return "it was not sent, since Lumos's rate limit left it no turn within the deadline"
        return super()._what_happened()


class Unavailable(ApiError):
    """5xx: Lumos, or something in front of it, could not do its work."""

    advice = "Run the same command again once Lumos is well."


class UnexpectedAnswer(ApiError):
    """An answer that the Lumos API does not give: no JSON, a web page, a redirect, over 10 MB."""

    advice = "Check that {server_url} is the Lumos API and that no proxy answers for it."


class ConnectionFailed(ApiError):
    """Lumos was not reached and nothing was sent: DNS, connection refused, TLS, proxy."""

    advice = "Check {server_url}, the network and the proxy, then try again."

    def _what_happened(self) -> str:
        return f"no connection to Lumos ({self.detail})"


class UntrustedCertificate(ConnectionFailed):
    """Whoever answered has no certificate that this machine trusts; the token was not sent."""

    advice = (
        "Where a company inspects TLS, set the environment variable SSL_CERT_FILE to a file with"
        " the company's certificates; otherwise check {server_url} and this machine's clock."
    )


class NoAnswer(ApiError):
    """The request was sent, but no whole answer came: `timed_out`, or the connection broke."""

    advice = "Run the same command again."

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
