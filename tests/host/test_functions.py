"""Functions while a program is tested: its mocks answer in place of Lumos."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_lumos as lumos
import pytest


class Answers(pulumi.runtime.Mocks):
    """Mocks that give one answer and keep what they were asked."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.providers: list[str] = []

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        self.asked.append((args.token, args.args))
        self.providers.append(args.provider)
        return self.answer

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Any]:
        return "made", args.inputs


def mocked(answer: Any, look: Callable[[], Any]) -> tuple[Any, Answers]:
    """What a program gets, and the mocks; an Output is waited for."""
    mocks = Answers(answer)
    got: list[Any] = []

    def program() -> pulumi.Output[Any]:
        return pulumi.Output.from_input(look()).apply(got.append)

    def run() -> None:
        pulumi.runtime.set_mocks(mocks)
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]

    # Pulumi keeps its settings in context variables, so other tests see nothing of these.
    contextvars.copy_context().run(run)
    return got[0], mocks


def test_mocks_get_the_token_and_the_arguments_and_give_the_fields() -> None:
    answer = {"id": "g1", "integration_specific_id": "00g", "unheard_of": 1}
    found, mocks = mocked(answer, lambda: lumos.get_group(app_id="okta", name="Admins"))
    assert mocks.asked == [("lumos:index:getGroup", {"app_id": "okta", "name": "Admins"})]
    assert (found.id, found.integration_specific_id) == ("g1", "00g")
    assert (found.app_id, found.name, found.description) == ("okta", "Admins", None)


def test_an_argument_stands_for_the_field_it_names() -> None:
    found, _ = mocked({"id": "a1"}, lambda: lumos.get_app(name="Salesforce"))
    assert found.user_friendly_label == "Salesforce"
    by_id, _ = mocked({}, lambda: lumos.get_inline_webhook(id="w1"))
    assert by_id.id == "w1"


def test_an_output_is_looked_up_once_it_is_known() -> None:
    found, mocks = mocked(
        ({"id": "p1"}, None),
        lambda: lumos.get_permission_output(app_id=pulumi.Output.from_input("a1"), label="Admin"),
    )
    assert mocks.asked == [("lumos:index:getPermission", {"app_id": "a1", "label": "Admin"})]
    assert (found.id, found.label) == ("p1", "Admin")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "mocks must answer this call with at least an id"),
        (({}, [("name", "is not mocked")]), "name: is not mocked"),
    ],
)
def test_mocks_that_give_no_object_are_one_sentence(answer: Any, reason: str) -> None:
    with pytest.raises(
        lumos.FunctionFailed, match=rf"get_app \(test_functions.py:\d+\): .*{reason}"
    ):
        mocked(answer, lambda: lumos.get_app(name="Salesforce"))


def test_wrong_arguments_are_found_in_unit_tests_too() -> None:
    with pytest.raises(lumos.FunctionFailed, match="exactly one of id, email"):
        mocked({"id": "u1"}, lambda: lumos.get_user(id="u1", email="a@b.example"))


def test_an_output_is_refused_where_a_text_is_needed() -> None:
    with pytest.raises(lumos.FunctionFailed, match="get_app_output"):
        mocked({"id": "a1"}, lambda: lumos.get_app(id=pulumi.Output.from_input("a1")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "look",
    [
        lambda opts: lumos.get_group(name="Admins", app_id="okta", opts=opts),
        lambda opts: lumos.get_group_output(name="Admins", app_id="okta", opts=opts),
    ],
)
def test_mocks_are_told_which_provider_is_asked(look: Callable[[Any], Any]) -> None:
    def program() -> Any:
        trials = lumos.Provider("trials", access_token="lsk_a")
        return look(pulumi.InvokeOptions(provider=trials))

    found, mocks = mocked({"id": "g1"}, program)
    assert (found.id, mocks.asked) == (
        "g1",
        [("lumos:index:getGroup", {"name": "Admins", "app_id": "okta"})],
    )
    (provider,) = mocks.providers
    assert provider.endswith("pulumi:providers:lumos::trials::made")


def test_a_lookup_that_cannot_wait_says_which_one_can() -> None:
    waiting = pulumi.InvokeOutputOptions(depends_on=[])
    with pytest.raises(lumos.FunctionFailed, match=r"depends_on is for get_app_output"):
        mocked({"id": "a1"}, lambda: lumos.get_app(name="Slack", opts=waiting))


@pytest.mark.parametrize("look", [lumos.get_app, lumos.get_app_output])
@pytest.mark.parametrize("wrong", ["trials", 1])
def test_a_lookup_takes_no_provider_but_one_of_lumos(look: Callable[..., Any], wrong: Any) -> None:
    with pytest.raises(lumos.FunctionFailed, match=r"opts\.provider must be a lumos\.Provider"):
        mocked({"id": "a1"}, lambda: look(name="Slack", opts=pulumi.InvokeOptions(provider=wrong)))


TWO_APPS = {
    "apps": [
        {"app_id": "a1", "user_friendly_label": "Lonely", "active": [{"id": "u1", "email": "a@b"}]},
        {"app_id": "a2", "active": [{"id": "u1"}, {"id": "u2"}]},
    ]
}


def test_mocks_say_who_administers_which_app() -> None:
    lacking, mocks = mocked(TWO_APPS, lambda: lumos.check_admins(minimum=2))
    assert [app.user_friendly_label for app in lacking] == ["Lonely"]
    (asked,) = mocks.asked
    assert asked == (
        "lumos:index:checkAdmins",
        {"minimum": 2, "app_ids": [], "enforcement_level": "advisory"},
    )
    assert mocked({}, lumos.check_admins)[0] == ()


def test_too_few_admins_stop_a_program_that_makes_them_mandatory() -> None:
    with pytest.raises(
        lumos.FunctionFailed, match=r"Lonely has 1 active admin \(a@b\), fewer than 2"
    ):
        mocked(TWO_APPS, lambda: lumos.check_admins(enforcement_level="mandatory"))
    enough = {"minimum": 1, "enforcement_level": "mandatory"}
    assert mocked(TWO_APPS, lambda: lumos.check_admins(**enough))[0] == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"minimum": 0}, {"enforcement_level": "strict"}])
def test_a_check_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(lumos.FunctionFailed, match=r"minimum of 1|must be .advisory. or"):
        mocked({}, lambda: lumos.check_admins(**wrong))
