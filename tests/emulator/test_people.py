"""People who leave, come back or move: what Lumos learns from its sources."""

from __future__ import annotations

from typing import Any

import pytest

from .company import Company, user


def person(lumos: Company, name: str) -> Any:
    return lumos.ok("GET", f"/users/{user(name)['id']}", expand="custom_attributes")


def test_a_person_leaves_and_comes_back(lumos: Company) -> None:
    url = f"/_emulator/users/{user('Grace')['id']}"
    lumos.ok("PATCH", url, {"status": "INACTIVE"})
    assert person(lumos, "Grace")["status"] == "INACTIVE"
    accounts = lumos.ok("GET", f"/users/{user('Grace')['id']}/accounts")["items"]
    assert {account["status"] for account in accounts} == {"SUSPENDED"}
    lumos.ok("PATCH", url, {"status": "ACTIVE"})
    assert person(lumos, "Grace")["status"] == "ACTIVE"


def test_a_person_moves_to_another_department(lumos: Company) -> None:
    url = f"/_emulator/users/{user('Grace')['id']}"
    lumos.ok("PATCH", url, {"custom_attributes": {"department": "Sales", "office": "Oslo"}})
    attributes = person(lumos, "Grace")["custom_attributes"]
    assert attributes["department"] == {"type": "TEXT", "value": "Sales"}
    lumos.ok("PATCH", url, {"custom_attributes": {"office": None}})
    assert set(person(lumos, "Grace")["custom_attributes"]) == {"department"}


@pytest.mark.parametrize("change", [{"status": "GONE"}, {"name": "x"}, {"custom_attributes": []}])
def test_a_wrong_change_changes_nothing(lumos: Company, change: Any) -> None:
    before = person(lumos, "Grace")
    assert lumos.refused("PATCH", f"/_emulator/users/{user('Grace')['id']}", change)
    assert lumos.patch("/_emulator/users/nobody", json={}).status_code == 404
    assert person(lumos, "Grace") == before
