"""The client bounds an answer before it inflates it, whatever the headers say."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from functools import cache
from typing import Any

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.bodies import MAX_ANSWER_BYTES
from pulumi_lumos.api.client import LumosClient

from ..drivers.scripted import Handler, ScriptedLumos, Step, raw, status

BODY = json.dumps({"id": "1", "label": "é" * 1000}, ensure_ascii=False).encode()
MEMORY_BYTES = 12 * MAX_ANSWER_BYTES
"""What reading one answer may take: some copies of the longest, and no more."""


@cache
def bomb(layers: int) -> bytes:
    """300 MB of blanks in 300 KB of gzip; in two layers some kilobytes."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    blanks = b" " * 10_000_000
    packed = b"".join(packing.compress(blanks) for _ in range(30)) + packing.flush()
    for _ in range(layers - 1):
        packed = gzip.compress(packed)
    return packed


def encoded(content: bytes, encoding: str, code: int = 200) -> Step:
    return raw(code, content, "application/json", content_encoding=encoding)


def refusal(client: LumosClient) -> errors.ApiError:
    with pytest.raises(errors.ApiError) as caught:
        client.post("/x", {})
    return caught.value


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", " gzip ", "identity", ""])
def test_gzip_is_read_as_well_as_plain_text(
    lumos: ScriptedLumos, client: LumosClient, encoding: str
) -> None:
    content = gzip.compress(BODY) if "gzip" in encoding.lower() else BODY
    lumos.answers(encoded(content, encoding))
    assert client.get("/x") == json.loads(BODY)
    assert lumos.seen[0].headers["accept-encoding"] == "gzip"


def test_gzip_in_many_small_pieces_is_read(lumos: ScriptedLumos, client: LumosClient) -> None:
    packed = gzip.compress(BODY)

    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("content-encoding", "gzip")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        for byte in packed:
            handler.wfile.write(b"1\r\n" + bytes([byte]) + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    lumos.answers(step)
    assert client.get("/x") == json.loads(BODY)


@pytest.mark.parametrize(
    ("encoding", "layers"),
    [
        ("gzip", 1),
        pytest.param("gzip, gzip", 2, marks=pytest.mark.slow),
        ("gzip,gzip,gzip", 3),
        pytest.param("gzip", 2, marks=pytest.mark.slow),
    ],
)
def test_a_bomb_takes_no_more_memory_than_the_longest_answer(
    lumos: ScriptedLumos, client: LumosClient, encoding: str, layers: int
) -> None:
    lumos.answers(encoded(bomb(layers), encoding))
    tracemalloc.start()
    error = refusal(client)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert type(error) is errors.UnexpectedAnswer and error.in_doubt
    assert peak < MEMORY_BYTES


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_two_hundred_megabytes_are_not_read_to_their_end(
    lumos: ScriptedLumos, client: LumosClient, encoding: str
) -> None:
    sent = 0

    def step(handler: Handler) -> None:
        nonlocal sent
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("content-length", "200000000")
        handler.send_header("content-encoding", encoding)
        handler.end_headers()
        for _ in range(200):
            sent += handler.connection.send(b" " * 1_000_000)

    lumos.answers(step)
    tracemalloc.start()
    error = refusal(client)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more than 10,000,000 bytes" in str(error)
    assert error.in_doubt
    assert peak < MEMORY_BYTES
    assert sent < 100_000_000


@pytest.mark.parametrize(
    ("content", "encoding", "words"),
    [
        (BODY, "gzip", "unreadable gzip"),
        (gzip.compress(BODY)[:-9], "gzip", "gzip that breaks off"),
        (zlib.compress(BODY), "deflate", "encoded as deflate, which was not asked for"),
        (BODY, "br", "encoded as br"),
        (BODY, "\x1b[31mbr", "encoded as"),
        (gzip.compress(gzip.compress(BODY)), "gzip, gzip", "encoded as gzip, gzip"),
    ],
)
def test_an_unreadable_body_is_reported_and_leaves_a_change_in_doubt(
    lumos: ScriptedLumos, client: LumosClient, content: bytes, encoding: str, words: str
) -> None:
    lumos.answers(encoded(content, encoding))
    error = refusal(client)
    assert type(error) is errors.UnexpectedAnswer and error.in_doubt
    assert words in str(error) and str(error).isprintable()
    assert error.status == 200


@pytest.mark.parametrize(
    ("code", "kind", "in_doubt"),
    [
        (502, errors.Unavailable, True),
        (422, errors.Invalid, False),
        (404, errors.UnexpectedAnswer, False),
        (302, errors.UnexpectedAnswer, False),
    ],
)
@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b" " * (MAX_ANSWER_BYTES + 1))])
def test_the_status_counts_even_where_the_body_cannot_be_read(
    lumos: ScriptedLumos,
    client: LumosClient,
    code: int,
    kind: type[errors.ApiError],
    in_doubt: bool,
    content: bytes,
) -> None:
    lumos.answers(encoded(content, "gzip", code))
    error = refusal(client)
    assert type(error) is kind
    assert (error.status, error.in_doubt) == (code, in_doubt)


def test_a_missing_body_is_not_an_unreadable_one(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(204, None, content_encoding="gzip"))
    client.delete("/x")


def deep(depth: int) -> Any:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize("code", [200, 422, 500])
@pytest.mark.parametrize(
    "content", [deep(100_000), b"[" * 5_000_000, b"9" * 100_000, b'{"a":' * 1_000_000]
)
def test_json_beyond_all_measure_is_unreadable(
    lumos: ScriptedLumos, client: LumosClient, code: int, content: bytes
) -> None:
    lumos.answers(raw(code, content, "application/json"))
    error = refusal(client)
    assert isinstance(error, errors.ApiError)
    assert error.in_doubt == (code != 422)


@pytest.mark.parametrize(
    ("content", "label"),
    [
        (b'{"label": "\\ud83d\\ude00"}', "\N{GRINNING FACE}"),
        (b'{"label": "a\\ud83db"}', "a\N{REPLACEMENT CHARACTER}b"),
        (b'{"label": "\\uDE00"}', "\N{REPLACEMENT CHARACTER}"),
        (b'{"label": "\\\\ud83d"}', "\\ud83d"),
        (b"\xef\xbb\xbf" + b'{"label": "a"}', "a"),
    ],
)
def test_half_a_character_becomes_one_that_a_state_can_hold(
    lumos: ScriptedLumos, client: LumosClient, content: bytes, label: str
) -> None:
    lumos.answers(raw(200, content, "application/json"))
    assert client.get("/x") == {"label": label}


@pytest.mark.parametrize("content", [b'{"label": "\xed\xa0\xbd"}', b'{"label": "\xff"}'])
def test_what_is_not_utf_8_is_unreadable(
    lumos: ScriptedLumos, client: LumosClient, content: bytes
) -> None:
    lumos.answers(raw(200, content, "application/json"))
    assert "unreadable JSON" in str(refusal(client))
