"""The checks of `pulumi-lumos doctor`, each with what to do where it fails."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import requires, version
from typing import NamedTuple

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.errors import ApiError, Unauthorized
from pulumi_lumos.api.transport import trusted_certificates
from pulumi_lumos.errors import ConfigError, LumosError
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lookups.results import GetUserResult, result

from .connection import settings

CLI_WITHIN_SECONDS = 20
IN_A_STACK = (
    "To check a token that only a stack has: "
    'LUMOS_ACCESS_TOKEN="$(pulumi config get lumos:accessToken)" pulumi-lumos doctor.'
)
RIGHTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("may read apps", "/apps", {}),
    ("may read groups", "/groups", {}),
    ("may read users", "/users", {}),
    ("may read inline webhooks", "/inline_webhooks", {}),
    ("may read permissions", "/appstore/requestable_permissions", {}),
    ("may administer the AppStore", "/appstore/apps", {"all_visibilities": "true"}),
)
"""What a read can tell of the token's rights; `all_visibilities` is for administrators alone."""


class Check(NamedTuple):
    """One check, and its result."""

    name: str
    well: bool
    found: str
    advice: str = ""

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The cells of a table."""
        return ("ok" if self.well else "no", self.name, self.found, self.advice)


def of_this_machine() -> Iterator[Check]:
    """The versions, and whether Pulumi can run programs of this package."""
    yield Check("pulumi-lumos", True, version("pulumi-lumos"))
    yield Check("Python", True, platform.python_version())
    yield _sdk()
    yield _cli()
    host = shutil.which("pulumi-language-python")
    advice = "Install the whole Pulumi release: this file comes with the pulumi command."
    yield Check("Pulumi's Python host", bool(host), host or "not on PATH", "" if host else advice)
    yield _providers()


def of_lumos() -> Iterator[Check]:
    """The settings of the environment, and what Lumos says to them."""
    try:
        found = settings()
    except ConfigError as error:
        yield Check("settings", False, str(error), IN_A_STACK)
        return
    yield Check("settings", True, f"a token for {found.server_url}")
    if found.server_url.startswith("https://"):
        yield Check("TLS", True, f"trusts {trusted_certificates()}")
    client: LumosClient | None = None
    try:
        client = LumosClient(found)
        yield from _of_token(client, found.server_url)
    except LumosError as error:
        yield Check("API", False, str(error), "Run `pulumi-lumos doctor` again after that.")
    finally:
        if client is not None:
            client.close()


def _of_token(client: LumosClient, server_url: str) -> Iterator[Check]:
    try:
        user = result(GetUserResult, client.get("/users/current"))
    except Unauthorized as error:
        yield Check("API", True, f"{server_url} answers")
        yield Check("token", False, "Lumos does not accept it", error.next_step)
        return
    yield Check("API", True, f"{server_url} answers")
    name = " ".join(filter(None, (user.given_name, user.family_name))) or user.id
    yield Check("token", True, f"belongs to {name} ({user.email or user.id}, {user.status})")
    for right, address, query in RIGHTS:
        yield _right(client, right, address, query)


def _right(client: LumosClient, right: str, address: str, query: dict[str, str]) -> Check:
    try:
        client.page(address, query)
    except ApiError as error:
        reason = f"Lumos answers {error.status}" if error.status else "no answer"
        return Check(right, False, reason, error.next_step)
    return Check(right, True, "yes")


def _sdk() -> Check:
    found, least = version("pulumi"), _least()
    advice = f"Install a newer one: pip install 'pulumi>={least}'."
    well = _numbers(found) >= _numbers(least)
    return Check("pulumi SDK", well, found, "" if well else advice)


def _cli() -> Check:
    command = shutil.which("pulumi")
    if command is None:
        return Check("pulumi command", False, "not on PATH", "Install the Pulumi CLI.")
    try:
        run = subprocess.run(  # noqa: S603 - the user's own pulumi
            [command, "version"],
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            capture_output=True,
            text=True,
            timeout=CLI_WITHIN_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("pulumi command", False, f"{command}: {error}", "Install it again.")
    found, least = run.stdout.strip(), _least()
    well = run.returncode == 0 and _numbers(found) >= _numbers(least)
    advice = f"Install release {least} or a newer one."
    return Check("pulumi command", well, found or run.stderr, "" if well else advice)


def _providers() -> Check:
    """Whether states will name this package's kinds, instead of holding their code."""
    # It loads Pulumi, which no other command needs.
    from pulumi_lumos.hosts.dynamic.recorded import is_recorded_by_name

    by_value = [kind for kind in kinds() if not is_recorded_by_name(kind)]
    if by_value:
        advice = "Install pulumi-lumos as a package, and do not run it as a script."
        return Check("recorded providers", False, f"code of {', '.join(by_value)}", advice)
    return Check("recorded providers", True, f"names of {', '.join(kinds())}")


def _least() -> str:
    """The oldest release of Pulumi that this package works with."""
    (desired,) = (one for one in requires("pulumi-lumos") or () if re.match(r"pulumi\b(?!-)", one))
    found = re.search(r">=\s*([\d.]+)", desired)
    return found[1] if found else "0"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:2])
