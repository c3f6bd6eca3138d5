"""A program's own class with defaults of the company: it stays the kind that it extends."""

from __future__ import annotations

import contextvars
import inspect
from typing import Any

import pulumi
import pulumi_lumos as lumos
import pytest
from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.dynamic.provider import recorded_provider

KIND = "RequestablePermission"


class CompanyPermission(lumos.RequestablePermission):
    """A permission that people see, for a week at most."""

    def __init__(self, resource_name: str, *, label: str, app_id: str = "slack") -> None:
        super().__init__(
            resource_name,
            app_id=app_id,
            label=label,
            request_config={
                "appstore_visibility": "VISIBLE",
                "request_fulfillment_config": {
                    "time_based_access_override": True,
                    "time_based_access": ["7 days"],
                },
            },
        )


class HiddenPermission(lumos.RequestablePermission):
    """A subclass without a constructor of its own."""


class Made(pulumi.runtime.Mocks):
    def __init__(self) -> None:
        self.resources: dict[str, pulumi.runtime.MockResourceArgs] = {}

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        raise AssertionError(args)

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Any]:
        self.resources[args.name] = args
        return args.name, args.inputs


def made() -> dict[str, pulumi.runtime.MockResourceArgs]:
    """What a program with both classes makes."""
    mocks = Made()

    def program() -> None:
        visible = CompanyPermission("visible", label="Reader")
        hidden = HiddenPermission("hidden", app_id="slack", label="Writer")
        lumos.ProvisioningGroupAttachment(
            "attached", permission=hidden, group=lumos.GroupRef(app_id="okta", id="g1")
        )
        assert isinstance(visible.label, pulumi.Output)

    def run() -> None:
        pulumi.runtime.set_mocks(mocks)
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]

    contextvars.copy_context().run(run)
    return mocks.resources


def test_a_subclass_has_the_type_the_provider_and_the_defaults() -> None:
    found = made()
    for name in ("visible", "hidden"):
        assert found[name].typ == f"pulumi-python:dynamic/lumos:{KIND}"
        assert found[name].inputs[PROVIDER_KEY] == recorded_provider(KIND)
    assert found["visible"].inputs["request_config"]["appstore_visibility"] == "VISIBLE"
    assert found["attached"].inputs["permission"] == "hidden"


def test_a_mistake_stands_at_the_line_that_makes_the_resource() -> None:
    with pytest.raises(lumos.InvalidInputs) as refused:
        CompanyPermission("visible", label="")
    line = inspect.getsource(test_a_mistake_stands_at_the_line_that_makes_the_resource)
    number = inspect.getsourcelines(test_a_mistake_stands_at_the_line_that_makes_the_resource)[1]
    place = number + line.splitlines().index('        CompanyPermission("visible", label="")')
    assert f"(test_subclass.py:{place})" in str(refused.value)


def test_a_mistake_within_a_component_stands_at_its_line_there() -> None:
    class Component(pulumi.ComponentResource):
        def __init__(self, name: str) -> None:
            self.permission = HiddenPermission(name, app_id=seed_ids.SLACK_APP_ID, label="")

    with pytest.raises(lumos.InvalidInputs, match=r"\(test_subclass\.py:\d+\)") as refused:
        Component("it")
    number = inspect.getsourcelines(Component)[1] + 2
    assert f"(test_subclass.py:{number})" in str(refused.value)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"label": "Default"}, "label, which sets no default; define __init__"),
        ({"colour": lumos.RequestablePermission.label}, "declares colour"),
    ],
)
def test_a_subclass_that_no_constructor_would_obey_is_refused(
    attributes: dict[str, Any], said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        type("Company", (lumos.RequestablePermission,), attributes)
    assert lumos.RequestablePermission.label.name == "label"
