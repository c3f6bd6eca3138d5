"""What the statuses of an access request mean.

The words are those of schema SupportRequestStatus in Lumos's API document. Lumos may add more: a
status that is not listed here has not ended and can do nothing.
"""

from __future__ import annotations

from typing import NamedTuple


class Meaning(NamedTuple):
    """What a status says to people, and whether a request in it can still change by itself."""

    text: str
    is_final: bool = False
    can_cancel: bool = False


MEANINGS = {
    "PENDING": Meaning("sent", can_cancel=True),
    "PENDING_MANAGER_APPROVAL": Meaning("waits for the manager", can_cancel=True),
    "MANAGER_APPROVED": Meaning("approved by the manager"),
    "MANAGER_DENIED": Meaning("denied by the manager", is_final=True),
    "PENDING_APPROVAL": Meaning("waits for an approver", can_cancel=True),
    "APPROVED": Meaning("approved"),
    "DENIED": Meaning("denied", is_final=True),
    "EXPIRED": Meaning("ended, because nobody decided in time", is_final=True),
    "CANCELLED": Meaning("cancelled", is_final=True),
    "PENDING_PROVISIONING": Meaning("approved, Lumos is giving the access", can_cancel=True),
    "PENDING_MANUAL_PROVISIONING": Meaning(
        "approved, waits for an admin of the app", can_cancel=True
    ),
    "DENIED_PROVISIONING": Meaning("refused by an admin of the app", is_final=True),
    "PROVISIONED": Meaning("access given"),
    "COMPLETED": Meaning("access given"),
    "PENDING_DEPROVISIONING": Meaning("time is up, Lumos is taking the access away"),
    "PENDING_MANUAL_DEPROVISIONING": Meaning("time is up, waits for an admin of the app"),
    "TIME_BASED_EXPIRED": Meaning("access has ended", is_final=True),
    "TIME_BASED_EXPIRED_FAILED": Meaning(
        "time is up, but nobody took the access away", is_final=True
    ),
    "TIME_BASED_EXPIRED_CANCELLED": Meaning("went over into a later request", is_final=True),
    "REVERTING": Meaning("being undone"),
    "REVERTED": Meaning("undone", is_final=True),
}
"""Every status of the API document."""

GIVEN = frozenset({"PROVISIONED", "COMPLETED"})
"""The statuses in which a person has the access."""


def meaning_of(status: str) -> Meaning:
    """What a status means; an unknown one says its own name."""
    return MEANINGS.get(status) or Meaning(status.replace("_", " ").lower())
