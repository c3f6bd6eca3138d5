"""Who has to act on a task, and who may.

Groups are read when somebody looks or acts. Somebody who has left is not asked any more; where
nobody is left, the app's admins are asked in their place (help center, "Setting up ABAC
Approvals", for approvers that cannot be matched), and where there are none either, a domain admin
has to act.
"""

from __future__ import annotations

from typing import NamedTuple

from pulumi_lumos.emulator.callers import Caller
from pulumi_lumos.emulator.state import Record, Tenant

from . import people
from .process import NOBODY, Members


class Assigned(NamedTuple):
    """The assignees that a task shows, and the people behind them who can act."""

    members: Members
    people: set[str]


def assigned(tenant: Tenant, task: Record) -> Assigned:
    """Who has to act on a task now; nobody where only a domain admin can."""
    app = tenant.find("apps", task["app_id"])
    admins = people.admins_of(app) if app else NOBODY
    for desired in (Members.of(task["assignees"]), admins):
        present = _present(tenant, desired)
        if present:
            return Assigned(present, people.active_among(tenant, present))
    return Assigned(NOBODY, set())


def _present(tenant: Tenant, members: Members) -> Members:
    """The people who can act, and the groups that contain one."""
    users = frozenset(key for key in members.users if people.is_active(tenant, key))
    groups = frozenset(key for key in members.groups if people.active_in(tenant, key))
    return Members(users, groups)


def may_act(tenant: Tenant, caller: Caller, task: Record) -> bool:
    """Whether a caller may decide a task: an assignee "or a domain admin" (API document)."""
    if not people.is_active(tenant, caller.user_id):
        return False
    return caller.is_admin or caller.user_id in assigned(tenant, task).people
