"""How a stack or a shell tells pulumi-lumos which Lumos to talk to, and how patiently."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from .errors import ConfigError
from .surface import IN_A_STACK, Surface

PUBLIC_API = "https://api.lumos.com"
DIGEST_LENGTH = 12


@dataclass(frozen=True)
class Settings:
    """Which Lumos to talk to, as whom, and how patiently. Raises ConfigError when unusable.

    `request_timeout_seconds` bounds one attempt, `deadline_seconds` one call with all its
    repetitions and waits; `max_concurrency` is how many requests may be under way at once;
    `lag_seconds` is how long Lumos may hide a new object;
    `preview_checks` is "online" where a preview may ask Lumos about new objects and references;
    `surface` is where errors appear, and decides what they advise. `tenant_check` is "on" where a
    run stops that has the token of another tenant.
    """

    access_token: str = field(repr=False)
    server_url: str = PUBLIC_API
    request_timeout_seconds: float = 30
    deadline_seconds: float = 120
    max_retries: int = 5
    max_concurrency: int = 32
    preview_checks: str = "online"
    tenant_check: str = "on"
    lag_seconds: float = 5.0
    surface: Surface = field(default=IN_A_STACK, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "server_url", self.server_url.rstrip("/"))
        _refuse(
            setting.sentence(setting.names, reason, self.surface)
            for setting in SETTINGS
            if (reason := setting.mistake_in(getattr(self, setting.attribute)))
        )

    @classmethod
    def load(
        cls,
        get: Callable[[str], str | None],
        environ: Mapping[str, str],
        surface: Surface = IN_A_STACK,
    ) -> Settings:
        """Read the settings of the stack's configuration, else the environment, else the defaults.

        `get("accessToken")` gives the Pulumi configuration value `lumos:accessToken`. The stack
        wins over the environment: a token left in a shell must not point a stack at another
        tenant. Raises ConfigError, naming every mistake at once, in words of the `surface`.
        """
        given = [setting.read(get, environ, surface) for setting in SETTINGS]
        # A traceback that shows locals would show the whole environment, and the token in it.
        del get, environ
        _refuse(one.mistake for one in given if one.mistake)
        return cls(
            surface=surface,
            **{one.attribute: one.value for one in given if one.value is not None},
        )

    def token_digest(self, salt: str) -> str:
        """What tells this token from others, and nothing of the token to anybody."""
        digest = hmac.new(self.access_token.encode(), salt.encode(), "sha256")
        return digest.hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True)
class GivenSetting:
    """What is given for one setting: its value, or what is wrong with it, or neither."""

    attribute: str
    value: Any = field(default=None, repr=False)
    mistake: str = ""


class Setting(NamedTuple):
    """One setting: its names, how its text is read, and what is wrong with a value.

    `doc` says what it is for, in the schema of the packaged provider.
    """

    attribute: str
    key: str
    variable: str
    parse: Callable[[str], Any]
    mistake_in: Callable[[Any], str | None]
    doc: str
    expected: str = ""

    @property
    def names(self) -> str:
        return f"lumos:{self.key} ({self.variable})"

    def read(
        self,
        get: Callable[[str], str | None],
        environ: Mapping[str, str],
        surface: Surface,
    ) -> GivenSetting:
        """Read what the stack gives for the setting, else the environment.

        An empty variable counts as not set.
        """
        source, text = f"lumos:{self.key}", get(self.key)
        if text is None:
            source, text = self.variable, environ.get(self.variable) or None
        if text is None:
            missing = f"The Lumos access token is not set: set it with {surface.authenticate}"
            return GivenSetting(self.attribute, mistake=missing if self.is_token else "")
        value, reason = self.parsed(text)
        if reason:
            return GivenSetting(self.attribute, mistake=self.sentence(source, reason, surface))
        return GivenSetting(self.attribute, value)

    def parsed(self, text: str) -> tuple[Any, str | None]:
        """The value that a text stands for, and what is wrong with it."""
        try:
            value = self.parse(text)
        except ValueError:
            return None, self.expected
        return value, self.mistake_in(value)

    @property
    def is_token(self) -> bool:
        """Whether this is the one setting that must be given."""
        return self.attribute == "access_token"

    def sentence(self, source: str, reason: str, surface: Surface) -> str:
        """What is wrong with what stands at a source."""
        advice = f": set it with {surface.authenticate}" if self.is_token else ""
        return f"{source} {reason}{advice}"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its spelling alone, without asking DNS."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    # Not `is_loopback`, which also accepts IPv6 spellings of IPv4 addresses.
    return address == ipaddress.ip_address("::1") or (
        address.version == 4 and address in ipaddress.ip_network("127.0.0.0/8")
    )


def _mistake_in_token(token: str) -> str | None:
    if not token.strip():
        return "is blank"
    if not all("!" <= character <= "~" for character in token):
        return "holds a space, a line break or a non-ASCII character"
    return None


def _mistake_in_url(url: str) -> str | None:
    if "\\" in url or not all("!" <= character <= "~" for character in url):
        return "holds a space, a backslash or a non-ASCII character"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return f"is not a URL; an example is {PUBLIC_API}"
    if parts.scheme not in ("https", "http") or not host:
        return f"must begin with https:// and name a host, as {PUBLIC_API} does"
    if "@" in parts.netloc:
        return "must not hold a user name or a password"
    if "?" in url or "#" in url:
        return "must not hold a query or a fragment"
    if parts.scheme == "http" and not is_loopback(host):
        return (
            "must begin with https://: plain http, which shows the token, is for this machine only"
        )
    return None


def _choice(attribute: str, key: str, variable: str, doc: str, *choices: str) -> Setting:
    """A setting whose value is one of some words."""
    expected = f"must be {' or '.join(choices)}"
    return Setting(
        attribute,
        key,
        variable,
        str,
        lambda v: None if v in choices else expected,
        f"{doc} It {expected}.",
    )


def _number(
    attribute: str,
    key: str,
    variable: str,
    kind: type[float],
    least: float,
    most: float,
    doc: str,
) -> Setting:
    """A setting whose value is a number between two bounds, both allowed."""
    noun = "a whole number" if kind is int else "a number of seconds"
    expected = f"must be {noun} from {least:g} to {most:g}"

    def mistake(value: float) -> str | None:
        return None if least <= value <= most else expected

    return Setting(attribute, key, variable, kind, mistake, f"{doc} It {expected}.", expected)


SETTINGS = (
    Setting(
        "access_token",
        "accessToken",
        "LUMOS_ACCESS_TOKEN",
        str,
        _mistake_in_token,
        "The access token of Lumos's API.",
    ),
    Setting(
        "server_url",
        "serverUrl",
        "LUMOS_SERVER_URL",
        str,
        _mistake_in_url,
        f"The address of Lumos's API; {PUBLIC_API} where it is not given.",
    ),
    _number(
        "request_timeout_seconds",
        "requestTimeout",
        "LUMOS_REQUEST_TIMEOUT",
        float,
        0.1,
        600,
        "How long one attempt of a request may take.",
    ),
    _number(
        "deadline_seconds",
        "deadline",
        "LUMOS_DEADLINE",
        float,
        0.1,
        3600,
        "How long one call may take with all its repetitions and waits.",
    ),
    _number(
        "max_retries",
        "maxRetries",
        "LUMOS_MAX_RETRIES",
        int,
        0,
        20,
        "How often the client repeats a request that it may safely repeat.",
    ),
    _number(
        "max_concurrency",
        "maxConcurrency",
        "LUMOS_MAX_CONCURRENCY",
        int,
        1,
        256,
        "How many requests may be under way at once.",
    ),
    _number(
        "lag_seconds", "lag", "LUMOS_LAG", float, 0, 60, "How long Lumos may hide a new object."
    ),
    _choice(
        "preview_checks",
        "previewChecks",
        "LUMOS_PREVIEW_CHECKS",
        "Whether a preview may ask Lumos about new objects and references.",
        "online",
        "offline",
    ),
    _choice(
        "tenant_check",
        "tenantCheck",
        "LUMOS_TENANT_CHECK",
        "Whether a run with the token of another tenant stops.",
        "on",
        "off",
    ),
)
"""All settings: the one place that names them."""
TOKEN = next(setting.key for setting in SETTINGS if setting.is_token)


def _refuse(mistakes: Iterable[str]) -> None:
    if found := list(mistakes):
        raise ConfigError(" ".join(f"{mistake}." for mistake in found))
