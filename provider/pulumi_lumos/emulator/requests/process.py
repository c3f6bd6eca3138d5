"""Who decides, and in which order: the manager, then stage 1, then stage 2. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pulumi_lumos.emulator.state import Record

MANAGER, STAGE_1, STAGE_2 = "manager", "stage_1", "stage_2"
STEPS = (MANAGER, STAGE_1, STAGE_2)


@dataclass(frozen=True)
class Members:
    """People and groups by id; a group stands for the people in it."""

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> Members:
        """Read approvers or admins as they are kept."""
        users, groups = ([item["id"] for item in record[name]] for name in ("users", "groups"))
        return cls(frozenset(users), frozenset(groups))

    def __bool__(self) -> bool:
        return bool(self.users or self.groups)

    def __or__(self, other: Members) -> Members:
        return Members(self.users | other.users, self.groups | other.groups)

    def as_record(self) -> Record:
        """The members as they are kept."""
        users = [{"id": key} for key in sorted(self.users)]
        return {"users": users, "groups": [{"id": key} for key in sorted(self.groups)]}


NOBODY = Members()


@dataclass(frozen=True)
class Process:
    """The approvals that something needs; a stage without members is skipped."""

    manager: bool = False
    stage_1: Members = NOBODY
    stage_2: Members = NOBODY

    @classmethod
    def of(cls, approval: Record) -> Process:
        """Read a `request_approval_config` in which everything inherited is filled in."""
        second = approval["require_additional_approval"] is not False
        return cls(
            manager=approval["manager_approval"] == "INITIAL_APPROVAL",
            stage_1=Members.of(approval["approvers"]),
            stage_2=Members.of(approval["approvers_stage_2"]) if second else NOBODY,
        )

    def needs(self, step: str) -> bool:
        """Whether somebody has to decide at a step."""
        return self.manager if step == MANAGER else bool(self.approvers(step))

    def approvers(self, step: str) -> Members:
        """Who approves at one of the two stages."""
        return self.stage_1 if step == STAGE_1 else self.stage_2


def united(processes: Iterable[Process]) -> Process:
    """The approvals that several things need together."""
    whole = Process()
    for one in processes:
        whole = Process(
            whole.manager or one.manager, whole.stage_1 | one.stage_1, whole.stage_2 | one.stage_2
        )
    return whole


def next_step(process: Process, after: str | None) -> str | None:
    """The first step that needs somebody after one that is done; None when nobody is left."""
    left = STEPS[STEPS.index(after) + 1 :] if after else STEPS
    return next((step for step in left if process.needs(step)), None)
