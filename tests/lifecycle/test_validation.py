"""What a program may say, and how a mistake is named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.declare.flow import Inputs
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.kinds import kinds

Values = dict[str, Any]

GROUP = {"app_id": "okta", "id": "g1"}
CONFIG = "request_config"
APPROVAL = f"{CONFIG}.request_approval_config"
FULFILLMENT = f"{CONFIG}.request_fulfillment_config"


def problems(kind: str, values: Values) -> dict[str, str]:
    return dict(kinds()[kind].lifecycle.problems(Inputs(values)))


def permission(path: str = "", value: Any = None) -> Values:
    """A permission with one value at a property path."""
    values: Values = {"app_id": "a1", "label": "Admin"}
    *above, name = path.split(".") if path else [""]
    place = values
    for step in above:
        place = place.setdefault(step, {})
    place |= {name: value} if name else {}
    return values


WRONG: list[tuple[str, Any, str]] = [
    ("label", 3, "label"),
    ("lable", "x", "lable"),
    (f"{CONFIG}.appstore_visibility", "SHOWN", f"{CONFIG}.appstore_visibility"),
    (f"{CONFIG}.allowed_groups_override", True, f"{CONFIG}.allowed_groups"),
    (f"{CONFIG}.allowed_groups", {"type": "ALL_GROUPS"}, f"{CONFIG}.allowed_groups_override"),
    (
        APPROVAL,
        {"request_approval_config_override": True},
        f"{APPROVAL}.request_approval_config_override",
    ),
    (APPROVAL, {"manager_approval": "NONE"}, f"{APPROVAL}.request_approval_config_override"),
    (APPROVAL, {"custom_approval_message": "x"}, f"{APPROVAL}.custom_approval_message_override"),
    (APPROVAL, {"custom_approval_message_override": True}, f"{APPROVAL}.custom_approval_message"),
    (APPROVAL, {"approvers_stage_2": {"users": [{"id": "u"}]}}, f"{APPROVAL}.approvers"),
    (FULFILLMENT, {"time_based_access": ["1d"]}, f"{FULFILLMENT}.time_based_access_override"),
    (FULFILLMENT, {"time_based_access_override": True}, f"{FULFILLMENT}.time_based_access"),
    (f"{FULFILLMENT}.provisioning_group", {"app_id": "a"}, f"{FULFILLMENT}.provisioning_group"),
    (
        f"{FULFILLMENT}.provisioning_group",
        {**GROUP, "integration_specific_id": "00g1"},
        f"{FULFILLMENT}.provisioning_group",
    ),
    (f"{FULFILLMENT}.provisioning_group", {"id": "g1"}, f"{FULFILLMENT}.provisioning_group.app_id"),
    (f"{FULFILLMENT}.provisioning_webhook", {}, f"{FULFILLMENT}.provisioning_webhook.id"),
]


@pytest.mark.parametrize(
    ("path", "value", "named"), WRONG, ids=[w[0].split(".")[-1] for w in WRONG]
)
def test_a_mistake_is_named_with_its_property_path(path: str, value: Any, named: str) -> None:
    assert named in problems("RequestablePermission", permission(path, value))


def test_all_mistakes_are_found_at_once() -> None:
    values = {"app_id": 1, "lable": "x", "request_config": {"allowed_groups_override": True}}
    found = problems("RequestablePermission", values)
    assert set(found) == {"app_id", "label", "lable", "request_config.allowed_groups"}
    assert "did you mean label?" in found["lable"]


def test_a_member_named_twice_is_a_mistake() -> None:
    users = [{"id": "u1"}, {"id": "u2"}, {"id": "u1"}]
    found = problems("AppStoreApp", {"app_id": "a1", "request_flow": {"admins": {"users": users}}})
    assert list(found) == ["request_flow.admins.users[2]"]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"redirect_url": "https://x.example/" + "x" * 2048}, "redirect_url"),
        ({"redirect_url": "ftp://x.example"}, "redirect_url"),
        (
            {"provisioning": {"time_based_access": ["a"], "default_time_based_access_option": "b"}},
            "provisioning.default_time_based_access_option",
        ),
        (
            {"provisioning": {"custom_provisioning_instructions": "Call."}},
            "provisioning.manual_steps_needed",
        ),
        (
            {"request_flow": {"allowed_groups": {"type": "SPECIFIED_GROUPS"}}},
            "request_flow.allowed_groups.groups",
        ),
        (
            {
                "request_flow": {
                    "require_additional_approval": True,
                    "approvers_stage_2": {"users": [{"id": "u"}]},
                }
            },
            "request_flow.approvers",
        ),
        (
            {
                "request_flow": {
                    "require_additional_approval": False,
                    "approvers": {"users": [{"id": "u"}]},
                    "approvers_stage_2": {"users": [{"id": "v"}]},
                }
            },
            "request_flow.require_additional_approval",
        ),
    ],
)
def test_a_mistake_of_an_app_is_named(values: Values, named: str) -> None:
    assert list(problems("AppStoreApp", {"app_id": "a1", **values})) == [named]


def test_a_definition_that_people_see_cannot_have_a_successor() -> None:
    values = {"permission": UNKNOWN, "group": GROUP, CONFIG: {"appstore_visibility": "VISIBLE"}}
    assert list(problems("ProvisioningGroupAttachment", values)) == ["permission"]


@pytest.mark.parametrize("path", sorted({path for path, _, _ in WRONG if path != "lable"}))
def test_what_is_not_known_yet_is_never_a_mistake(path: str) -> None:
    assert problems("RequestablePermission", permission(path, UNKNOWN)) == {}


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(UNKNOWN),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "app_id", "groups", "users", "type", "approvers", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(kinds())), st.data())
def test_whatever_a_program_says_gives_problems_and_never_an_error(
    kind: str, data: st.DataObject
) -> None:
    fields = list(kinds()[kind].spec.fields)
    values = data.draw(st.dictionaries(st.sampled_from([*fields, "x"]), json, max_size=4))
    for path, reason in kinds()[kind].lifecycle.problems(Inputs(values)):
        assert isinstance(path, str) and reason


def test_what_refers_to_an_object_must_not_be_empty() -> None:
    webhook = {"request_validation_inline_webhook": {"id": ""}}
    said: Values = {"app_id": "", "label": "Admin", "request_config": webhook}
    assert problems("RequestablePermission", said) == {
        "app_id": "must not be empty",
        "request_config.request_validation_inline_webhook.id": "must not be empty",
    }
