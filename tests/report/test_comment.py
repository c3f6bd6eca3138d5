"""The comment of a large pull request fits, counts everything and cuts nothing in two."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from benchmarks.large_company import Size, write_seed

from ..drivers.command import RunCommand
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.slow

APPS, EACH = 50, 10
TYPE = "pulumi-python:dynamic/lumos:RequestablePermission"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    """Fifty apps, each with ten permissions that people can ask for, for seven days."""
    seed = tmp_path_factory.mktemp("company") / "seed.json"
    write_seed(seed, Size(APPS, EACH, groups=40, rules=0, policies=0))
    data = json.loads(seed.read_text())
    for permission in data["permissions"].values():
        config = permission["request_config"]
        config["appstore_visibility"] = "VISIBLE"
        lasts = {"time_based_access_override": True, "time_based_access": ["7 days"]}
        config["request_fulfillment_config"].update(lasts)
    seed.write_text(json.dumps(data))
    with (
        EmulatorProcess(seed=seed) as process,
        closing(Tenant(process.url, f"lsk_CANARY{uuid.uuid4().hex}")) as opened,
    ):
        yield opened


def plan_of(company: Tenant, durations: Any) -> dict[str, Any]:
    """A plan that gives each permission other durations, as Pulumi writes one."""
    steps = []
    for permission in company.state()["permissions"].values():
        urn = f"urn:pulumi:prod::appstore::{TYPE}::{permission['id']}"
        named = {"app_id": permission["app_id"], "label": permission["label"]}

        def inputs(labels: list[str], named: dict[str, str] = named) -> dict[str, Any]:
            lasts = {"time_based_access_override": True, "time_based_access": labels}
            return {**named, "request_config": {"request_fulfillment_config": lasts}}

        steps.append(
            {
                "op": "update",
                "urn": urn,
                "oldState": {"type": TYPE, "id": permission["id"], "inputs": inputs(["7 days"])},
                "newState": {"type": TYPE, "inputs": inputs(durations(permission))},
            }
        )
    return {"steps": steps, "changeSummary": {"update": len(steps)}}


def comment(
    company: Tenant, run: RunCommand, tmp_path: Path, durations: Any, *arguments: str
) -> str:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(plan_of(company, durations)))
    found = run("report", "--plan", str(plan), "--markdown", *arguments, **company.environment)
    assert found.code == 0, found.errors
    return found.out


def assert_whole(text: str, count: int, room: int) -> None:
    """It fits, counts all, and no line of it is cut."""
    assert len(text.encode()) <= room
    assert f"## {count} changes give people more" in text
    assert f"| for how long | {count} | 0 | 0 | 0 |" in text
    assert text.count("<details>") == text.count("</details>")
    assert text.endswith("This comment is replaced when the change is.\n")
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert all(line.endswith((".", ")", " apps", " app")) or "and " in line for line in lines)


def test_the_same_change_of_500_permissions_is_one_sentence(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    text = comment(company, run, tmp_path, lambda _: ["7 days", "Unlimited"])
    assert_whole(text, APPS * EACH, 60_000)
    assert len(text.encode()) < 40_000
    small = comment(
        company, run, tmp_path, lambda _: ["7 days", "Unlimited"], "--max-bytes", "10000"
    )
    assert_whole(small, APPS * EACH, 10_000)
    assert "500 offers of 50 apps (App 0000, App 0001, App 0002, App 0003, App 0004 and 45" in small


def test_500_different_changes_are_counted_where_they_do_not_fit(
    company: Tenant, run: RunCommand, tmp_path: Path
) -> None:
    days = {id: 8 + number for number, id in enumerate(company.state()["permissions"])}
    for room in (60_000, 20_000, 4_000):
        text = comment(
            company,
            run,
            tmp_path,
            lambda permission: [f"{days[permission['id']]} days"],
            "--max-bytes",
            str(room),
        )
        assert_whole(text, APPS * EACH, room)
