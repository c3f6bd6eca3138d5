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


def test_all_mistakes_are_found_at_once() -> None:
    values = {"app_id": 1, "lable": "x", "request_config": {"allowed_groups_override": True}}
    found = problems("RequestablePermission", values)
    assert set(found) == {"app_id", "label", "lable", "request_config.allowed_groups"}
    assert "did you mean label?" in found["lable"]


def test_a_member_named_twice_is_a_mistake() -> None:
    users = [{"id": "u1"}, {"id": "u2"}, {"id": "u1"}]
    found = problems("AppStoreApp", {"app_id": "a1", "request_flow": {"admins": {"users": users}}})
    assert list(found) == ["request_flow.admins.users[2]"]


NOT_KNOWN_YET = (
    "label",
    APPROVAL,
    FULFILLMENT,
    f"{CONFIG}.allowed_groups",
    f"{CONFIG}.allowed_groups_override",
    f"{CONFIG}.appstore_visibility",
    f"{FULFILLMENT}.provisioning_group",
    f"{FULFILLMENT}.provisioning_webhook",
)


@pytest.mark.parametrize("path", NOT_KNOWN_YET)
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
