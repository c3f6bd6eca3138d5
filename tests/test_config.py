from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import pytest
from pulumi_lumos.config import SETTINGS, Settings, is_loopback
from pulumi_lumos.errors import ConfigError
from pulumi_lumos.surface import IN_A_STACK, ON_THE_COMMAND_LINE, Surface

TOKEN = "lsk_CANARY0123456789"
EMPTY: Mapping[str, str] = {}


def load(config: Mapping[str, str] = EMPTY, environ: Mapping[str, str] = EMPTY) -> Settings:
    return Settings.load(config.get, environ)


def refusal(config: Mapping[str, str] = EMPTY, environ: Mapping[str, str] = EMPTY) -> str:
    with pytest.raises(ConfigError) as caught:
        load(config, environ)
    return str(caught.value)


def test_a_token_alone_talks_to_the_public_api_with_patience() -> None:
    settings = load({"accessToken": TOKEN})
    assert settings == Settings(TOKEN, "https://api.lumos.com", 30, 120, 5, 32)


def test_every_setting_can_be_given_in_the_stack_and_in_the_environment() -> None:
    texts = {
        "access_token": ("lsk_other", "lsk_other"),
        "server_url": ("https://lumos.example/", "https://lumos.example"),
        "request_timeout_seconds": ("2.5", 2.5),
        "deadline_seconds": ("60", 60.0),
        "max_retries": ("0", 0),
        "max_concurrency": ("7", 7),
        "preview_checks": ("offline", "offline"),
        "tenant_check": ("off", "off"),
        "lag_seconds": ("0", 0.0),
    }
    assert {setting.attribute for setting in SETTINGS} == texts.keys()
    for setting in SETTINGS:
        text, value = texts[setting.attribute]
        from_stack = load({"accessToken": TOKEN, setting.key: text})
        from_shell = load(environ={"LUMOS_ACCESS_TOKEN": TOKEN, setting.variable: text})
        assert getattr(from_stack, setting.attribute) == value
        assert getattr(from_shell, setting.attribute) == value


def test_the_stack_wins_over_the_environment() -> None:
    settings = load({"accessToken": "lsk_stack"}, {"LUMOS_ACCESS_TOKEN": "lsk_shell"})
    assert settings.access_token == "lsk_stack"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load({"accessToken": TOKEN}, {"LUMOS_SERVER_URL": ""}) == Settings(TOKEN)


def test_a_missing_token_says_the_exact_commands() -> None:
    text = refusal()
    assert "pulumi config set --secret lumos:accessToken" in text
    assert "export LUMOS_ACCESS_TOKEN=" in text


@pytest.mark.parametrize("token", ["", "  ", "lsk_a\n", "lsk_a\r\nX-Evil: 1", "lsk_é", "lsk a"])
def test_a_token_that_no_header_can_hold_is_refused_without_showing_it(token: str) -> None:
    text = refusal({"accessToken": token})
    assert text.startswith("lumos:accessToken ")
    assert "lsk_a" not in text and "Evil" not in text and "é" not in text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lumos",
        "ftp://api.lumos.com",
        "https://",
        "https://user@api.lumos.com",
        "https://user:password@api.lumos.com",
        "https://@api.lumos.com",
        "https://api.lumos.com?tenant=1",
        "https://api.lumos.com/#x",
        "https://api.lumos.com:port",
        "https://api.lumos.com\\@evil.example",
        "https://api.lumos.com\n.evil.example",
        "http://api.lumos.com",
        "http://localhost.evil.example",
        "http://127.0.0.1.nip.example",
        "http://127.0.0.1@evil.example",
        "http://127.1",
        "http://2130706433",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://[::ffff:127.0.0.1]",
        "http://[::2]",
    ],
)
def test_a_url_that_would_show_the_token_to_others_is_refused(url: str) -> None:
    assert refusal({"accessToken": TOKEN, "serverUrl": url}).startswith("lumos:serverUrl ")


@pytest.mark.parametrize(
    "url",
    [
        "https://api.lumos.com",
        "https://gateway.example:8443/lumos",
        "http://127.0.0.1:8080",
        "http://127.9.9.9",
        "http://[::1]:8080",
        "http://LOCALHOST:1",
    ],
)
def test_https_anywhere_or_plain_http_to_this_machine_is_accepted(url: str) -> None:
    assert load({"accessToken": TOKEN, "serverUrl": url}).server_url == url


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("LUMOS_REQUEST_TIMEOUT", "0"),
        ("LUMOS_REQUEST_TIMEOUT", "soon"),
        ("LUMOS_DEADLINE", "nan"),
        ("LUMOS_DEADLINE", "inf"),
        ("LUMOS_MAX_RETRIES", "-1"),
        ("LUMOS_MAX_RETRIES", "2.5"),
        ("LUMOS_MAX_CONCURRENCY", "0"),
        ("LUMOS_MAX_CONCURRENCY", "100000"),
    ],
)
def test_a_number_out_of_range_is_refused_with_the_range(variable: str, text: str) -> None:
    sentence = refusal(environ={"LUMOS_ACCESS_TOKEN": TOKEN, variable: text})
    assert sentence.startswith(f"{variable} must be ")
    assert " from " in sentence and " to " in sentence


def test_several_mistakes_are_all_reported_at_once() -> None:
    text = refusal({"serverUrl": "ftp://x", "maxRetries": "many"}, {"LUMOS_DEADLINE": "-1"})
    for name in ("access token", "lumos:serverUrl", "lumos:maxRetries", "LUMOS_DEADLINE"):
        assert name in text


def test_settings_made_by_hand_are_checked_alike() -> None:
    wrong: dict[str, Any] = {"server_url": "http://lumos.example", "max_concurrency": 0}
    with pytest.raises(ConfigError) as caught:
        Settings(TOKEN, **wrong)
    assert "lumos:serverUrl" in str(caught.value)
    assert "lumos:maxConcurrency" in str(caught.value)


def test_the_token_is_never_shown() -> None:
    settings = Settings(TOKEN)
    assert "CANARY" not in f"{settings} {settings!r}"


def test_an_error_of_the_configuration_survives_pickling() -> None:
    error = ConfigError("The token is not set.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("surface", [IN_A_STACK, ON_THE_COMMAND_LINE])
def test_the_advice_of_a_surface_names_settings_as_they_are_read_there(surface: Surface) -> None:
    named = {setting.attribute: setting for setting in SETTINGS}
    in_stack = surface is IN_A_STACK
    for attribute, text in (
        ("server_url", surface.server_url),
        ("deadline_seconds", surface.deadline),
        ("max_concurrency", surface.max_concurrency),
    ):
        setting = named[attribute]
        assert text == f"`lumos:{setting.key}`" if in_stack else f"`{setting.variable}`"
    token = named["access_token"]
    assert (f"lumos:{token.key}" in surface.authenticate) == in_stack
    assert token.variable in surface.authenticate


def test_a_command_advises_nothing_of_a_stack() -> None:
    assert not [text for text in vars(ON_THE_COMMAND_LINE).values() if "pulumi " in text]
    with pytest.raises(ConfigError) as caught:
        Settings.load(lambda _key: None, {"LUMOS_DEADLINE": "soon"}, ON_THE_COMMAND_LINE)
    text = str(caught.value)
    assert "The Lumos access token is not set: set it with `export LUMOS_ACCESS_TOKEN=" in text
    assert "LUMOS_DEADLINE must be a number" in text
    assert "pulumi" not in text and "lumos:" not in text
    with pytest.raises(ConfigError) as caught:
        Settings.load(lambda _key: None, {"LUMOS_ACCESS_TOKEN": "lsk a"}, ON_THE_COMMAND_LINE)
    assert "pulumi" not in str(caught.value)


def test_loopback_is_recognized_by_spelling_alone() -> None:
    assert is_loopback("127.0.0.1") and is_loopback("::1") and is_loopback("localhost")
    assert not is_loopback("localhost.") and not is_loopback("lumos.example")
