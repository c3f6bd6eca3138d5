"""The paths of Lumos's API, one file a family."""

from __future__ import annotations

from fastapi import APIRouter

from . import (
    access_policies,
    access_requests,
    accounts,
    activity_logs,
    apps,
    appstore_apps,
    groups,
    inline_webhooks,
    integrations,
    pre_approval_rules,
    requestable_permissions,
    tasks,
    users,
)

FAMILIES: tuple[APIRouter, ...] = (
    apps.router,
    users.router,
    groups.router,
    inline_webhooks.router,
    integrations.router,
    appstore_apps.router,
    requestable_permissions.router,
    pre_approval_rules.router,
    access_requests.router,
    access_policies.router,
    tasks.router,
    accounts.router,
    activity_logs.router,
)
