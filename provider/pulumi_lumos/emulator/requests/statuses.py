"""The statuses of an access request, and which may follow which.

The words are those of schema SupportRequestStatus in Lumos's API document, which does not say
what they mean; the vendor's command line has a comment for most of them.
"""

from __future__ import annotations

FOLLOWED_BY: dict[str, frozenset[str]] = {
    status: frozenset(following.split())
    for status, following in {
        "PENDING": "PENDING_MANAGER_APPROVAL PENDING_APPROVAL APPROVED CANCELLED",
        "PENDING_MANAGER_APPROVAL": "MANAGER_APPROVED MANAGER_DENIED CANCELLED EXPIRED",
        "MANAGER_APPROVED": "PENDING_APPROVAL APPROVED",
        "MANAGER_DENIED": "",
        "PENDING_APPROVAL": "PENDING_APPROVAL APPROVED DENIED CANCELLED EXPIRED",
        "APPROVED": "PENDING_PROVISIONING",
        "DENIED": "",
        "EXPIRED": "",
        "CANCELLED": "",
        "PENDING_PROVISIONING": "PROVISIONED PENDING_MANUAL_PROVISIONING CANCELLED",
        "PENDING_MANUAL_PROVISIONING": "PROVISIONED DENIED_PROVISIONING CANCELLED EXPIRED",
        "DENIED_PROVISIONING": "",
        "PROVISIONED": "COMPLETED",
        "COMPLETED": "PENDING_DEPROVISIONING TIME_BASED_EXPIRED_CANCELLED REVERTING",
        "PENDING_DEPROVISIONING": "TIME_BASED_EXPIRED PENDING_MANUAL_DEPROVISIONING",
        "PENDING_MANUAL_DEPROVISIONING": "TIME_BASED_EXPIRED TIME_BASED_EXPIRED_FAILED",
        "TIME_BASED_EXPIRED": "",
        "TIME_BASED_EXPIRED_FAILED": "",
        "TIME_BASED_EXPIRED_CANCELLED": "",
        "REVERTING": "REVERTED",
        "REVERTED": "",
    }.items()
}
"""Each status with those that may come next; none where a request has ended."""

CANCELLABLE = frozenset(
    status for status, following in FOLLOWED_BY.items() if "CANCELLED" in following
)
"""The statuses that the vendor's command line calls pending: it polls on and lets people cancel."""

WAITING = frozenset(status for status, following in FOLLOWED_BY.items() if "EXPIRED" in following)
"""A person has to act, and the request ends when nobody does in time."""
