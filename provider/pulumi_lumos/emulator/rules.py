"""Pre-approval rules: what is kept of one."""

from __future__ import annotations

from .state import Record


def blank() -> Record:
    """A rule without people, for everything and any length (Lumos API document)."""
    return {
        "time_based_access": [],
        "preapproved_groups": [],
        "preapproved_permissions": [],
        "preapproved_users_by_attribute": [],
        "preapproval_webhooks": [],
    }
