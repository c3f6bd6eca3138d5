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
    from .emulator.process import EmulatorProcess
    from .playing import PlayedPerson


class LumosEmulator:
    """A company's Lumos on the emulator, which no other test sees.

    `url` and `token` open it; `environment` leads a Pulumi program to it. Answers are plain dicts
    and lists; one that is no success fails the test.
    """

    def __init__(self, url: str, token: str) -> None:
        import httpx

        self.url = url
        self.token = token
        self._played: dict[tuple[str, bool], PlayedPerson] = {}
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
        """Close the connections."""
        self._http.close()
        for played in self._played.values():
            played.lumos.close()

    def call(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """Do what a person does in Lumos: any call of its API."""
        answer = self._http.request(method, path, json=body, params=query)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def objects(self, path: str, **query: str) -> list[dict[str, Any]]:
        """List all objects at an address, such as `/appstore/requestable_permissions`."""
        from .api.paging import PAGE_SIZE

        items: list[dict[str, Any]] = []
        while True:
            number = str(len(items) // PAGE_SIZE + 1)
            page = self.call("GET", path, size=str(PAGE_SIZE), page=number, **query)
            if isinstance(page, list):  # A few lists have no pages.
                return page
            items += page["items"]
            if len(page["items"]) < PAGE_SIZE:
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

    def as_user(self, email: str, *, admin: bool = False) -> PlayedPerson:
        """Somebody of the company, to ask for access and to decide; `admin`: a domain admin."""
        if (email, admin) not in self._played:
            self._played[email, admin] = self._play(email, "admin" if admin else "user")
        return self._played[email, admin]

    def _play(self, email: str, scope: str) -> PlayedPerson:
        from .access import AccessClient, Settings
        from .playing import PlayedPerson, get_user

        desired = {"user_id": get_user(self.objects, email)["id"], "scope": scope}
        token = self.call("POST", "/_emulator/tokens", desired)["token"]
        # As patient as may be: a busy machine must not fail a test.
        settings = Settings(token, self.url, request_timeout_seconds=600, deadline_seconds=3600)
        return PlayedPerson(AccessClient(settings), self.objects)

    def change_user(
        self, email: str, *, status: str | None = None, manager: str | None = None
    ) -> None:
        """Let somebody leave (`status="INACTIVE"`) or join, or get another manager."""
        from .playing import get_user

        change = {"status": status} if status else {}
        if manager is not None:
            change["manager_id"] = str(get_user(self.objects, manager)["id"])
        user = get_user(self.objects, email)
        self.call("PATCH", f"/_emulator/users/{user['id']}", change)

    def members(self, group: str) -> set[str]:
        """The email addresses of the people in a group, by the name of the group."""
        named = self.objects("/groups", name=group, exact_match="true")
        assert len(named) == 1, f"{len(named)} groups are called {group!r}"
        return {user["email"] for user in self.objects(f"/groups/{named[0]['id']}/users")}

    def pass_time(self, length: str) -> None:
        """Let time pass, such as "3 hours"; whatever is due by then has happened afterwards."""
        from .access import seconds_of

        seconds = seconds_of(length)
        assert seconds is not None, f"{length!r} is no time; an example is '3 hours'"
        self.call("POST", "/_emulator/clock", {"advance_seconds": seconds})


@pytest.fixture(scope="session")
def lumos_emulator_processes() -> Iterator[Callable[[str], EmulatorProcess]]:
    """Gives the process whose companies begin with a seed; each is started once in a test run."""
    from .emulator.process import EmulatorProcess

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
    # Not by `lumos_emulator_process`: in pytest, a fixture of the whole run cannot use a fixture of
    # a single test, and people may override the seed with one.
    process = lumos_emulator_processes(str(lumos_emulator_seed))
    company = LumosEmulator(process.url, f"lsk_{uuid.uuid4().hex}")
    yield company
    company.close()
