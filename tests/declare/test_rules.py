"""Every rule of every shape, with a value that keeps it and values that break it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from pulumi_lumos.declare.registry import kinds
from pulumi_lumos.declare.spec import ListOf, Rule, ShapeSpec, TypeSpec, Values
from pulumi_lumos.declare.unknown import UNKNOWN


class Example(NamedTuple):
    """What keeps a rule, and what breaks it by the path that the problem names."""

    good: list[Values]
    bad: list[tuple[str, Values]]


SOMEBODY = {"users": [{"id": "u1"}]}
NOBODY: Values = {"users": [], "groups": []}
GROUP = {"app_id": "okta", "id": "g1"}
LONGEST = "https://acme.example/".ljust(2048, "x")

STAGES = Example(
    good=[
        {"approvers": SOMEBODY, "approvers_stage_2": SOMEBODY},
        {"approvers": NOBODY, "approvers_stage_2": NOBODY},
    ],
    bad=[
        ("approvers", {"approvers_stage_2": SOMEBODY}),
        ("approvers", {"approvers": NOBODY, "approvers_stage_2": SOMEBODY}),
    ],
)
SECOND_STAGE = Example(
    good=[
        {"require_additional_approval": False, "approvers_stage_2": NOBODY},
        {"require_additional_approval": True, "approvers_stage_2": SOMEBODY},
        {"approvers_stage_2": NOBODY},
    ],
    bad=[
        (
            "require_additional_approval",
            {"require_additional_approval": False, "approvers_stage_2": SOMEBODY},
        ),
        ("require_additional_approval", {"approvers_stage_2": SOMEBODY}),
    ],
)


def pair(name: str, override: str, value: Any) -> Example:
    """A setting and the switch that lets it override the app's."""
    return Example(
        good=[{override: True, name: value}, {override: False}, {}],
        bad=[
            (name, {override: True}),
            (override, {name: value}),
            (override, {name: value, override: False}),
        ],
    )


EXAMPLES: dict[tuple[str, tuple[str, ...]], Example] = {
    ("AppStoreApp", ("redirect_url",)): Example(
        good=[{"redirect_url": LONGEST}, {"redirect_url": "HTTP://acme.example"}, {}],
        bad=[
            ("redirect_url", {"redirect_url": LONGEST + "x"}),
            ("redirect_url", {"redirect_url": "acme.example"}),
            ("redirect_url", {"redirect_url": "javascript:alert(1)"}),
        ],
    ),
    ("RequestFlow", ("approvers", "approvers_stage_2")): STAGES,
    ("RequestFlow", ("require_additional_approval", "approvers_stage_2")): SECOND_STAGE,
    ("RequestApprovalConfig", ("approvers", "approvers_stage_2")): STAGES,
    ("RequestApprovalConfig", ("require_additional_approval", "approvers_stage_2")): SECOND_STAGE,
    ("AllowedGroups", ("type", "groups")): Example(
        good=[{"type": "SPECIFIED_GROUPS", "groups": [GROUP]}, {"type": "ALL_GROUPS"}, {}],
        bad=[
            ("groups", {"type": "SPECIFIED_GROUPS", "groups": []}),
            ("type", {"type": "ALL_GROUPS", "groups": [GROUP]}),
            ("type", {"groups": [GROUP]}),
        ],
    ),
    ("GroupRef", ("id", "integration_specific_id")): Example(
        good=[{"id": "g1"}, {"integration_specific_id": "00g1"}],
        bad=[
            ("", {}),
            ("", {"id": ""}),
            ("", {"id": "g1", "integration_specific_id": "00g1"}),
        ],
    ),
    ("Provisioning", ("default_time_based_access_option", "time_based_access")): Example(
        good=[
            {"default_time_based_access_option": "1 day", "time_based_access": ["1 day"]},
            {"default_time_based_access_option": "1 day"},
            {"default_time_based_access_option": "1 day", "time_based_access": [UNKNOWN]},
        ],
        bad=[
            (
                "default_time_based_access_option",
                {"default_time_based_access_option": "1 day", "time_based_access": []},
            )
        ],
    ),
    ("Provisioning", ("custom_provisioning_instructions", "manual_steps_needed")): Example(
        good=[
            {"custom_provisioning_instructions": "Call.", "manual_steps_needed": True},
            {"manual_steps_needed": True},
        ],
        bad=[
            ("manual_steps_needed", {"custom_provisioning_instructions": "Call."}),
            (
                "manual_steps_needed",
                {"custom_provisioning_instructions": "Call.", "manual_steps_needed": False},
            ),
        ],
    ),
    ("ProvisioningGroupAttachment", ("request_config",)): Example(
        good=[
            {"request_config": {"appstore_visibility": "HIDDEN"}},
            {"request_config": {"request_fulfillment_config": UNKNOWN}},
            {},
        ],
        bad=[
            ("permission", {"request_config": {"appstore_visibility": "VISIBLE"}}),
            (
                "permission",
                {"request_config": {"request_fulfillment_config": {"provisioning_group": GROUP}}},
            ),
        ],
    ),
    ("RequestConfig", ("allowed_groups_override", "allowed_groups")): pair(
        "allowed_groups", "allowed_groups_override", {"type": "ALL_GROUPS"}
    ),
    (
        "RequestApprovalConfig",
        ("request_approval_config_override", "manager_approval", "approvers"),
    ): Example(
        good=[
            {"request_approval_config_override": True, "manager_approval": "NONE"},
            {"request_approval_config_override": True, "approvers": NOBODY},
            {"request_approval_config_override": False},
            {"approvers": NOBODY},
        ],
        bad=[
            ("request_approval_config_override", {"request_approval_config_override": True}),
            ("request_approval_config_override", {"manager_approval": "NONE"}),
            ("request_approval_config_override", {"approvers": SOMEBODY}),
        ],
    ),
    (
        "RequestApprovalConfig",
        ("custom_approval_message", "custom_approval_message_override"),
    ): pair("custom_approval_message", "custom_approval_message_override", "Welcome."),
    ("RequestFulfillmentConfig", ("time_based_access", "time_based_access_override")): pair(
        "time_based_access", "time_based_access_override", ["1 day"]
    ),
}


def shapes(spec: TypeSpec) -> Iterator[ShapeSpec]:
    """A shape and all that it is made of."""
    if isinstance(spec, ListOf):
        yield from shapes(spec.item)
    elif isinstance(spec, ShapeSpec):
        yield spec
        for field in spec.fields.values():
            yield from shapes(field.type)


def declared() -> dict[tuple[str, tuple[str, ...]], Rule]:
    """Every rule of every kind."""
    specs = [kind.spec.shape for kind in kinds().values()]  # type: ignore[attr-defined]
    every = [shape for spec in specs for shape in shapes(spec)]
    return {(shape.name, rule.reads): rule for shape in every for rule in shape.rules}


def broken(rule: Rule, values: Values) -> list[str]:
    """The paths at which a rule finds something wrong."""
    found = list(rule.check(**{name: values.get(name) for name in rule.reads}))
    assert all(reason and reason[0].islower() and reason[-1] != "." for _, reason in found)
    return [path for path, _ in found]


def test_every_rule_has_examples() -> None:
    assert set(EXAMPLES) == set(declared())


@pytest.mark.parametrize("key", EXAMPLES, ids=lambda key: f"{key[0]}-{'-'.join(key[1])}")
def test_a_rule_accepts_what_keeps_it_and_names_what_breaks_it(
    key: tuple[str, tuple[str, ...]],
) -> None:
    rule, example = declared()[key], EXAMPLES[key]
    assert [values for values in example.good if broken(rule, values)] == []
    assert [(broken(rule, values), values) for _, values in example.bad] == [
        ([path], values) for path, values in example.bad
    ]
