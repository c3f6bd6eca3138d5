"""Which tenant of Lumos a stack's objects are in, and whether the token opens that one.

Lumos's API has no name for a tenant. So the state remembers the person whose token made an object:
people stay in Lumos for good, and their ids are of one tenant alone. It remembers the address and
a digest of the token too. Where both are the same, so is the tenant, and Lumos is not asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, RLock
from typing import TYPE_CHECKING, Any

from pulumi_lumos.api.errors import Forbidden, NotFound, Unauthorized
from pulumi_lumos.api.paths import path
from pulumi_lumos.config import Settings
from pulumi_lumos.declare.flow import State
from pulumi_lumos.declare.spec import Values
from pulumi_lumos.errors import LumosError

from .errors import OtherTenant

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

TENANT = "tenant"
"""The output that remembers the tenant, and the object's id in it."""
TENANT_DOC = "The object's id, and its tenant: the address, a person, and a digest of a token."
OTHERS_WITHIN_SECONDS = 2.0
"""How long a missing object waits for another object of the stack to be found."""
LOOKS = 20
"""The number of objects to look for before the tenant counts as another one."""

Look = Callable[[], bool]
"""Asks Lumos whether it has an object."""
Warn = Callable[[str], None]
"""Shows people a warning of the resource whose call is under way."""


class Tenancy:
    """Compares the tenant that states remember with the one that the token opens, in one run.

    An object that Lumos has proves the tenant. One that is missing proves nothing, unless the
    person that the state remembers is missing too, or several objects are and none is there.
    """

    def __init__(
        self,
        settings: Settings,
        client: Callable[[], LumosClient],
        ask_owner: Callable[[], Any],
    ) -> None:
        self._settings = settings
        self._client = client
        self._ask_owner = ask_owner
        self._in_question: dict[str, tuple[Values, Look]] = {}
        self._missing: dict[str, Values] = {}
        self._proven = settings.tenant_check == "off"
        self._wait_until = 0.0
        self._person: Values | None = None
        self._people: dict[str, bool] = {}
        self._asking = RLock()
        self._change = Condition()

    def prepare(self) -> None:
        """Ask Lumos whose token it is, once in a run: after a POST nothing may fail any more."""
        self._token_owner()

    def memory(self, id: str) -> State:
        """Return the output that remembers an object and the token's tenant.

        Empty where Lumos does not say which person the token belongs to.
        """
        person = self._token_owner()
        if not person.get("id"):
            return State({})
        user_id, email = str(person["id"]), str(person.get("email") or "")
        url, token = self._settings.server_url, self._settings.token_digest(user_id)
        tenant = {"server_url": url, "user_id": user_id, "email": email, "token": token}
        return State({TENANT: {"id": id, **tenant}})

    def renew(self, id: str, state: State) -> State:
        """Return what a state remembers after a change: the same, where the token is the same."""
        memory = state.get(TENANT)
        if memory and self._is_the_same(memory):
            return State({TENANT: memory})
        return self.memory(id) or State({TENANT: memory} if memory else {})

    def elsewhere(self, state: State) -> Values | None:
        """Return what a state remembers, where that may be another tenant than the token's."""
        memory: Values | None = state.get(TENANT)
        may_differ = memory and not self._proven and not self._is_the_same(memory)
        return memory if may_differ else None

    def note_in_question(self, key: str, state: State, look: Look) -> None:
        """Note an object whose tenant may be another one, to be looked for before a change."""
        if memory := self.elsewhere(state):
            with self._change:
                self._in_question[key] = (memory, look)

    def verify(self) -> None:
        """Look for the objects in question until one is found; raises OtherTenant."""
        with self._asking:
            while not self._proven and len(self._missing) < LOOKS:
                asked = self._take_one_in_question()
                if asked is None:
                    break
                key, memory, look = asked
                if not self._finds(look):
                    self._add_missing(key, memory)
            self._refuse_if_none_is_there()

    def verify_unchanged(self, state: State, look: Look) -> None:
        """Ask, once in a run for each person, about an object that stays; raises OtherTenant.

        Only where another token is all that differs: a Lumos that has moved answers at another
        address, and is not asked about it before something changes.
        """
        memory = self.elsewhere(state)
        if memory is None or memory["server_url"] != self._settings.server_url:
            return
        with self._asking:
            try:
                is_ours = self._proven or self._knows(str(memory["user_id"])) or self._finds(look)
            except Unauthorized:
                raise
            except LumosError:
                return  # Nothing changes, so what Lumos cannot say just now stops nothing.
            if not is_ours:
                raise self._refusal(memory)

    def verify_before_delete(self, key: str, state: State, look: Look, warn: Warn) -> None:
        """Look for an object before the run deletes anything; raises OtherTenant."""
        memory = state.get(TENANT)
        if memory and self._is_the_same(memory):
            return
        with self._asking:
            if self._proven or self._finds(look):
                return
        self.note_missing(key, state, warn)

    def note_found(self, state: State) -> None:
        """Note that Lumos has an object of the stack.

        One that was made with this very token says nothing of those made with another.
        """
        memory = state.get(TENANT)
        if not memory or not self._is_the_same(memory):
            self._prove()

    def note_missing(self, key: str, state: State, warn: Warn) -> None:
        """Note that Lumos does not have an object of the stack.

        Where Lumos has none of several objects, raises OtherTenant, or warns if the state does not
        remember the tenant.
        """
        memory = state.get(TENANT)
        if self._proven or (memory and self._is_the_same(memory)):
            return
        self._add_missing(key, memory or {})
        self._wait_for_another()
        self._refuse_if_none_is_there()
        if not self._proven and len(self._missing) > 1:
            warn(
                f"Lumos at {self._settings.server_url} has none of the objects of this stack that "
                "were looked for so far. If its objects are in another tenant, stop here and give "
                "the token of that one."
            )

    def _take_one_in_question(self) -> tuple[str, Values, Look] | None:
        """Take, and forget, the object that has been in question longest."""
        with self._change:
            for key in self._in_question:
                return key, *self._in_question.pop(key)
        return None

    def _finds(self, look: Look) -> bool:
        if look():
            self._prove()
        return self._proven

    def _prove(self) -> None:
        with self._change:
            self._proven = True
            self._change.notify_all()

    def _add_missing(self, key: str, memory: Values) -> None:
        if memory and not self._knows(str(memory["user_id"])):
            raise self._refusal(memory)
        with self._change:
            if not self._missing:
                self._wait_until = time.monotonic() + OTHERS_WITHIN_SECONDS
            self._missing[key] = memory

    def _wait_for_another(self) -> None:
        """Wait a moment: another call may find an object of the stack, which proves the tenant."""
        with self._change:
            while not self._proven and (left := self._wait_until - time.monotonic()) > 0:
                self._change.wait(left)

    def _refuse_if_none_is_there(self) -> None:
        with self._change:
            # Other calls add to them, while this one looks at what they have found.
            missing = [*self._missing.values()]
        remembered = [memory for memory in missing if memory]
        if not self._proven and len(missing) > 1 and remembered:
            raise self._refusal(remembered[0])

    def _refusal(self, memory: Values) -> OtherTenant:
        return OtherTenant(memory, self.memory("").get(TENANT) or self._nobody())

    def _nobody(self) -> Values:
        return {"server_url": self._settings.server_url, "user_id": "", "email": "", "token": ""}

    def _is_the_same(self, memory: Values) -> bool:
        digest = self._settings.token_digest(str(memory["user_id"]))
        here = (self._settings.server_url, digest)
        return (memory["server_url"], memory["token"]) == here

    def _knows(self, user_id: str) -> bool:
        """Whether the token's tenant has a person; True where the token may not look."""
        with self._asking:
            if user_id not in self._people:
                self._people[user_id] = True
                try:
                    self._client().get(path("/users/{id}", id=user_id))
                except NotFound:
                    self._people[user_id] = False
                except Forbidden:
                    pass
            return self._people[user_id]

    def _token_owner(self) -> Values:
        with self._asking:
            if self._person is None:
                try:
                    found = self._ask_owner()
                except LumosError:
                    found = {}  # Nothing but this memory needs it, so a create goes on without.
                self._person = found if isinstance(found, dict) else {}
            return self._person
