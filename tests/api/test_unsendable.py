"""A value that no request can hold is an error before anything is sent, without a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.paths import LONGEST_ID, path
from pulumi_lumos.errors import LumosError

from ..drivers.scripted import ScriptedLumos, status

HALVES = ["\ud83d", "a\udcff", "\udc00\ud800"]
HOSTILE_IDS = [
    "a/../b",
    "../../admin",
    "/",
    "//evil.example",
    "\\",
    "?admin=true",
    "#fragment",
    "%2e%2e%2f",
    "%",
    ";a=b",
    "a b",
    " a",
    "a\n",
    "a\r\nX-Evil: 1",
    "a\x00b",
    "\x1b[2J",
    "\u202eevil",
    "é",
    "\N{GRINNING FACE}",
    "...",
    "http://evil.example/",
    "@evil.example",
    "x" * LONGEST_ID,
]


def refusal(call: Callable[[], object], kind: type[LumosError]) -> str:
    with pytest.raises(kind) as caught:
        call()
    text = str(caught.value)
    assert text.isprintable() and len(text) < 400
    assert not caught.value.in_doubt
    return text


@pytest.mark.parametrize("id", HOSTILE_IDS)
def test_a_hostile_id_stays_in_its_place(
    lumos: ScriptedLumos, client: LumosClient, id: str
) -> None:
    lumos.answers(status(200, {}))
    client.get(path("/appstore/apps/{app_id}/settings", app_id=id))
    (seen,) = lumos.seen
    *above, last, end = seen.path.split("/")
    assert (above, end) == (["", "appstore", "apps"], "settings")
    assert unquote(last) == id
    assert "x-evil" not in seen.headers


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("x" * (LONGEST_ID + 1), "one that has 1,001 characters"),
        ("x" * 100_000, "one that has 100,000 characters"),
        (" " * 100_000, "one that has 100,000 characters"),
        *[(half, "one that holds half of a character") for half in HALVES],
    ],
)
def test_an_id_that_no_path_holds_is_refused(id: str, words: str) -> None:
    text = refusal(lambda: path("/appstore/apps/{app_id}", app_id=id), errors.InvalidId)
    assert f"needs an id for app_id, but got {words}" in text


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize(
    ("body", "place"),
    [
        (lambda half: {"label": half}, "label"),
        (lambda half: {"a": {"b": [{"c": "fine"}, {"c": half}]}}, "a.b[1].c"),
        (lambda half: {half: "label"}, "a name in its body"),
    ],
)
def test_half_a_character_in_a_body_is_an_error_with_its_place(
    lumos: ScriptedLumos,
    client: LumosClient,
    body: Callable[[str], Any],
    place: str,
    half: str,
) -> None:
    for write in (client.post, client.patch):
        text = refusal(lambda write=write: write("/x", body(half)), errors.Unsendable)  # type: ignore[misc]
        assert f"/x cannot be sent: {place} holds half of a character" in text
    assert lumos.seen == []


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_does_not_have_is_an_error(
    lumos: ScriptedLumos, client: LumosClient, number: float
) -> None:
    text = refusal(lambda: client.post("/x", {"a": [1, number]}), errors.Unsendable)
    assert "a[1] holds" in text
    assert lumos.seen == []


@pytest.mark.parametrize("half", HALVES)
def test_half_a_character_in_a_query_is_an_error_with_its_place(
    lumos: ScriptedLumos, client: LumosClient, half: str
) -> None:
    for read in (client.get, client.list, client.page):
        text = refusal(
            lambda read=read: read("/x", {"search_term": half, "expand": ["a"]}),  # type: ignore[misc]
            errors.Unsendable,
        )
        assert "GET /x cannot be sent: search_term holds half of a character" in text
    assert lumos.seen == []


def test_a_text_that_no_address_holds_is_an_error_with_its_place(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    long = "x" * 100_000
    text = refusal(lambda: client.list("/x", {"search_term": long}), errors.Unsendable)
    assert "search_term has 100,000 characters, more than an address can hold" in text
    assert lumos.seen == []


def test_what_cannot_be_sent_leaves_the_client_as_it_was(
    lumos: ScriptedLumos, connect: Callable[..., LumosClient]
) -> None:
    lumos.answers(status(200, {"id": "1"}))
    client = connect(lumos.url, max_concurrency=1)
    for _ in range(3):
        refusal(lambda: client.post("/x", {"label": "\ud800"}), errors.Unsendable)
        refusal(lambda: client.list("/x", {"name": "x" * 100_000}), errors.Unsendable)
    assert client.get("/x") == {"id": "1"}
