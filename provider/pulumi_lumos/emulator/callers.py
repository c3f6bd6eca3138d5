"""Who makes a request: the person whose token it carries, and what the token may do."""

from __future__ import annotations

from dataclasses import dataclass

from .refusal import RefusalError
from .state import Tenant

READS_ALL = "AppStore Read Only Admin"
"""The role that sees every request and task, and decides only its own (Lumos help center)."""


@dataclass(frozen=True)
class Caller:
    """The person of a token. `is_admin` is the token's scope: an admin is a domain admin."""

    user_id: str
    is_admin: bool


def reads_all(tenant: Tenant, caller: Caller) -> bool:
    """Whether a caller may read other people's requests and tasks."""
    roles = tenant.get("users", caller.user_id).get("roles", [])
    return caller.is_admin or READS_ALL in roles


def require_admin(caller: Caller, action: str) -> None:
    """Refuse what only domain admins may do (403)."""
    if not caller.is_admin:
        raise RefusalError(403, f"Only administrators may {action}.")
