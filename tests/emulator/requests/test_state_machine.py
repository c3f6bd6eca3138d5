"""Companies in which anything happens, in any order: what must be true after every step."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from pulumi_lumos.emulator import permissions, saved_state, seed_ids, switches, syncing, wire
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator.callers import Caller
from pulumi_lumos.emulator.refusal import InvalidError, RefusalError
from pulumi_lumos.emulator.requests import acting, answers, asking, cancelling, lifecycle, tasks
from pulumi_lumos.emulator.requests.assignment import assigned
from pulumi_lumos.emulator.requests.statuses import FOLLOWED_BY, WAITING
from pulumi_lumos.emulator.requests.transitions import enter
from pulumi_lumos.emulator.seeds.requests import company
from pulumi_lumos.emulator.state import Tenant

SEED = company()
STEPS = 200
LENGTHS = ("2 hours", "4 hours", "8 hours", "7 days", "Unlimited", None)
OPEN = WAITING | {"PENDING_MANUAL_DEPROVISIONING"}
CHOICES = ("self_approval", "same_person_again", "rule_without_people", "seconds_not_offered")


class Chaos:
    """A company, and a source of accidents."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.tenant = Tenant(SEED)
        self.tenant.clock.stop()
        self.seen: Counter[str] = Counter()
        self.own = {
            key: set(g["member_ids"]) for key, g in self.tenant.collections["groups"].items()
        }

    def step(self) -> None:
        """Let something happen; what Lumos refuses has not happened."""
        happenings = (
            *[self.ask] * 4,
            *[self.ask_again] * 2,
            *[self.resolve] * 8,
            *[self.wait] * 3,
            self.cancel,
        )
        happenings += (self.reassign, self.leave, self.outside, self.edit, self.undo, self.sync)
        try:
            self.random.choice(happenings)()
        except (RefusalError, InvalidError):
            self.seen["refused"] += 1
        lifecycle.catch_up(self.tenant)

    def caller(self) -> Caller:
        name = self.random.choice(list(ids.USERS))
        return Caller(ids.USERS[name].id, self.random.random() < 0.3)

    def one_of(self, collection: str) -> Any:
        return self.random.choice(list(self.tenant.collections[collection].values()) or [None])

    def ask(self) -> None:
        known = self.tenant.collections["permissions"]
        app_id = self.random.choice(list(ids.APPS.values()))
        chosen = [key for (_, _), key in ids.PERMISSIONS.items() if key in known]
        own = [key for key in chosen if known[key]["app_id"] == app_id]
        count = self.random.randint(0, len(own))
        body: dict[str, Any] = {"app_id": app_id, "business_justification": "Because"}
        if count:
            body["requestable_permission_ids"] = self.random.sample(own, count)
        length = self.random.choice(LENGTHS)
        if length is not None:
            body["access_length"] = length
        elif self.random.random() < 0.3:
            body["expiration_in_seconds"] = self.random.choice((60, 7200, 28800))
        if self.random.random() < 0.3:
            body["target_user_id"] = self.caller().user_id
        asking.ask(self.tenant, self.caller(), wire.CreateAccessRequestInput(**body))

    def ask_again(self) -> None:
        """Ask for what somebody has already."""
        requests = self.tenant.collections["access_requests"].values()
        held = [one for one in requests if one["status"] == "COMPLETED" and one["expires_at"]]
        if held:
            request = self.random.choice(held)
            person = Caller(request["target_user"]["id"], False)
            body: dict[str, Any] = {"app_id": request["app_id"]}
            body["access_length"] = self.random.choice(LENGTHS)
            pointers = request["requestable_permissions"]
            app = self.tenant.get("apps", request["app_id"])
            if app["settings"]["provisioning"]["groups_provisioning"] == "GROUPS_AND_VISIBLE":
                body["requestable_permission_ids"] = [pointer["id"] for pointer in pointers]
            asking.ask(self.tenant, person, wire.CreateAccessRequestInput(**body))

    def resolve(self) -> None:
        pending = [t for t in self.tenant.collections["tasks"].values() if t["status"] == "PENDING"]
        task = self.random.choice(pending or [self.one_of("tasks")])
        if task is not None:
            status = self.random.choice(("COMPLETED", "COMPLETED", "COMPLETED", "DISMISSED"))
            people = sorted(assigned(self.tenant, task).people)
            likely = Caller(self.random.choice(people), False) if people else self.caller()
            caller = likely if self.random.random() < 0.8 else self.caller()
            acting.resolve(self.tenant, caller, task["id"], status)

    def cancel(self) -> None:
        request = self.one_of("access_requests")
        if request is not None:
            cancelling.cancel(self.tenant, self.caller(), request, "No more")

    def reassign(self) -> None:
        task = self.one_of("tasks")
        if task is not None:
            body: Any = {"user_ids": [self.caller().user_id], "replace": self.random.random() < 0.5}
            acting.reassign(self.tenant, self.caller(), task["id"], wire.ReassignTaskInput(**body))

    def wait(self) -> None:
        seconds = self.random.choice((60, 60, 3600, 3600, 7200, 86400, 31 * 86400))
        self.tenant.clock.set(self.tenant.clock.now() + timedelta(seconds=seconds))

    def leave(self) -> None:
        user = self.one_of("users")
        user["status"] = self.random.choice(("ACTIVE", "ACTIVE", "ACTIVE", "INACTIVE"))
        user["manager_id"] = self.random.choice([*(one.id for one in ids.USERS.values()), None])
        self.tenant.touch()

    def outside(self) -> None:
        answer = {"outcome": self.random.choice(("ok", "ok", "refuse", "timeout")), "message": ""}
        self.one_of("inline_webhooks")["answer"] = answer
        self.one_of("apps")["automation"] = self.random.choice(("works", "works", "fails"))
        self.tenant.switch(
            {name: self.random.choice(switches.SWITCHES[name].choices) for name in CHOICES}
        )

    def edit(self) -> None:
        flow = self.one_of("apps")["settings"]["request_flow"]
        flow["require_manager_approval"] = self.random.random() < 0.5
        flow["approvers"]["users"] = [{"id": self.caller().user_id}]
        flow["admins"]["users"] = [{"id": self.caller().user_id}]
        if self.random.random() < 0.05:
            gone = self.random.choice(list(ids.PERMISSIONS.values()))
            if self.tenant.find("permissions", gone):
                permissions.delete(self.tenant, gone)
                cancelling.end_without_permission(self.tenant, gone)
        self.tenant.touch()

    def undo(self) -> None:
        request = self.one_of("access_requests")
        if request is not None and request["status"] == "COMPLETED" and self.random.random() < 0.2:
            enter(self.tenant, request, "REVERTING")
            lifecycle.run(self.tenant, request)

    def sync(self) -> None:
        syncing.finish(self.tenant, self.tenant.get("apps", seed_ids.OKTA_APP_ID))

    def check(self) -> None:
        """What is true at any time."""
        now = self.tenant.clock.text()
        for request in self.tenant.collections["access_requests"].values():
            status = request["status"]
            self.seen[status] += 1
            assert bool(tasks.open_of_request(self.tenant, request)) == (status in OPEN)
            assert status not in lifecycle.BY_ITSELF
            if status == "COMPLETED":
                assert request["expires_at"] is None or request["expires_at"] > now
            elif status not in OPEN | {"TIME_BASED_EXPIRED_FAILED"}:
                assert request["given"] == {"groups": [], "account_id": None}
            wire.AccessRequest(**answers.access_request(self.tenant, request, ("tasks",)))
        self.check_members()

    def check_members(self) -> None:
        """Exactly those are in a group whom its source or a request has put there."""
        given: dict[str, set[str]] = {key: set() for key in self.own}
        for request in self.tenant.collections["access_requests"].values():
            for one in request["given"]["groups"]:
                given[one["id"]].add(request["target_user"]["id"])
        for key, group in self.tenant.collections["groups"].items():
            assert set(group["member_ids"]) == self.own[key] | given[key], group["name"]
            assert len(group["member_ids"]) == len(set(group["member_ids"]))

    def check_saved(self) -> None:
        """A state that is saved and read again is the same state."""
        saved = json.loads(json.dumps(self.tenant.export()))
        assert saved_state.complete(saved) == saved


def play(seed: int) -> Counter[str]:
    chaos = Chaos(seed)
    for _ in range(STEPS):
        chaos.step()
        chaos.check()
    chaos.check_saved()
    return chaos.seen


def test_a_company_stays_right_whatever_happens() -> None:
    seen: Counter[str] = Counter()
    for seed in range(8):
        seen.update(play(seed))
    transient = {status for status in FOLLOWED_BY if status in lifecycle.BY_ITSELF}
    assert set(FOLLOWED_BY) - transient - set(seen) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.nightly) for part in (1, 2, 3))]
)
def test_hundreds_of_companies_stay_right(part: int) -> None:
    for seed in range(1000 + 100 * part, 1100 + 100 * part):
        play(seed)
