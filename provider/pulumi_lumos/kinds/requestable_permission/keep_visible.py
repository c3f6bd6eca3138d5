"""Keeps the permissions visible that a program declares so, while the same run hides them.

Whenever an app gets `groups_provisioning` DIRECT_TO_USER, Lumos "marks all permissions as not
visible in the App Store" (Lumos API document). A program may say both, and the calls come in any
order, so the permissions are shown again after the call of their app.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable
from threading import Lock

from pulumi_lumos.declare.spec import Values

Show = Callable[[], None]
"""Lets people see a permission again."""


class KeepVisible:
    """Which permissions a run declares VISIBLE, and the apps whose permissions it has hidden.

    One for each run, safe for threads. A preview knows only what is declared.
    """

    def __init__(self) -> None:
        self._shows: dict[str, dict[str, Show]] = defaultdict(dict)
        self._hidden_at: dict[str, float] = {}
        self._declared: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
        self._direct: dict[str, bool] = {}
        self._lock = Lock()

    def keep(self, app_id: str, id: str, show: Show, since: float) -> None:
        """Show a permission whenever this run hides it; now, if it has done so since a moment.

        `since` is on the clock `time.monotonic`.
        """
        with self._lock:
            self._shows[app_id][id] = show
            is_hidden = self._hidden_at.get(app_id, -math.inf) >= since
        if is_hidden:
            show()

    def hide(self, app_id: str) -> None:
        """Note that Lumos has hidden all permissions of an app, and show those to be visible."""
        with self._lock:
            self._hidden_at[app_id] = time.monotonic()
            shows = list(self._shows[app_id].values())
        for show in shows:
            show()

    def declare(self, app_id: str, owner: str, label: str, *, begins: bool) -> bool:
        """Enter a permission that is declared VISIBLE; return whether to warn of its app.

        It is so if the app begins to hide its permissions, or hides them already and the permission
        `begins` to be VISIBLE.
        """
        with self._lock:
            self._declared[app_id][owner] = (label, begins)
            return app_id in self._direct and (begins or self._direct[app_id])

    def declare_direct(self, app_id: str, *, begins: bool) -> list[str]:
        """Enter an app that says DIRECT_TO_USER; return the labels that contradict it."""
        with self._lock:
            self._direct[app_id] = begins
            declared = self._declared[app_id].values()
            return sorted(label for label, is_new in declared if begins or is_new)


def says_direct(settings: Values) -> bool:
    """Whether settings of an app say that access is given to the app as a whole."""
    provisioning = settings.get("provisioning")
    found = provisioning.get("groups_provisioning") if isinstance(provisioning, dict) else None
    return bool(found == "DIRECT_TO_USER")


def advice(declared: str) -> str:
    """The warning about permissions that are declared VISIBLE in such an app."""
    return (
        f"DIRECT_TO_USER makes Lumos hide all permissions of the app, but {declared} VISIBLE, and "
        "is shown again after that; give the app GROUPS_AND_VISIBLE, or hide the permission"
    )
