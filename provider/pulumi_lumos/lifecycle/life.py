"""The life of one kind of resource, derived from its declaration.

A kind with an oddity of its own subclasses `Life` in its own file and overrides one or two
methods there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ..api.errors import Conflict, Invalid, NotFound
from ..declare.spec import Problem, ResourceSpec, Values
from ..declare.unknown import contains_unknown
from . import adoption
from .body import update_body
from .changes import changes, in_known_order
from .creation import create, look_ahead
from .errors import AlreadyExists, CannotAdopt, Gone, Unreadable
from .identity import aliases_in
from .listing import Listing
from .projection import as_input, computed_values, project
from .session import Session
from .settling import settled
from .validation import problems

ALIASES = "group_ids"
"""The output that remembers Lumos's ids of the groups a resource names."""


@dataclass(frozen=True)
class Difference:
    """What a preview finds: the property paths that change, and those that force a new object."""

    changed: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)


class Life:
    """Check, diff, create, read, update and delete for one declared kind.

    `state` is what Pulumi records as the outputs: the fields the program gave, as Lumos has them,
    and the computed ones. `owner` names the resource, so that two of one program never share an
    object. All methods raise ApiError where Lumos refuses.
    """

    def __init__(self, spec: ResourceSpec) -> None:
        self.spec = spec

    def problems(self, values: Values) -> list[Problem]:
        """Everything wrong with what a program says, as far as it can be known."""
        return problems(self.spec.shape, values)

    def check(
        self, session: Session, old: Values, new: Values, owner: str
    ) -> tuple[Values, list[Problem]]:
        """The inputs to go on with and everything wrong with them; a new object is looked up."""
        found = self.problems(new)
        if not found and not old:
            found = self.check_new(session, new, owner)
        return in_known_order(self.spec.shape, old, new, {}), found

    def check_new(self, session: Session, inputs: Values, owner: str) -> list[Problem]:
        """What a preview can tell of a new object: whether Lumos has it already."""
        if contains_unknown({name: inputs.get(name) for name in self.spec.key}):
            session.check_token()
            return []
        try:
            if inputs.get(adoption.OPTION):
                adoption.found(self, session, inputs)
            else:
                look_ahead(self, session, inputs, owner)
        except (AlreadyExists, CannotAdopt) as error:
            return [(self.spec.key[-1], str(error))]
        return []

    def diff(
        self, session: Session, id: str, state: Values, inputs: Values, owner: str
    ) -> Difference:
        """What would change; unknown values count as changed."""
        session.own(self.spec, id, owner)
        found = changes(self.spec.shape, self.spec.inputs(state), inputs, state.get(ALIASES) or {})
        return Difference(
            changed=[change.name for change in found],
            replaces=[change.name for change in found if change.field.marks.replaces],
        )

    def create(self, session: Session, inputs: Values, owner: str) -> tuple[str, Values]:
        """Make the object, never a second one of the same natural key, or adopt it."""
        if inputs.get(adoption.OPTION):
            id, state = adoption.adopt(self, session, inputs)
            session.own(self.spec, id, owner)
            return id, state
        live = create(self, session, inputs, owner)
        self.remember(session, live)
        return str(live["id"]), self.state(inputs, settled(self, session, inputs, live))

    def read(self, session: Session, id: str, state: Values) -> Values | None:
        """The state as Lumos has it now; None if the object is gone."""
        live = self.live(session, id, state)
        if live is None:
            return None
        managed = self.spec.inputs(state) or as_input(self.spec.shape, live)
        return self._kept(state) | self.state(managed, live)

    def update(self, session: Session, id: str, state: Values, inputs: Values) -> Values:
        """Change exactly what differs."""
        old = self.spec.inputs(state)
        found = changes(self.spec.shape, old, inputs, state.get(ALIASES) or {})

        def live() -> Values:
            now = self.live(session, id, state)
            if now is None:
                raise Gone(self.spec, id)
            return now

        if adoption.BEFORE in state and found:
            before = adoption.widened(self, inputs, state[adoption.BEFORE], live())
            state = {**state, adoption.BEFORE: before}
        body = update_body(self.spec.shape, found, inputs, live)
        if not body:
            outputs = {name: state[name] for name in state if name not in self.spec.fields}
            return {**outputs, **inputs}
        answer = self.patch(session, id, body)
        self.remember(session, answer)
        answer = settled(self, session, inputs, answer)
        return self._kept(state) | self.state(inputs, answer, state)

    def _kept(self, state: Values) -> Values:
        """What only the state knows: how an adopted object was found."""
        return {name: state[name] for name in (adoption.BEFORE,) if name in state}

    def delete(self, session: Session, id: str, state: Values) -> None:
        """Delete the object; one that is gone already is no error.

        `pulumi up --replace` gives no sign that what it creates and deletes is the same object, so
        what a create of this run has just given stays.
        """
        if session.spares(self.spec, id):
            return
        if adoption.BEFORE in state:
            return adoption.give_back(self, session, id, state)
        with suppress(NotFound):
            session.call(self.spec.endpoints.delete, {}, id=id)
        if not self.spec.id:
            self.listing(session, state).forget(id)

    def live(self, session: Session, id: str, state: Values) -> Values | None:
        """The object as Lumos has it; None if it is gone.

        An object that the list pages lack is asked for by id before it counts as gone: pages
        shift while others write.
        """
        if self.spec.scope in state:
            listed = self.listing(session, state).get(id)
            if listed is not None:
                return listed
        try:
            answer = session.call(self.spec.endpoints.read, self.spec.endpoints.query, id=id)
        except NotFound:
            return None
        return self.with_id(answer, id)

    def twins(self, session: Session, inputs: Values, *, fresh: bool = False) -> list[Values]:
        """The objects in Lumos that carry the natural key of these inputs.

        `fresh` asks Lumos this very moment, whatever has been read before.
        """
        if self.spec.id:
            live = self.live(session, str(inputs[self.spec.id]), inputs)
            return [live] if live else []
        key = {name: inputs[name] for name in self.spec.key}
        listed = None if fresh else self.listing(session, inputs).find(key)
        return self._search(session, key) if listed is None else listed

    def _search(self, session: Session, key: Values) -> list[Values]:
        endpoints = self.spec.endpoints
        query: dict[str, str] = {self.spec.scope: key[self.spec.scope], **endpoints.query}
        if endpoints.search:
            query |= {endpoints.search: key[self.spec.key[-1]], "exact_match": "true"}
        items = session.client.list(endpoints.list.path, query)
        return [item for item in items if all(item.get(name) == key[name] for name in key)]

    def post(self, session: Session, inputs: Values) -> Values:
        """Make the object and give Lumos's answer."""
        endpoints = self.spec.endpoints
        answer = session.call(endpoints.create, endpoints.query, body=self.spec.sent(inputs))
        return self.with_id(answer, str(inputs[self.spec.id]) if self.spec.id else "")

    def gives_way(self, session: Session, old: Values, refusal: Conflict | Invalid) -> bool:
        """Whether the object that is being replaced could make room for the new one."""
        return False

    def take_back(self, session: Session, old: Values) -> None:
        """Undo `gives_way`."""

    def patch(self, session: Session, id: str, body: Values) -> Values:
        """Change the object and give Lumos's answer."""
        endpoints = self.spec.endpoints
        try:
            return self.with_id(session.call(endpoints.update, endpoints.query, id, body), id)
        except NotFound:
            raise Gone(self.spec, id) from None

    def with_id(self, answer: Any, id: str) -> Values:
        """An answer as an object with its id; raises Unreadable."""
        if not isinstance(answer, dict) or not (id or answer.get("id")):
            raise Unreadable(self.spec, answer)
        named = {self.spec.id: id} if self.spec.id else {}
        return {**answer, **named, "id": id or answer["id"]}

    def state(self, managed: Values, live: Values, before: Values | None = None) -> Values:
        """What Pulumi records: the managed fields as Lumos has them, and the computed ones.

        `before` is the state so far: the answer to a write need not have every computed field.
        """
        aliases = aliases_in(self.spec.shape, live)
        seen = project(self.spec.shape, managed, live, aliases)
        extra: Values = {ALIASES: aliases} if aliases else {}
        return {**seen, **computed_values(self.spec.computed, live, before or {}), **extra}

    def is_as_declared(self, inputs: Values, live: Values) -> bool:
        """Whether an object is exactly what these inputs would make."""
        aliases = aliases_in(self.spec.shape, live)
        seen = project(self.spec.shape, inputs, live, aliases)
        return not changes(self.spec.shape, seen, inputs, aliases)

    def remember(self, session: Session, live: Values) -> None:
        """Keep what has been read of the object up to date."""
        if not self.spec.id:
            self.listing(session, live).put(live)

    def listing(self, session: Session, values: Values) -> Listing:
        """The objects that are listed together with this one."""
        return session.listing(self.spec, str(values[self.spec.scope]))
