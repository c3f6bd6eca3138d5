"""No error shows what Lumos repeats of a request: a program may have marked it as a secret."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.echoes import Echoes

from ..drivers.scripted import ScriptedLumos, raw, status

SECRET = 'Door code is <4711> & don\'t tell\nCANARY: second líne\twith "quotes"'
BODY = {
    "label": "CANARY-label",
    "request_config": {"custom_approval_message": SECRET, "users": [{"id": "u-nobody"}]},
    "appstore_visibility": "HIDDEN",
    "count": 4711,
}


def refusal(client: LumosClient, body: Any = BODY) -> errors.ApiError:
    with pytest.raises(errors.ApiError) as caught:
        client.patch("/x", body)
    return caught.value


def shown(error: errors.ApiError) -> str:
    return f"{error} {error!r} {vars(error)}"


@pytest.mark.parametrize(
    "envelope",
    [
        lambda text: {"detail": text},
        lambda text: {"detail": [{"loc": ["body", "label"], "msg": text, "input": text}]},
        lambda text: {"detail": [{"loc": ["body", text], "msg": "no"}]},
        lambda text: {"detail": "no", "errors": [{"field": "label", "message": text}]},
        lambda text: {"detail": "no", "errors": [{"field": text, "message": text, "code": text}]},
        lambda text: text,
    ],
)
@pytest.mark.parametrize("code", [400, 403, 404, 409, 422, 418, 429, 500])
def test_no_envelope_and_no_status_shows_what_it_repeats(
    lumos: ScriptedLumos, client: LumosClient, envelope: Any, code: int
) -> None:
    lumos.answers(status(code, envelope(f"Not allowed: {SECRET!r} for 'CANARY-label'")))
    text = shown(refusal(client))
    assert "CANARY" not in text and "4711>" not in text and "second" not in text


@pytest.mark.parametrize(
    "written",
    [
        str,
        repr,
        json.dumps,
        lambda text: json.dumps(text, ensure_ascii=False),
        html.escape,
        quote,
        quote_plus,
        str.upper,
        str.lower,
        lambda text: text[:20],
        lambda text: text[:20] + "...",
        lambda text: text.splitlines()[1],
        lambda text: text.splitlines()[1][:12],
        lambda text: f"{text}{text}",
        lambda text: " ".join(text.split()),
    ],
)
def test_a_value_is_found_however_it_is_written(written: Any) -> None:
    left = Echoes(BODY).hide(f"The message {written(SECRET)} is too long.")
    assert re.match(r"The message [\"']?\*\*\*", left)
    assert "canary" not in left.lower() and "code" not in left.lower()


@pytest.mark.parametrize(
    ("text", "body", "left"),
    [
        ("Label 'Admin' is taken.", {"label": "Admin"}, "Label '***' is taken."),
        ("Administrators may not.", {"label": "Admin"}, "Administrators may not."),
        ("Admins of Admin", {"label": "admin"}, "Admins of ***"),
        ("label: Field required", {"label": "label"}, "label: Field required"),
        ("A or B or HR", {"a": "A", "b": "HR"}, "A or B or HR"),
        ("true", {"exact_match": "true"}, "true"),
        ("It is 17.", {"count": 17}, "It is 17."),
        ("User u-1 of app-1", {"users": [{"id": "u-1"}], "app_id": "app-1"}, "User u-1 of app-1"),
        ("nothing sent", None, "nothing sent"),
        ("nothing sent", {}, "nothing sent"),
        ("a.b(c)*", {"pattern": "a.b(c)*"}, "***"),
        ("a.b(c)*+ a.b(c)*+d", {"pattern": "a.b(c)*+d"}, "*** ***"),
        ("\u0130stanbul office", {"label": "\u0130stanbul office, floor 3"}, "***"),
    ],
)
def test_only_what_was_sent_is_taken_out(text: str, body: Any, left: str) -> None:
    assert Echoes(body).hide(text) == left


def test_the_place_and_kind_of_a_mistake_are_still_shown(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    detail = [
        {"loc": ["body", "request_config", "users", 0, "id"], "msg": "User u-nobody not found"}
    ]
    lumos.answers(status(422, {"detail": detail}))
    error = refusal(client)
    assert isinstance(error, errors.Invalid)
    assert error.problems == (
        errors.RefusedField("request_config.users[0].id", "User u-nobody not found"),
    )
    assert "(request_config.users[0].id: User u-nobody not found)" in str(error)


def test_what_a_read_asks_for_is_not_shown_either(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(422, {"detail": "search_term 'CANARY label' is too short"}))
    with pytest.raises(errors.Invalid) as caught:
        client.list("/x", {"search_term": "CANARY label", "expand": ["CANARY-2"]})
    assert "CANARY" not in shown(caught.value)
    assert "(search_term '***' is too short)" in str(caught.value)


def test_headers_that_repeat_a_value_do_not_show_it(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    for step in (
        status(500, None, x_request_id="CANARY-label"),
        status(302, None, location="http://CANARY-label/"),
        raw(200, b"x", "text/CANARY-label"),
        raw(200, b"x", content_encoding="CANARY-label"),
    ):
        lumos.answers(step)
        with pytest.raises(errors.ApiError) as caught:
            client.post("/x", BODY)
        assert "canary" not in shown(caught.value).lower()


def test_a_refusal_that_repeats_a_value_many_times_is_read_in_good_time(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    many = [{"loc": ["body", "label"], "msg": f"{SECRET} " * 50}] * 1_000
    lumos.answers(status(422, {"detail": many}))
    error = refusal(client, {**BODY, "ids": [f"id-{number:06}" for number in range(500)]})
    assert isinstance(error, errors.Invalid)
    assert len(error.problems) == 50
    assert "CANARY" not in shown(error)
