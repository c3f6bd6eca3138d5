"""What a host calls: the life of a kind, guarded against losing people's objects.

Two mistakes would cost objects without a word: a token of another tenant than the one the stack's
objects are in, and the deletion of an object that another resource of the program stands for.
"""

from __future__ import annotations

from ..declare.spec import Problem, ResourceSpec, Values
from .errors import HalfMade, NotThere
from .life import Difference, Life
from .session import Session
from .tenancy import TENANT, Look


class GuardedLife:
    """The calls of a host for one declared kind, see `Life`."""

    def __init__(self, life: Life) -> None:
        self._life = life

    @property
    def spec(self) -> ResourceSpec:
        """What the kind declares."""
        return self._life.spec

    @property
    def adopts(self) -> ResourceSpec:
        """See `Life.adopts`."""
        return self._life.adopts

    def check(
        self, session: Session, old: Values, new: Values, owner: str, *, preview: bool
    ) -> tuple[Values, list[Problem]]:
        """See `Life.check`; raises OtherTenant before anything is made."""
        inputs, problems = self._life.check(session, old, new, owner, preview=preview)
        if not old and not problems and (session.previews_ask or not preview):
            session.tenancy.verify()
        return inputs, problems

    def diff(
        self, session: Session, id: str, state: Values, inputs: Values, owner: str
    ) -> Difference:
        """See `Life.diff`; raises OtherTenant before anything is changed."""
        difference = self._life.diff(session, id, state, inputs, owner)
        session.tenancy.question(id, state, self._look(session, id, state))
        if difference.changed and session.previews_ask:
            session.tenancy.verify()
        return difference

    def create(self, session: Session, inputs: Values, owner: str) -> tuple[str, Values]:
        """See `Life.create`; the state remembers the tenant."""
        session.tenancy.verify()
        session.tenancy.prepare()
        try:
            id, state = self._life.create(session, inputs, owner)
        except HalfMade as half:
            half.state.update(session.tenancy.memory(half.id))
            raise
        return id, state | session.tenancy.memory(id)

    def read(self, session: Session, id: str, state: Values) -> Values | None:
        """See `Life.read`; raises OtherTenant before anything counts as gone.

        Nothing is known before of an object that a program only reads: raises NotThere.
        """
        found = self._life.read(session, id, state)
        if found is None and not state:
            raise NotThere(self.spec, id)
        required = [name for name, field in self.spec.fields.items() if field.required]
        # What lacks one of those is what the state keeps of an object that is gone.
        if found is not None and all(name in found for name in required):
            session.tenancy.find(state)
        else:
            session.tenancy.miss(id, state)
        return None if found is None else found | _kept(state)

    def update(self, session: Session, id: str, state: Values, inputs: Values) -> Values:
        """See `Life.update`; raises OtherTenant before anything is changed."""
        session.tenancy.question(id, state, self._look(session, id, state))
        session.tenancy.verify()
        memory = session.tenancy.renewed(id, state)
        try:
            return self._life.update(session, id, state, inputs) | memory
        except HalfMade as half:
            half.state.update(memory)
            raise

    def delete(self, session: Session, id: str, state: Values, owner: str) -> None:
        """See `Life.delete`; raises OtherTenant before anything is deleted.

        What another resource of the program stands for stays, as after a rename in two steps.
        """
        holder = session.owner(self.spec, id)
        if self._life.stands_for_one_object and holder not in (None, owner):
            return
        session.tenancy.verify_before_delete(id, state, self._look(session, id, state))
        self._life.delete(session, id, state)

    def _look(self, session: Session, id: str, state: Values) -> Look:
        return lambda: self._life.is_there(session, id, state)


def _kept(state: Values) -> Values:
    return {TENANT: state[TENANT]} if TENANT in state else {}
