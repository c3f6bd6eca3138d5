"""What a user's unit tests see of a program whose resources the packaged provider serves."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_lumos as lumos
import pytest

DYNAMIC, PACKAGED = "pulumi-python:dynamic/lumos:AppStoreApp", "lumos:index:AppStoreApp"
Program = Callable[[], object]


class Company(pulumi.runtime.Mocks):
    """Mocks that keep what was made."""

    def __init__(self) -> None:
        self.made: dict[str, pulumi.runtime.MockResourceArgs] = {}

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        return {"id": "a1"}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Any]:
        self.made[args.name] = args
        return "made", args.inputs


def made_by(program: Program) -> dict[str, pulumi.runtime.MockResourceArgs]:
    """The resources that a program makes, by name."""
    company = Company()

    def run() -> None:
        pulumi.runtime.set_mocks(company)
        pulumi.runtime.test(lambda: program() and None)()  # type: ignore[no-untyped-call]

    # Pulumi keeps its settings in context variables, so other tests see nothing of these.
    contextvars.copy_context().run(run)
    return company.made


def an_app(**options: Any) -> lumos.AppStoreApp:
    flow: Any = {"require_manager_approval": True}
    opts = pulumi.ResourceOptions(**options)
    return lumos.AppStoreApp("app", opts, app_id="a1", request_flow=flow)


DECLARED = {"app_id": "a1", "request_flow": {"require_manager_approval": True}}
CAMEL = {"appId": "a1", "requestFlow": {"requireManagerApproval": True}}


@pytest.mark.parametrize(
    ("host", "type", "inputs"),
    [("dynamic", DYNAMIC, DECLARED), ("packaged", PACKAGED, CAMEL)],
    ids=["dynamic", "packaged"],
)
def test_mocks_see_types_and_names_as_the_host_does(
    host: str, type: str, inputs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMOS_HOST", host)
    made = made_by(an_app)["app"]
    assert made.typ == type
    given = {name: value for name, value in made.inputs.items() if value is not None}
    assert {name: given[name] for name in given if not name.startswith("__")} == inputs


def trials() -> lumos.Provider:
    return lumos.Provider("trials", access_token="lsk_1")


@pytest.mark.parametrize(
    "options",
    [
        lambda: {"provider": trials()},
        lambda: {"providers": [trials()]},
        lambda: {"providers": {"lumos": trials()}},
    ],
    ids=["provider", "list", "dict"],
)
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_resource_gets_the_provider_of_its_options_or_of_a_component(
    options: Callable[[], dict[str, Any]], depth: int
) -> None:
    """Whatever the setting says, which is the dynamic host here."""

    def program() -> None:
        given = options()
        for number in range(depth):
            name = f"team-{number}"
            opts = pulumi.ResourceOptions(**given)
            given = {"parent": pulumi.ComponentResource("acme:index:Team", name, opts=opts)}
        an_app(**given)

    made = made_by(program)["app"]
    assert made.typ == PACKAGED
    assert "pulumi:providers:lumos::trials::" in str(made.provider)


def test_a_component_without_a_provider_leaves_the_choice_to_the_setting() -> None:
    def program() -> None:
        an_app(parent=pulumi.ComponentResource("acme:index:Team", "team"))

    made = made_by(program)["app"]
    assert made.typ == DYNAMIC
    assert made.inputs["app_id"] == "a1"
