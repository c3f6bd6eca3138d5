"""Fixtures with which users test their own stacks against a local Lumos.

pytest finds them by itself once `pulumi-lumos[emulator]` is installed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pulumi_lumos.emulator.process import EmulatorProcess


class LumosEmulator:
    """A company's Lumos on the emulator, which no other test sees.

    `url` and `token` open it; `environment` leads a Pulumi program to it. Answers are plain dicts
    and lists; one that is no success fails the test.
    """

    def __init__(self, url: str, token: str) -> None:
        import httpx

        self.url = url
        self.token = token
        # The emulator shows a new object at once, unless a switch says otherwise.
        self.environment = {
            "LUMOS_SERVER_URL": url,
            "LUMOS_ACCESS_TOKEN": token,
            "LUMOS_LAG": "0",
        }
        headers = {"Authorization": f"Bearer {token}"}
        # The emulator is on this machine: no proxy, and no TLS with certificates to read. A busy
        # machine answers late, which must not fail a test.
        self._http = httpx.Client(
            base_url=url,
            headers=headers,
            trust_env=False,
            verify=False,  # noqa: S501
            timeout=None,  # noqa: S113
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def call(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """Do what a person does in Lumos: any call of its API."""
        answer = self._http.request(method, path, json=body, params=query)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def objects(self, path: str, **query: str) -> list[dict[str, Any]]:
        """All objects of a list, such as `/appstore/requestable_permissions`."""
        page = self.call("GET", path, size="100", **query)
        items: list[dict[str, Any]] = page["items"]
        return items

    def requests(self, *methods: str) -> list[dict[str, Any]]:
        """The requests so far, of all methods or of some, in the order of arrival."""
        recorded: list[dict[str, Any]] = self.call("GET", "/_emulator/requests")
        return [request for request in recorded if not methods or request["method"] in methods]

    def forget_requests(self) -> None:
        """Count requests from here on."""
        self.call("DELETE", "/_emulator/requests")

    def switch(self, **values: Any) -> None:
        """Set switches of the emulator (docs/emulator.md), for this company alone."""
        self.call("PATCH", "/_emulator/switches", values)


@pytest.fixture(scope="session")
def lumos_emulator_processes() -> Iterator[Callable[[str], EmulatorProcess]]:
    """Gives the process whose companies begin with a seed; each is started once in a test run."""
    from pulumi_lumos.emulator.process import EmulatorProcess

    with ExitStack() as running:
        yield cache(lambda seed: running.enter_context(EmulatorProcess(seed=seed)))


@pytest.fixture(scope="session")
def lumos_emulator_seed() -> str:
    """What a company begins with: `demo`, `none` or a JSON file; override it, in any scope."""
    return "demo"


@pytest.fixture(scope="session")
def lumos_emulator_process(
    lumos_emulator_seed: str, lumos_emulator_processes: Callable[[str], EmulatorProcess]
) -> EmulatorProcess:
    """The process behind the companies, for a fixture of the whole test run."""
    return lumos_emulator_processes(lumos_emulator_seed)


@pytest.fixture
def lumos_emulator(
    lumos_emulator_seed: str, lumos_emulator_processes: Callable[[str], EmulatorProcess]
) -> Iterator[LumosEmulator]:
    """A fresh company for one test."""
    # Not by `lumos_emulator_process`: pytest lets no fixture of the whole run ask for one of a
    # single test, which is what people make of the seed when they override it.
    process = lumos_emulator_processes(str(lumos_emulator_seed))
    company = LumosEmulator(process.url, f"lsk_{uuid.uuid4().hex}")
    yield company
    company.close()
