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
from pulumi_lumos.errors import ConfigError

from ..drivers.scripted import TOKEN, Handler, ScriptedLumos, status

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


PROXIES = [
    "gopher://127.0.0.1:9",
    "socks4://127.0.0.1:9",
    "http://proxy:port",
    "http://proxy:99999",
    "http://proxy:-1",
    "http://proxy:0",
    "http://[::1",
    "[::1",
    "://",
    "http://xn--\u00e9:1",
    "http://\udcff:1",
    "http://user:secret/word@proxy:80",
    "http://" + "a" * 70_000,
]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY", "http_proxy"])
@pytest.mark.parametrize("proxy", PROXIES, ids=range(len(PROXIES)))
def test_a_proxy_that_cannot_be_used_is_a_config_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, variable: str, proxy: str
) -> None:
    monkeypatch.setenv(variable, proxy)
    with pytest.raises(ConfigError, match="HTTPS_PROXY, ALL_PROXY, NO_PROXY") as caught:
        connect("https://lumos.example")
    text = str(caught.value)
    assert text.isprintable() and len(text) < 400
    assert "secret" not in text and "word" not in text


@pytest.mark.parametrize("hosts", ["[::1", "http://proxy:port", "\u00fc", "\udcff"])
def test_exceptions_from_the_proxy_that_name_no_host_are_a_config_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, hosts: str
) -> None:
    monkeypatch.setenv("NO_PROXY", hosts)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(ConfigError, match="NO_PROXY"):
        connect("https://lumos.example")


@pytest.mark.parametrize(
    "place",
    [
        "http://[::1",
        "http://\u00e9.example",
        "http://evil.example:port/",
        "//",
        "",
        "http://a b",
        "x" * 70_000,
    ],
)
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_to_nowhere_is_reported_as_a_redirect(
    lumos: ScriptedLumos, client: LumosClient, waits: list[float], code: int, place: str
) -> None:
    lumos.answers(status(code, None, location=place.encode("utf-8").decode("latin-1")))
    with pytest.raises(errors.UnexpectedAnswer, match="a redirect to ") as caught:
        client.post("/x", {})
    assert caught.value.status == code and not caught.value.in_doubt
    assert (len(lumos.seen), waits) == (1, [])
    assert str(caught.value).isprintable() and len(str(caught.value)) < 800
