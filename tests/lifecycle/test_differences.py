"""What counts as a difference, and what is sent for one."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.kinds.app_store_app.declaration import AppStoreApp
from pulumi_lumos.kinds.requestable_permission.declaration import RequestablePermission
from pulumi_lumos.values.body import update_body
from pulumi_lumos.values.changes import changes, in_known_order
from pulumi_lumos.values.identity import aliases_in
from pulumi_lumos.values.projection import project

Values = dict[str, Any]

PERMISSION = RequestablePermission.spec.shape
APP = AppStoreApp.spec.shape
OKTA = "okta"


def group(number: int) -> Values:
    """A group as Lumos answers it."""
    return {
        "id": f"g{number}",
        "app_id": OKTA,
        "integration_specific_id": f"00g{number}",
        "name": f"Group {number}",
        "source_app_id": OKTA,
    }


def spelled(number: int, by_id: bool) -> Values:
    """A group as a program names it."""
    name = "id" if by_id else "integration_specific_id"
    return {"app_id": OKTA, name: group(number)[name]}


def approvers(groups: list[Values], users: list[str]) -> Values:
    people = {"groups": groups, "users": [{"id": user} for user in users]}
    return {"request_config": {"request_approval_config": {"approvers": people}}}


def names(old: Values, new: Values, aliases: dict[str, str] | None = None) -> list[str]:
    return [change.name for change in changes(PERMISSION, old, new, aliases or {})]


members = st.lists(st.tuples(st.integers(0, 30), st.booleans()), unique_by=lambda one: one[0])
people = st.lists(st.text("abc", min_size=1, max_size=3), unique=True)


@given(members, people, st.randoms())
def test_what_lumos_answers_in_any_order_and_spelling_is_what_the_program_said(
    groups: list[tuple[int, bool]], users: list[str], chance: random.Random
) -> None:
    said = approvers([spelled(*one) for one in groups], users)
    answered = approvers([group(number) for number, _ in groups], users)
    held = answered["request_config"]["request_approval_config"]["approvers"]
    chance.shuffle(held["groups"])
    chance.shuffle(held["users"])
    answered["request_config"]["appstore_visibility"] = "HIDDEN"
    assert project(PERMISSION, said, answered, aliases_in(PERMISSION, answered)) == said


@given(members, people, st.randoms())
def test_reordering_and_respelling_is_no_change(
    groups: list[tuple[int, bool]], users: list[str], chance: random.Random
) -> None:
    old = approvers([spelled(*one) for one in groups], users)
    new = approvers(
        [spelled(number, not by_id) for number, by_id in chance.sample(groups, len(groups))],
        chance.sample(users, len(users)),
    )
    aliases = {f"00g{number}@{OKTA}": f"g{number}" for number, _ in groups}
    assert names(old, new, aliases) == []


@given(people, st.text("xyz", min_size=1), st.randoms())
def test_one_added_member_is_one_added_place(
    users: list[str], added: str, chance: random.Random
) -> None:
    old = approvers([], users)
    new = approvers([], chance.sample([*users, added], len(users) + 1))
    ordered = in_known_order(PERMISSION, old, new, {})
    assert ordered == approvers([], [*users, added])


def test_a_member_that_lumos_added_or_lost_is_seen() -> None:
    said = approvers([spelled(1, True), spelled(2, False)], ["u1"])
    live = approvers([group(3), group(2)], ["u2", "u1"])
    seen = project(PERMISSION, said, live, aliases_in(PERMISSION, live))
    assert seen == approvers([spelled(2, False), spelled(3, True)], ["u1", "u2"])


def test_defaults_that_lumos_fills_in_are_no_drift() -> None:
    said = {"label": "Admin", "request_config": {"allowed_groups_override": False}}
    live = {
        "label": "Admin",
        "request_config": {
            "appstore_visibility": "HIDDEN",
            "allowed_groups_override": None,
            "allowed_groups": {"type": "ALL_GROUPS", "groups": []},
        },
    }
    assert project(PERMISSION, said, live, {}) == said


def test_an_unknown_value_counts_as_changed_and_is_never_compared() -> None:
    assert names({"label": "Admin"}, {"label": UNKNOWN}) == ["label"]
    assert names({"label": "A"}, {"label": "A", "request_config": UNKNOWN}) == ["request_config"]


def test_a_change_sends_its_path_and_what_lumos_would_reset_beside_it() -> None:
    old = {"label": "Admin", "request_config": {"allowed_groups_override": False}}
    new = {"label": "Admin", "request_config": {"allowed_groups_override": True}}
    live = {"request_config": {"appstore_visibility": "VISIBLE", "allowed_groups": None}}
    found = changes(PERMISSION, old, new, {})
    assert update_body(PERMISSION, found, new, lambda: live) == {
        "request_config": {"allowed_groups_override": True, "appstore_visibility": "VISIBLE"}
    }


def test_the_programs_own_word_goes_along_without_a_look_at_lumos() -> None:
    config = {"appstore_visibility": "VISIBLE", "allowed_groups_override": False}
    new = {"request_config": {"appstore_visibility": "VISIBLE"}}
    found = changes(PERMISSION, {"request_config": config}, new, {})

    def never() -> Values:
        raise AssertionError("Lumos was asked")

    assert update_body(PERMISSION, found, new, never) == {
        "request_config": {"allowed_groups_override": None, "appstore_visibility": "VISIBLE"}
    }


def test_a_removed_field_is_cleared_with_the_value_that_clears_it() -> None:
    old = {
        "app_id": "a1",
        "redirect_url": "https://x.example",
        "custom_request_instructions": "Ask.",
        "provisioning": {"time_based_access": ["2 hours"], "provisioning_webhook": {"id": "w"}},
    }
    found = changes(APP, old, {"app_id": "a1"}, {})
    assert update_body(APP, found, {"app_id": "a1"}, dict) == {
        "redirect_url": None,
        "custom_request_instructions": "",
        "provisioning": {"time_based_access": [], "provisioning_webhook": None},
    }


def test_the_live_members_of_the_other_list_go_along() -> None:
    old = {"app_id": "a1", "request_flow": {"approvers": {"users": [{"id": "u1"}]}}}
    new = {"app_id": "a1", "request_flow": {"approvers": {"users": [{"id": "u2"}]}}}
    live = {"request_flow": {"approvers": {"groups": [group(1)], "users": [{"id": "u1"}]}}}
    body = update_body(APP, changes(APP, old, new, {}), new, lambda: live)
    assert body == {
        "request_flow": {"approvers": {"users": [{"id": "u2"}], "groups": [spelled(1, True)]}}
    }
