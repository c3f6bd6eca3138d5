from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, Literal

import pytest
from pulumi_lumos.api import errors
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.errors import RefusedField
from pulumi_lumos.surface import ON_THE_COMMAND_LINE

from ..drivers.scripted import TOKEN, ScriptedLumos, Step, raw, reset, stall, status

PERMISSIONS = "/appstore/requestable_permissions"


def refusal(client: LumosClient, method: Literal["get", "post"] = "get") -> errors.ApiError:
    with pytest.raises(errors.ApiError) as caught:
        if method == "post":
            client.post(PERMISSIONS, {})
        else:
            client.get(PERMISSIONS)
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (422, errors.Invalid),
        (500, errors.Unavailable),
        (501, errors.Unavailable),
        (502, errors.Unavailable),
        (599, errors.Unavailable),
        (302, errors.UnexpectedAnswer),
        (405, errors.UnexpectedAnswer),
        (418, errors.UnexpectedAnswer),
    ],
)
def test_each_status_has_its_error(
    lumos: ScriptedLumos, client: LumosClient, code: int, kind: type[errors.ApiError]
) -> None:
    lumos.answers(status(code, {"detail": "why not"}, x_request_id="r-1"))
    error = refusal(client, "post")
    assert type(error) is kind
    assert (error.method, error.path, error.status) == ("POST", PERMISSIONS, code)
    assert error.request_id == "r-1"
    assert str(error).startswith(f"POST {PERMISSIONS} failed: Lumos answered {code}")
    assert len(lumos.seen) == 1


def test_the_reason_that_lumos_gives_is_in_the_text(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(409, {"detail": "Label is taken."}))
    assert "(Label is taken)." in str(refusal(client, "post"))


def test_401_says_how_to_set_the_token_and_where_a_stale_one_comes_from(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(401, {"detail": "Unauthorized"}))
    text = str(refusal(client))
    assert "pulumi config set --secret lumos:accessToken" in text
    assert "LUMOS_ACCESS_TOKEN" in text
    assert "--run-program" in text


REFUSED = [status(code) for code in (400, 401, 403, 404, 405, 409, 422, 429, 500, 503)]


@pytest.mark.parametrize("step", [*REFUSED, reset, stall(0.5), raw(200, b"", "text/html")])
@pytest.mark.parametrize("call", ["get", "list", "page", "post"])
def test_a_command_advises_only_what_a_command_reads(
    lumos: ScriptedLumos, connect: Callable[..., LumosClient], step: Step, call: str
) -> None:
    lumos.answers(step)
    patience = {"max_retries": 0, "request_timeout_seconds": 0.1, "deadline_seconds": 5}
    client = connect(lumos.url, surface=ON_THE_COMMAND_LINE, **patience)
    with pytest.raises(errors.ApiError) as caught:
        client.post("/x", {}) if call == "post" else getattr(client, call)("/x")
    text = str(caught.value)
    assert "pulumi" not in text and "lumos:" not in text
    assert str(pickle.loads(pickle.dumps(caught.value))) == text


@pytest.mark.parametrize("call", ["get", "list", "page"])
def test_the_reason_of_an_answer_of_another_shape_is_in_the_text(
    lumos: ScriptedLumos, connect: Callable[..., LumosClient], call: str
) -> None:
    lumos.answers(status(200, ["x"]))
    client = connect(lumos.url, surface=ON_THE_COMMAND_LINE)
    with pytest.raises(errors.UnexpectedAnswer, match=r"Check that `LUMOS_SERVER_URL` is"):
        getattr(client, call)("/x")


def test_a_failed_connection_advises_a_command_the_same(
    connect: Callable[..., LumosClient],
) -> None:
    client = connect("http://127.0.0.1:1", max_retries=0, surface=ON_THE_COMMAND_LINE)
    with pytest.raises(errors.ConnectionFailed, match=r"Check `LUMOS_SERVER_URL`, the network"):
        client.get("/x")


def test_403_says_whose_rights_a_token_has(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(403, {"detail": "Forbidden"}))
    assert "rights of the person who created it" in str(refusal(client))


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        (
            {
                "detail": [
                    {"loc": ["body", "request_config", "users", 1, "id"], "msg": "bad", "type": "t"}
                ]
            },
            (RefusedField("request_config.users[1].id", "bad"),),
        ),
        (
            {"detail": [{"loc": ["query", "size"], "msg": "too big"}, {"loc": ["body"]}]},
            (RefusedField("size", "too big"), RefusedField("", "not accepted")),
        ),
        ({"detail": "Group not found"}, (RefusedField("", "Group not found"),)),
        (
            {
                "detail": "Invalid",
                "type": "validation",
                "code": "x",
                "errors": [{"field": "steps[2].group_id", "code": "y", "message": "unknown"}],
            },
            (RefusedField("steps[2].group_id", "unknown"),),
        ),
        (
            {"detail": "Only a summary", "type": "validation", "code": "x", "errors": []},
            (RefusedField("", "Only a summary"),),
        ),
        ({"detail": [{"loc": "body", "msg": "odd"}, "noise"]}, (RefusedField("", "odd"),)),
        ([], ()),
        ("text", ()),
        (None, ()),
    ],
)
def test_422_names_each_problem_in_every_envelope(
    lumos: ScriptedLumos, client: LumosClient, body: Any, problems: tuple[RefusedField, ...]
) -> None:
    lumos.answers(status(422, body))
    error = refusal(client, "post")
    assert isinstance(error, errors.Invalid)
    assert error.problems == problems
    for path, message in problems:
        assert f"{path}: {message}" if path else message in str(error)


@pytest.mark.parametrize(
    "step",
    [
        raw(200, b"<html>hello</html>", "text/html"),
        raw(200, b'{"id": "1"}', "text/html; charset=utf-8"),
        raw(200, b"", "application/json"),
        raw(200, b'{"id": "1"', "application/json"),
        raw(200, b'"text"', "application/json"),
        raw(200, b"null", "application/json"),
        raw(200, b"[" * 100_000, "application/json"),
        raw(200, b"\xff\xfe\xfa", "application/json"),
        raw(200, b"not gzip", "application/json", content_encoding="gzip"),
        status(204),
    ],
)
def test_a_success_that_is_not_json_is_unexpected_and_leaves_a_change_in_doubt(
    lumos: ScriptedLumos, client: LumosClient, step: Any
) -> None:
    lumos.answers(step)
    posted = refusal(client, "post")
    assert type(posted) is errors.UnexpectedAnswer and posted.in_doubt
    assert "may have been made all the same" in str(posted)
    read = refusal(client, "get")
    assert type(read) is errors.UnexpectedAnswer and not read.in_doubt
    assert len(lumos.seen) == 2


def test_json_of_any_media_type_that_says_so_is_read(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(raw(200, b'{"id": "1"}', "application/vnd.lumos+json; charset=utf-8"))
    assert client.get("/x") == {"id": "1"}
    lumos.answers(raw(200, b'{"id": "1"}'))
    assert client.get("/x") == {"id": "1"}


def test_a_gateways_page_never_means_that_an_object_is_gone(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(raw(404, b"<html>no such host</html>", "text/html"))
    assert type(refusal(client)) is errors.UnexpectedAnswer


def test_an_answer_over_ten_megabytes_is_not_read_to_its_end(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(raw(200, b"[" + b" " * 10_000_001 + b"]", "application/json"))
    error = refusal(client, "post")
    assert type(error) is errors.UnexpectedAnswer and error.in_doubt
    assert "10,000,000 bytes" in str(error)


def test_a_redirect_is_refused_and_the_token_goes_nowhere_else(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(302, None, location="http://evil.example/take?it=1"))
    error = refusal(client, "post")
    assert type(error) is errors.UnexpectedAnswer and not error.in_doubt
    assert "a redirect to evil.example" in str(error)
    assert len(lumos.seen) == 1


def test_details_are_cut_and_cannot_paint_the_terminal(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(status(400, {"detail": "\x1b[31mred\r\nline\u202e" + "x" * 5000}))
    text = str(refusal(client))
    assert text.isprintable()
    assert len(text) < 800


def test_a_page_in_place_of_an_error_is_not_shown(
    lumos: ScriptedLumos, client: LumosClient
) -> None:
    lumos.answers(raw(403, b"<html><script>secret</script></html>", "text/html"))
    text = str(refusal(client))
    assert "a web page, not shown" in text and "script" not in text


def test_an_error_survives_pickling(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(status(422, {"detail": [{"loc": ["body", "label"], "msg": "too long"}]}))
    error = refusal(client, "post")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert isinstance(error, errors.Invalid)
    assert again.problems == error.problems


def test_an_echoed_token_is_masked(lumos: ScriptedLumos, client: LumosClient) -> None:
    lumos.answers(
        status(
            422, {"detail": [{"loc": ["body", TOKEN], "msg": f"no {TOKEN}"}]}, x_request_id=TOKEN
        )
    )
    error = refusal(client, "post")
    assert isinstance(error, errors.Invalid)
    assert "CANARY" not in f"{error} {error!r} {error.problems} {error.request_id}"
