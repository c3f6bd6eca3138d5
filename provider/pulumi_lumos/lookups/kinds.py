"""The kinds of objects that can be looked up: where Lumos lists them and what names one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from pulumi_lumos.declare.fields import Collection
from pulumi_lumos.kinds import shapes
from pulumi_lumos.kinds.requestable_permission.lifecycle import before_aside

from .results import (
    GetAccessPolicyResult,
    GetAppResult,
    GetGroupResult,
    GetInlineWebhookResult,
    GetPermissionResult,
    GetUserResult,
)

R = TypeVar("R")


class LookupKey(NamedTuple):
    """What names one object.

    field: the field of the answer that must be equal. search: the list's query parameter that
    finds such objects, if there is one.
    """

    field: str
    search: str = ""


@dataclass(frozen=True)
class LookupKind(Generic[R]):
    """One kind of object, and what a program gets of one.

    keys: the arguments that name an object, of which a lookup takes exactly one.
    within: whether a name counts only within one app, the collection's `filter`.
    more: the fields that tell apart objects that are called the same, as dotted paths.
    words: the list's query parameter that finds by words, if there is one.
    stands_out: whether an object is the one that people mean where several are called the same.
    called_before: what an object was called before this package renamed it.
    """

    collection: Collection
    result: type[R]
    keys: Mapping[str, LookupKey]
    more: tuple[str, ...]
    words: str = ""
    within: bool = False
    stands_out: Callable[[Mapping[str, Any]], bool] | None = None
    called_before: Callable[[dict[str, Any]], str] | None = None

    def meant(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Find the object that stands out among objects with the same name, if exactly one does."""
        outstanding = list(filter(self.stands_out, found)) if self.stands_out else []
        return outstanding if len(outstanding) == 1 else found

    @property
    def noun(self) -> str:
        """What people call one of them."""
        return self.collection.noun

    @property
    def plural(self) -> str:
        """What people call several of them."""
        return f"{self.noun[:-1]}ies" if self.noun.endswith("y") else f"{self.noun}s"

    @property
    def function(self) -> str:
        """What programs call the lookup."""
        return f"get_{self.noun.replace(' ', '_')}"

    @property
    def shown(self) -> tuple[str, ...]:
        """The fields by which people know an object, first the one that they call it by."""
        return (self.collection.called, *self.more)

    def texts(self, item: Mapping[str, Any]) -> tuple[str, ...]:
        """What people read of each of these fields; a flag that is set is read as its name."""
        return tuple(_text(item, path) for path in self.shown)

    def described(self, item: Mapping[str, Any]) -> str:
        """An object as a person tells it from others."""
        name, *rest = self.texts(item)
        more = ", ".join(filter(None, [*rest, f"id {item.get('id')}"]))
        return f"{name} ({more})"


def _text(item: Mapping[str, Any], path: str) -> str:
    value: Any = item
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, bool):
        return name if value else ""
    return "" if value is None else str(value)


APP = LookupKind(
    shapes.APPS,
    GetAppResult,
    keys={"id": LookupKey("id"), "name": LookupKey("user_friendly_label", "name_search")},
    more=("instance_id", "status", "disconnected"),
    words="name_search",
)
GROUP = LookupKind(
    shapes.GROUPS,
    GetGroupResult,
    keys={
        "id": LookupKey("id"),
        "name": LookupKey("name", "name"),
        "integration_specific_id": LookupKey("integration_specific_id", "integration_specific_id"),
    },
    more=("integration_specific_id", "app_id"),
    words="name",
)
USER = LookupKind(
    shapes.USERS,
    GetUserResult,
    keys={"id": LookupKey("id"), "email": LookupKey("email", "search_term")},
    more=("given_name", "family_name", "status"),
    words="search_term",
)


VISIBILITY = "request_config.appstore_visibility"


def _people_see(permission: Mapping[str, Any]) -> bool:
    """Whether people see a permission; one that is hidden may have the label of its successor."""
    return _text(permission, VISIBILITY) == "VISIBLE"


PERMISSION = LookupKind(
    shapes.PERMISSIONS,
    GetPermissionResult,
    keys={"id": LookupKey("id"), "label": LookupKey("label", "search_term")},
    more=("type", "app_id", VISIBILITY),
    words="search_term",
    within=True,
    stands_out=_people_see,
    called_before=lambda permission: before_aside(permission).label,
)
ACCESS_POLICY = LookupKind(
    shapes.ACCESS_POLICIES,
    GetAccessPolicyResult,
    keys={"id": LookupKey("id"), "name": LookupKey("name", "name")},
    more=("status", "is_enabled", "is_everyone_condition"),
    words="name",
)
INLINE_WEBHOOK = LookupKind(
    shapes.WEBHOOKS,
    GetInlineWebhookResult,
    keys={"id": LookupKey("id"), "name": LookupKey("name")},
    more=("hook_type",),
)
