"""The life of a requestable permission, and how one gives way to another of the same label.

Whether Lumos allows two permissions of one label in one app is not documented. Where it refuses,
the old one gives way to what replaces it: it is renamed and hidden in one step, and its new label
says how it was found. So a run that is cut off at any point can be run again.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import NamedTuple

from .api.errors import Conflict, Invalid
from .declare.spec import Values
from .lifecycle import adoption
from .lifecycle.errors import Gone
from .lifecycle.life import Life
from .lifecycle.session import Session

_GIVEN_WAY = re.compile(
    r"^(?P<label>.*) \(replaced, was (?P<visibility>visible|hidden), [0-9a-f]{8}\)$", re.S
)


class AsFound(NamedTuple):
    """What a permission was before it gave way."""

    label: str
    visibility: str
    gave_way: bool


def as_found(permission: Values) -> AsFound:
    """Read off a permission what it was before it gave way, if it did."""
    given_way = _GIVEN_WAY.match(str(permission["label"]))
    if given_way:
        return AsFound(given_way["label"], given_way["visibility"].upper(), True)
    return AsFound(str(permission["label"]), visibility(permission), False)


def visibility(permission: Values) -> str:
    """Whether people see a permission: VISIBLE or HIDDEN."""
    config = permission.get("request_config") or {}
    return str(config.get("appstore_visibility") or "HIDDEN")


def shown(wanted: str) -> Values:
    """The part of a permission that shows or hides it."""
    return {"request_config": {"appstore_visibility": wanted}}


def is_about_the_label(refusal: Conflict | Invalid) -> bool:
    """Whether Lumos refuses a permission because another has its label."""
    problems = refusal.problems if isinstance(refusal, Invalid) else ()
    named = any("label" in problem.path for problem in problems)
    return isinstance(refusal, Conflict) or named or "label" in refusal.detail


class PermissionLife(Life):
    """A permission can be hidden instead of deleted, and give way to one that replaces it."""

    def delete(self, session: Session, id: str, state: Values) -> None:
        """Delete the permission, or hide it where the program wants to keep the audit trail.

        One that is hidden because another has taken its place gives way to it, so that the next
        replacement does not find two of one label.
        """
        adopted = adoption.BEFORE in state
        if state.get("deletion_policy") != "hide" or adopted or session.spares(self.spec, id):
            return super().delete(session, id, state)
        twins = {str(twin["id"]): twin for twin in self.twins(session, state)}
        with suppress(Gone):
            if id in twins and len(twins) > 1:
                self._step_aside(session, twins[id])
            else:
                self.remember(session, self.patch(session, id, shown("HIDDEN")))

    def gives_way(self, session: Session, old: Values, refusal: Conflict | Invalid) -> bool:
        """Rename and hide the old permission, if its label is what Lumos refuses."""
        if as_found(old).gave_way or not is_about_the_label(refusal):
            return False
        self._step_aside(session, old)
        return True

    def _step_aside(self, session: Session, old: Values) -> None:
        was = as_found(old)
        # Part of the id keeps two that have given way to one label apart.
        aside = f"{was.label} (replaced, was {was.visibility.lower()}, {old['id'][:8]})"
        self.change(session, old, {"label": aside, **shown("HIDDEN")})

    def take_back(self, session: Session, old: Values) -> None:
        """Give the old permission its label and visibility back."""
        self.change(session, old, {"label": old["label"], **shown(visibility(old))})

    def change(self, session: Session, permission: Values, body: Values) -> None:
        """PATCH a permission."""
        self.remember(session, self.patch(session, str(permission["id"]), body))
