"""A provider of its own in a Python program: what it is given, and what is wrong with that."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, cast

import pulumi
import pulumi_lumos as lumos
import pytest
from pulumi_lumos.config import SETTINGS


def test_each_setting_is_an_argument_and_nothing_else_is() -> None:
    arguments = inspect.signature(lumos.Provider.__init__).parameters.keys()
    settings = {re.sub("([A-Z])", r"_\1", setting.key).lower() for setting in SETTINGS}
    assert arguments - {"self", "resource_name", "opts"} == settings


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("provider", "lsk_eu"),
        ("provider", lumos.Provider),
        ("providers", ["eu"]),
        ("providers", "eu"),
    ],
)
def test_what_is_no_provider_is_a_sentence(option: str, value: Any) -> None:
    opts = pulumi.ResourceOptions(**{option: value})
    makes: list[Callable[[], object]] = [
        lambda: lumos.AppStoreApp("it", opts, app_id="a1"),
        lambda: lumos.AppStoreApp.get("it", "a1", opts),
    ]
    for make in makes:
        with pytest.raises(lumos.InvalidInputs) as raised:
            make()
        ((path, reason),) = raised.value.problems
        assert path == f"opts.{option}"
        assert reason.startswith("must be a provider, such as lumos.Provider(...) makes one; got ")
        assert "lsk_" not in reason, "people may take the token for the provider"


@pytest.mark.parametrize(
    ("host", "wrong"),
    [
        ("packaged", "is empty; give the id of the object, or leave import_ out"),
        ("dynamic", "Pulumi cannot import dynamic resources; "),
    ],
)
def test_an_import_without_an_id_makes_nothing(
    host: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMOS_HOST", host)
    with pytest.raises(lumos.InvalidInputs) as raised:
        lumos.AppStoreApp("it", pulumi.ResourceOptions(import_=""), app_id="a1")
    ((path, reason),) = raised.value.problems
    assert path == "opts.import_" and reason.startswith(wrong)


@pytest.mark.parametrize(
    ("opts", "wrong"),
    [
        ("eu", "opts must be a pulumi.InvokeOptions"),
        (pulumi.ResourceOptions(), "opts must be a pulumi.InvokeOptions"),
        (pulumi.InvokeOptions(provider=cast(Any, "eu")), "opts.provider must be a lumos.Provider"),
        (pulumi.InvokeOptions(parent=cast(Any, "team")), "opts.parent must be a resource"),
    ],
)
def test_options_of_a_lookup_that_cannot_be_are_a_sentence(opts: Any, wrong: str) -> None:
    with pytest.raises(pulumi.RunError, match=re.escape(wrong)):
        lumos.get_app(name="GitHub", opts=opts)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "access_token: is missing; give it, as a secret of the stack's configuration, or set"),
        ({"server_url": "http://lumos.example"}, "server_url: "),
        ({"server_url": "lumos"}, "server_url: "),
        ({"lag": 61}, "lag: must be a number of seconds from 0 to 60"),
        ({"max_concurrency": "many"}, "max_concurrency: "),
        ({"preview_checks": "sometimes"}, "preview_checks: "),
        ({"tenant_check": True}, "tenant_check: "),
    ],
)
def test_a_mistake_is_a_sentence_at_the_line_of_the_program(
    given: dict[str, Any], wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LUMOS_ACCESS_TOKEN", raising=False)
    arguments = {"access_token": "lsk_1", **given} if given else {}
    with pytest.raises(lumos.InvalidInputs) as raised:
        lumos.Provider("eu", **arguments)
    first, *lines = str(raised.value).splitlines()
    assert re.fullmatch(r"Provider 'eu' \(test_provider_arguments\.py:\d+\) is not valid:", first)
    (line,) = lines
    assert line.strip().startswith(wrong)
    assert "lsk_1" not in str(raised.value)
