"""Tools that show the locals of a traceback (rich, `pytest -l`, Sentry) never show the token."""

from __future__ import annotations

import gc
import pprint
import reprlib
import sys
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import pytest
from pulumi.dynamic import ConfigureRequest
from pulumi.dynamic.config import Config
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.network import BoundedStream
from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.cli import connection
from pulumi_lumos.config import Settings
from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.dynamic.provider import Provider
from pulumi_lumos.lookups.kinds import APP
from pulumi_lumos.lookups.reading import Lookups
from rich.pretty import pretty_repr
from rich.traceback import Traceback

from ..drivers.scripted import TOKEN, ScriptedLumos, Step, status
from .leaks import FAULTS, chained

Connect = Callable[..., LumosClient]
CANARY = "CANARY"
assert CANARY in TOKEN


def of_ours(error: BaseException) -> TracebackType:
    """The traceback from the first frame of the package on: above it the tests know the token."""
    trace = error.__traceback__
    while trace and not trace.tb_frame.f_globals["__name__"].startswith("pulumi_lumos"):
        trace = trace.tb_next
    assert trace, "the error comes from the package"
    return trace


def as_tools_show(error: BaseException) -> str:
    """The locals of all frames of an error, as rich prints them and as `repr` does."""
    trace = of_ours(error)
    options: dict[str, Any] = {"locals_max_string": None, "locals_max_length": None}
    by_rich = Traceback.extract(type(error), error, trace, show_locals=True, **options)
    nodes = [
        node
        for stack in by_rich.stacks
        for frame in stack.frames
        for node in (frame.locals or {}).values()
    ]
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    values = [value for frame in frames for value in frame.f_locals.values()]
    return "\n".join([*map(str, nodes), *map(as_shown, values)])


def as_shown(value: Any) -> str:
    texts = [repr(value), reprlib.repr(value), pprint.pformat(value), pretty_repr(value)]
    return "\n".join(texts)


def raised(call: Callable[[], Any], kind: type[BaseException] = LumosError) -> BaseException:
    with pytest.raises(kind) as caught:
        call()
    return caught.value


def check(error: BaseException) -> None:
    for each in chained(error):
        assert CANARY not in as_tools_show(each)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_failed_call_shows_the_token(
    lumos: ScriptedLumos, connect: Connect, fault: Step
) -> None:
    lumos.answers(fault)
    client = connect(lumos.url, request_timeout_seconds=0.2, deadline_seconds=30, max_retries=1)
    try:
        client.delete("/appstore/apps/1")
    except LumosError as error:
        check(error)
    refused = raised(lambda: client.patch("/appstore/apps/1/settings", {"label": "x"}))
    check(refused)
    assert "/appstore/apps/1/settings" in as_tools_show(refused), "the locals are shown"


@pytest.mark.parametrize("kind", [KeyboardInterrupt, RuntimeError, SystemExit])
@pytest.mark.parametrize("place", ["read", "write"])
def test_nothing_that_breaks_a_request_off_shows_the_token(
    lumos: ScriptedLumos,
    client: LumosClient,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[BaseException],
    place: str,
) -> None:
    def broken(*_arguments: object, **_named: object) -> bytes:
        raise kind("broken off") from ValueError("a reason")

    lumos.answers(status(200, {}))
    monkeypatch.setattr(BoundedStream, place, broken)
    check(raised(lambda: client.get("/x"), kind))


def test_a_failed_connection_shows_nothing_either(connect: Connect) -> None:
    check(raised(lambda: connect("http://127.0.0.1:1", max_retries=0).get("/x")))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LUMOS_SERVER_URL", "ftp://x"),
        ("LUMOS_DEADLINE", "soon"),
        ("LUMOS_ACCESS_TOKEN", f"{TOKEN} "),
        ("LUMOS_MAX_RETRIES", "-1"),
    ],
)
def test_no_mistake_in_the_settings_shows_the_token(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv("LUMOS_ACCESS_TOKEN", TOKEN)
    monkeypatch.setenv(variable, value)
    check(raised(connection.settings))
    check(raised(lambda: Provider("AppStoreApp").call))


def test_no_mistake_in_a_stack_shows_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "tracebacklimit", 1000, raising=False)
    config = Config({"lumos:accessToken": TOKEN, "lumos:maxRetries": "many"}, "a-project")
    provider = Provider("RequestablePermission")
    provider.configure(ConfigureRequest(config=config))
    check(raised(lambda: provider.call))


def test_no_mistake_in_a_proxy_shows_the_token_or_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:pa/CANARY@proxy:80")
    error = raised(lambda: LumosClient(Settings(TOKEN)))
    assert CANARY not in str(error)
    check(error)


def test_a_lookup_that_fails_shows_nothing(lumos: ScriptedLumos, connect: Connect) -> None:
    lumos.answers(status(401, {"detail": f"Bearer {TOKEN}"}))
    lookups = Lookups(connect(lumos.url))
    check(raised(lambda: lookups.get(APP, {"name": "Slack"})))


def objects_of_ours() -> Iterator[object]:
    for one in gc.get_objects():
        if str(type(one).__module__).startswith("pulumi_lumos"):
            yield one


def test_no_object_of_the_package_shows_the_token(lumos: ScriptedLumos) -> None:
    lumos.answers(status(200, {"items": [{"id": "1", "user_friendly_label": "Slack"}]}))
    # Declarations, which are many, are made by the import: no run puts a token into them.
    declared = {id(one) for one in objects_of_ours()}
    seen: list[object] = []
    settings = Settings(TOKEN, lumos.url)
    client = shared_client(settings)

    def look(*_arguments: object) -> dict[str, str]:
        seen.extend(objects_of_ours())  # also what lives for one request
        return {}

    client._transport._http.event_hooks["request"].append(look)  # type: ignore[union-attr]
    Lookups(client).get(APP, {"name": "Slack"})
    seen.extend(objects_of_ours())
    client.close()
    kinds = {type(one).__name__ for one in seen}
    assert {"Request", "Settings", "LumosClient", "Transport", "Attempts", "Listing"} <= kinds
    # Most objects were there both times.
    once = {id(one): one for one in seen if id(one) not in declared}.values()
    shown = {type(one).__name__ for one in once if CANARY in as_shown(one)}
    assert shown == set()
