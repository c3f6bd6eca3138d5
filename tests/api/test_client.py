from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.paths import path
from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings

from .conftest import TOKEN
from .scripted import Handler, ScriptedLumos, status

Connect = Callable[..., LumosClient]


def test_each_verb_sends_what_it_says(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(200, {"id": "1"}))
    assert client.get("/a") == {"id": "1"}
    assert client.post("/b", {"label": "é"}) == {"id": "1"}
    assert client.patch("/c", {"label": None}) == {"id": "1"}
    client.delete("/d")
    assert [(seen.method, seen.path) for seen in lumos.seen] == [
        ("GET", "/a"),
        ("POST", "/b"),
        ("PATCH", "/c"),
        ("DELETE", "/d"),
    ]
    assert [json.loads(seen.body or b"null") for seen in lumos.seen] == [
        None,
        {"label": "é"},
        {"label": None},
        None,
    ]


def test_an_empty_body_is_sent_as_an_object(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(200, {"id": "1"}))
    client.patch("/c", {})
    assert lumos.seen[0].body == b"{}"


def test_requests_say_who_they_are_and_what_they_read(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(200, {}))
    client.get("/a")
    headers = lumos.seen[0].headers
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["accept"] == "application/json"
    assert headers["user-agent"].startswith(f"pulumi-lumos/{version('pulumi-lumos')} python/3.")


def test_query_values_are_written_as_lumos_reads_them(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(200, {}))
    query: dict[str, str | bool | int | list[str]] = {
        "exact_match": True,
        "all_visibilities": False,
        "page": 2,
        "search_term": "R&D é",
        "expand": ["a", "b"],
    }
    client.get("/a", query)
    assert parse_qs(urlsplit(lumos.seen[0].path).query) == {
        "exact_match": ["true"],
        "all_visibilities": ["false"],
        "page": ["2"],
        "search_term": ["R&D é"],
        "expand": ["a", "b"],
    }


def test_a_server_url_with_a_path_comes_before_every_path(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(status(200, {}))
    connect(f"{lumos.url}/lumos/").get("/apps")
    assert lumos.seen[0].path == "/lumos/apps"


def test_an_id_cannot_leave_its_place_in_the_path(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(200, {}))
    client.get(path("/appstore/apps/{app_id}/settings", app_id="a/../b?c#d%2Fé"))
    assert lumos.seen[0].path == "/appstore/apps/a%2F..%2Fb%3Fc%23d%252F%C3%A9/settings"


@pytest.mark.parametrize("app_id", ["", " ", ".", ".."])
def test_an_id_that_would_name_another_path_is_refused(app_id: str) -> None:
    with pytest.raises(errors.InvalidId, match="app_id"):
        path("/appstore/apps/{app_id}", app_id=app_id)


def test_connections_are_kept_for_the_next_request(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    ports = set()

    def step(handler: Handler) -> None:
        ports.add(handler.client_address[1])
        status(200, {})(handler)

    lumos.answers(step)
    for _ in range(5):
        client.get("/a")
    assert len(ports) == 1


def test_many_more_threads_than_connections_all_get_their_turn(
    lumos: ScriptedLumos, connect: Connect
) -> None:
    lumos.answers(status(200, {"id": "1"}))
    client = connect(lumos.url, max_concurrency=3)
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: client.post("/a", {}), range(200)))
    assert answers == [{"id": "1"}] * 200


@pytest.mark.parametrize("proxy", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
def test_no_proxy_ever_gets_what_is_meant_for_this_machine(
    lumos: ScriptedLumos, connect: Connect, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv(proxy, "http://127.0.0.1:9")
    lumos.answers(status(200, {"id": "1"}))
    for url in (lumos.url, lumos.url.replace("127.0.0.1", "localhost")):
        assert connect(url).get("/a") == {"id": "1"}


def test_a_proxy_of_the_environment_is_used_for_other_hosts(
    lumos: ScriptedLumos, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", lumos.url)
    lumos.answers(status(403))
    with pytest.raises(errors.ConnectionFailed):
        connect("https://lumos.example", max_retries=0).get("/a")
    assert [(seen.method, seen.path) for seen in lumos.seen] == [("CONNECT", "lumos.example:443")]
    assert "authorization" not in lumos.seen[0].headers


def test_a_proxy_that_cannot_be_used_is_a_config_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://127.0.0.1:9")
    with pytest.raises(errors.ConfigError, match="HTTPS_PROXY"):
        connect("https://lumos.example")


def test_all_threads_share_one_client_for_one_lumos_and_token() -> None:
    def ask(token: str) -> LumosClient:
        return shared_client(Settings(token, "http://127.0.0.1:9"))

    with ThreadPoolExecutor(16) as pool:
        clients = list(pool.map(ask, ["lsk_a", "lsk_b"] * 32))
    assert len({id(client) for client in clients}) == 2
    assert clients[0] is clients[2] is not clients[1]
    assert shared_client(Settings("lsk_a", "http://127.0.0.1:9/")) is clients[0]
    assert shared_client(Settings("lsk_a", "http://127.0.0.1:8")) is not clients[0]
