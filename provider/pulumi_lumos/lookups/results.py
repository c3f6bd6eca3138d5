"""What a lookup gives: objects of Lumos under Lumos's own names, never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar

R = TypeVar("R")


@dataclass(frozen=True)
class GetAccessPolicyResult:
    """An access policy (`GET /access_policies`, schema AccessPolicyOutput).

    `apps` holds the apps as Lumos answers them, each with `id`, `is_preapproved`, `permissions`.
    """

    id: str
    name: str
    business_justification: str
    status: str
    is_enabled: bool
    apps: tuple[dict[str, Any], ...]
    access_condition: dict[str, Any]
    is_everyone_condition: bool


@dataclass(frozen=True)
class GetAppResult:
    """An app, whether in the AppStore or not (`GET /apps`, schema App)."""

    id: str
    user_friendly_label: str
    app_class_id: str
    instance_id: str
    status: str
    sources: tuple[str, ...]
    disconnected: bool
    category: str | None
    description: str | None
    logo_url: str | None
    website_url: str | None
    request_instructions: str | None


@dataclass(frozen=True)
class GetGroupResult:
    """A group, synced into Lumos by the app that owns it (`GET /groups`, schema Group)."""

    id: str
    app_id: str | None
    integration_specific_id: str | None
    name: str | None
    description: str | None
    group_lifecycle: str | None
    source_app_id: str | None


@dataclass(frozen=True)
class GetUserResult:
    """A person (`GET /users`, schema User)."""

    id: str
    email: str | None
    given_name: str | None
    family_name: str | None
    status: str | None


@dataclass(frozen=True)
class GetPermissionResult:
    """A permission of an app (`GET /appstore/requestable_permissions`).

    Its schema is RequestablePermissionOutput; `type` is SYNCED or NATIVE.
    """

    id: str
    label: str
    type: str | None
    app_id: str
    app_class_id: str
    app_instance_id: str


@dataclass(frozen=True)
class GetInlineWebhookResult:
    """An inline webhook (`GET /inline_webhooks`, schema InlineWebhook)."""

    id: str
    name: str
    hook_type: str
    description: str | None


def result(kind: type[R], answer: dict[str, Any]) -> R:
    """An answer of Lumos as a result; what it lacks is None."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # all are dataclasses
    return kind(**{name: _frozen(answer.get(name)) for name in names})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
