"""Names the tenant of a report: Lumos's API has no name for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from .population import Values


def tenant_name(server_url: str, user: Values) -> str:
    """The domain of the token's person, and the host that was asked."""
    host = urlsplit(server_url).hostname or server_url
    _, _, domain = str(user.get("email") or "").rpartition("@")
    return f"{domain} ({host})" if domain else host
