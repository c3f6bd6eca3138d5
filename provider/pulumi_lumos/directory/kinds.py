"""The kinds of objects that can be looked up: where Lumos lists them and what names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from .results import (
    GetAppResult,
    GetGroupResult,
    GetInlineWebhookResult,
    GetPermissionResult,
    GetUserResult,
)

R = TypeVar("R")


class Key(NamedTuple):
    """What names one object.

    field: the field of the answer that must be equal. search: the list's query parameter that
    finds such objects, if there is one.
    """

    field: str
    search: str = ""


@dataclass(frozen=True)
class Kind(Generic[R]):
    """One kind of object.

    keys: the arguments that name an object, of which a lookup takes exactly one.
    filter: the argument that narrows the list; `filter_required` if only ids go without it.
    shown: the fields by which people tell objects apart, the first being what they call them.
    read: the address of a single object, where Lumos has one.
    query: goes with every read.
    """

    noun: str
    path: str
    result: type[R]
    keys: Mapping[str, Key]
    shown: tuple[str, ...]
    words: str = ""
    read: str = ""
    filter: str = ""
    filter_required: bool = False
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def function(self) -> str:
        """What programs call the lookup."""
        return f"get_{self.noun.replace(' ', '_')}"

    def described(self, item: Mapping[str, Any]) -> str:
        """An object as a person tells it from others."""
        name, *rest = (str(item.get(one) or "") for one in self.shown)
        more = ", ".join(filter(None, [*rest, f"id {item.get('id')}"]))
        return f"{name} ({more})"


APP = Kind(
    noun="app",
    path="/apps",
    read="/apps/{id}",
    result=GetAppResult,
    keys={"id": Key("id"), "name": Key("user_friendly_label", "name_search")},
    shown=("user_friendly_label", "instance_id", "status"),
    words="name_search",
)
GROUP = Kind(
    noun="group",
    path="/groups",
    read="/groups/{id}",
    result=GetGroupResult,
    keys={
        "id": Key("id"),
        "name": Key("name", "name"),
        "integration_specific_id": Key("integration_specific_id", "integration_specific_id"),
    },
    shown=("name", "integration_specific_id", "app_id"),
    words="name",
    filter="app_id",
)
USER = Kind(
    noun="user",
    path="/users",
    read="/users/{id}",
    result=GetUserResult,
    keys={"id": Key("id"), "email": Key("email", "search_term")},
    shown=("email", "given_name", "family_name", "status"),
    words="search_term",
)
PERMISSION = Kind(
    noun="permission",
    path="/appstore/requestable_permissions",
    read="/appstore/requestable_permissions/{id}",
    result=GetPermissionResult,
    keys={"id": Key("id"), "label": Key("label", "search_term")},
    shown=("label", "type", "app_id"),
    words="search_term",
    filter="app_id",
    filter_required=True,
    query={"include_inherited_configs": "false"},
)
INLINE_WEBHOOK = Kind(
    noun="inline webhook",
    path="/inline_webhooks",
    result=GetInlineWebhookResult,
    keys={"id": Key("id"), "name": Key("name")},
    shown=("name", "hook_type"),
)
