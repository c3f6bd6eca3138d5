"""How a stack or a shell tells pulumi-lumos which Lumos to talk to, and how patiently."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pulumi_lumos.api.errors import HOW_TO_AUTHENTICATE, ConfigError

PUBLIC_API = "https://api.lumos.com"
DIGEST_LENGTH = 12


@dataclass(frozen=True)
class Settings:
    """Which Lumos to talk to, as whom, and how patiently. Raises ConfigError when unusable.

    `request_timeout_seconds` bounds one attempt, `deadline_seconds` one call with all its
    repetitions and waits; `max_concurrency` is how many requests may be under way at once;
    `preview_checks` is "online" where a preview may ask Lumos about new objects and references;
    `tenant_check` is "on" where a run stops that has the token of another tenant.
    """

    access_token: str = field(repr=False)
    server_url: str = PUBLIC_API
    request_timeout_seconds: float = 30
    deadline_seconds: float = 120
    max_retries: int = 5
    max_concurrency: int = 32
    preview_checks: str = "online"
    tenant_check: str = "on"

    def __post_init__(self) -> None:
        object.__setattr__(self, "server_url", self.server_url.rstrip("/"))
        _refuse(
            f"{setting.names} {reason}"
            for setting in SETTINGS
            if (reason := setting.mistake_in(getattr(self, setting.attribute)))
        )

    @classmethod
    def load(cls, get: Callable[[str], str | None], environ: Mapping[str, str]) -> Settings:
        """Settings from the stack's configuration, else the environment, else the defaults.

        `get("accessToken")` gives the Pulumi configuration value `lumos:accessToken`. The stack
        wins over the environment: a token left in a shell must not point a stack at another
        tenant. Raises ConfigError, naming every mistake at once.
        """
        values: dict[str, Any] = {}
        mistakes: list[str] = []
        for setting in SETTINGS:
            source, text = setting.find(get, environ)
            if text is None:
                continue
            try:
                values[setting.attribute] = value = setting.parse(text)
            except ValueError:
                mistakes.append(f"{source} {setting.expected}")
                continue
            if reason := setting.mistake_in(value):
                mistakes.append(f"{source} {reason}")
        if "access_token" not in values:
            mistakes.insert(
                0, f"The Lumos access token is not set: set it with {HOW_TO_AUTHENTICATE}"
            )
        _refuse(mistakes)
        return cls(**values)

    def token_digest(self, salt: str) -> str:
        """What tells this token from others, and nothing of the token to anybody."""
        digest = hmac.new(self.access_token.encode(), salt.encode(), "sha256")
        return digest.hexdigest()[:DIGEST_LENGTH]


class Setting(NamedTuple):
    """One setting: its names, how its text is read, and what is wrong with a value."""

    attribute: str
    key: str
    variable: str
    parse: Callable[[str], Any]
    mistake_in: Callable[[Any], str | None]
    expected: str = ""

    @property
    def names(self) -> str:
        return f"lumos:{self.key} ({self.variable})"

    def find(
        self, get: Callable[[str], str | None], environ: Mapping[str, str]
    ) -> tuple[str, str | None]:
        """Where the setting is given, and its text; an empty variable counts as not set."""
        if (text := get(self.key)) is not None:
            return f"lumos:{self.key}", text
        return self.variable, environ.get(self.variable) or None


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
        return f"is blank: set it with {HOW_TO_AUTHENTICATE}"
    if not all("!" <= character <= "~" for character in token):
        reason = "holds a space, a line break or a non-ASCII character"
        return f"{reason}: set it with {HOW_TO_AUTHENTICATE}"
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
        return "must begin with https://: plain http, which shows the token, is for 127.0.0.1 only"
    return None


def _choice(attribute: str, key: str, variable: str, *choices: str) -> Setting:
    """A setting whose value is one of some words."""
    expected = f"must be {' or '.join(choices)}"
    return Setting(attribute, key, variable, str, lambda v: None if v in choices else expected)


def _number(
    attribute: str,
    key: str,
    variable: str,
    kind: type[float],
    least: float,
    most: float,
) -> Setting:
    """A setting whose value is a number between two bounds, both allowed."""
    noun = "a whole number" if kind is int else "a number of seconds"
    expected = f"must be {noun} from {least:g} to {most:g}"

    def mistake(value: float) -> str | None:
        return None if least <= value <= most else expected

    return Setting(attribute, key, variable, kind, mistake, expected)


SETTINGS = (
    Setting("access_token", "accessToken", "LUMOS_ACCESS_TOKEN", str, _mistake_in_token),
    Setting("server_url", "serverUrl", "LUMOS_SERVER_URL", str, _mistake_in_url),
    _number(
        "request_timeout_seconds",
        "requestTimeout",
        "LUMOS_REQUEST_TIMEOUT",
        float,
        0.1,
        600,
    ),
    _number("deadline_seconds", "deadline", "LUMOS_DEADLINE", float, 0.1, 3600),
    _number("max_retries", "maxRetries", "LUMOS_MAX_RETRIES", int, 0, 20),
    _number("max_concurrency", "maxConcurrency", "LUMOS_MAX_CONCURRENCY", int, 1, 256),
    _choice("preview_checks", "previewChecks", "LUMOS_PREVIEW_CHECKS", "online", "offline"),
    _choice("tenant_check", "tenantCheck", "LUMOS_TENANT_CHECK", "on", "off"),
)
"""All settings: the one place that names them."""


def _refuse(mistakes: Iterable[str]) -> None:
    if found := list(mistakes):
        raise ConfigError(" ".join(f"{mistake}." for mistake in found))
