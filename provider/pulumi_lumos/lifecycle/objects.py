"""The objects of one kind in Lumos: found, read, made and changed, derived from its declaration.

A kind whose calls have an oddity subclasses `Objects`, and its lifecycle has that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pulumi_lumos.api.errors import ApiError, Conflict, Invalid, NotFound
from pulumi_lumos.declare.fields import Awaited
from pulumi_lumos.declare.flow import Answer, Body, Inputs, State
from pulumi_lumos.declare.spec import ObjectSpec, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.errors import LumosError
from pulumi_lumos.reading.listing import Listing
from pulumi_lumos.values import deferral
from pulumi_lumos.values.body import update_body, whole_body
from pulumi_lumos.values.changes import Change
from pulumi_lumos.values.deferral import AWAITS
from pulumi_lumos.values.identity import ALIASES
from pulumi_lumos.values.live import Live
from pulumi_lumos.values.paths import Path, nested, value_at
from pulumi_lumos.values.projection import computed_values

from .call import Call
from .errors import Gone, HalfMade, Unreadable
from .waiting import Waiting


class Objects:
    """The calls to Lumos for one declared kind.

    An object is Lumos's answer with its `id`. All methods raise ApiError where Lumos refuses, and
    Unreadable for an answer that is no object.
    """

    filled_in: frozenset[str] = frozenset()
    """The fields that Lumos fills in with a value of its own where a program does not give them."""

    def __init__(self, spec: ObjectSpec) -> None:
        self.spec = spec

    def read_live(self, call: Call, id: str, known: Values | None = None) -> Answer | None:
        """Read the object as Lumos has it; return None if it is gone.

        Where fields of it are `known` that say in which list it stands, the list is read. An object
        that the list pages lack is asked for by id before it counts as gone: pages shift while
        others write. And Lumos may hide a new object for a while, see `lag`.
        """
        if not self.spec.id and self.spec.listed_by in ("", *(known or {})):
            listed = self.listing(call, known or {}).find(id)
            if listed is not None:
                answer = self.spec.in_own_names(listed)
                return None if self.spec.is_gone(answer) else answer
        for _ in call.run.lag.looks_for(id):
            found = self.find_by_id(call, id)
            if found is not None:
                return found
        return None

    def find_by_id(self, call: Call, id: str) -> Answer | None:
        """Ask for the object by its id; return None if Lumos shows none."""
        try:
            answer = call.run.send(self.spec.endpoints.read, self.spec.endpoints.query, id=id)
        except NotFound:
            return None
        found = self.with_id(answer, id)
        return None if self.spec.is_gone(found) else found

    def _get(self, call: Call, id: str) -> Answer:
        found = self.read_live(call, id)
        if found is None:
            raise Gone(self.spec, id)
        return found

    def list_by_key(self, call: Call, inputs: Inputs, *, fresh: bool = False) -> list[Answer]:
        """List the objects in Lumos that have the natural key of these inputs.

        `fresh` asks Lumos this very moment, whatever has been read before.
        """
        if self.spec.id:
            found = self.find_by_id(call, str(inputs[self.spec.id]))
            return [found] if found else []
        twins = self._of_key(call, inputs, fresh=fresh)
        return [one for one in twins if not self.spec.is_gone(one)]

    def _of_key(self, call: Call, inputs: Inputs, *, fresh: bool) -> list[Answer]:
        """List the objects of the natural key, also those that count as gone."""
        key = self.spec.key_of(inputs)
        named = {self.spec.fields[name].marks.answered_as or name: key[name] for name in key}
        listed = None if fresh else self.listing(call, inputs).find_matching(named)
        if listed is None:
            return self._search(call, key)
        return [self.spec.in_own_names(one) for one in listed]

    def _search(self, call: Call, key: Values) -> list[Answer]:
        endpoints = self.spec.endpoints
        query = self.spec.list_query(key)
        if endpoints.search:
            query[endpoints.search] = [*key.values()][-1]
            query |= {endpoints.exact: "true"} if endpoints.exact else {}
        items = [self.with_id(one, "") for one in call.run.client.list(endpoints.list.path, query)]
        return [item for item in items if all(item[name] == key[name] for name in key)]

    def post(self, call: Call, inputs: Inputs) -> Answer:
        """Make the object; return Lumos's answer."""
        endpoints = self.spec.endpoints
        id = str(inputs[self.spec.id]) if self.spec.id else ""

        def send(body: Body) -> Answer:
            if gone := self._gone_twin(call, inputs):
                assert endpoints.connect is not None
                # What it was called before is no part of the new object.
                body = Body({**dict.fromkeys(n for n in self.spec.key if n not in body), **body})
                sent = call.run.send(endpoints.connect, endpoints.query, gone, body)
                return self.with_id(sent, gone)
            return self.with_id(call.run.send(endpoints.create, endpoints.query, body=body), id)

        return self._send(call, send, Body(self.spec.sent(inputs)))

    def _gone_twin(self, call: Call, inputs: Inputs) -> str:
        """Look for an object that counts as gone and can be connected again; return its id."""
        fields = self.spec.fields
        fixed = {name: inputs.get(name) for name in fields if fields[name].marks.replaces}
        connects = any(fields[name].marks.connects for name in inputs if name in fields)
        if self.spec.endpoints.connect is None or not connects:
            return ""
        gone = [
            str(one["id"])
            for one in self._of_key(call, inputs, fresh=False)
            if self.spec.is_gone(one) and all(one.get(name) == fixed[name] for name in fixed)
            if not self.is_another(inputs, one)
        ]
        return gone[0] if gone else ""

    def is_another(self, inputs: Inputs, live: Answer) -> bool:
        """Whether an object of the natural key of these inputs is another one than they mean."""
        return False

    def make_room(self, call: Call, old: Answer, refusal: Conflict | Invalid) -> bool:
        """Try to make room for the new object; return whether it worked."""
        return False

    def undo_make_room(self, call: Call, old: Answer) -> None:
        """Undo `make_room`."""

    def patch(self, call: Call, id: str, body: Body, *, may_wait: bool = True) -> Answer:
        """Change the object; return Lumos's answer.

        Unless it `may_wait`, a change that Lumos takes only later is refused.
        """
        endpoints = self.spec.endpoints

        def send(body: Body) -> Answer:
            if not body:
                # All of the change has to wait.
                return self._get(call, id)
            connects = any(self.spec.fields[name].marks.connects for name in body)
            change = (endpoints.connect if connects else None) or endpoints.update
            return self.with_id(call.run.send(change, endpoints.query, id, body), id)

        try:
            return self._send(call, send, body) if may_wait else send(body)
        except NotFound:
            raise Gone(self.spec, id) from None

    def body(self, changed: list[Change], new: Inputs, live: Callable[[], Answer]) -> Body:
        """Make the body that changes an object; see `update_body` and `whole_body`."""
        is_whole = self.spec.endpoints.update.method == "PUT"
        return (whole_body if is_whole else update_body)(self.spec.shape, changed, new, live)

    def _send(self, call: Call, send_body: Callable[[Body], Answer], body: Body) -> Answer:
        """Send a request. Fields that Lumos takes only later wait; the answer names them.

        Raises ApiError for any other refusal.
        """
        try:
            return send_body(body)
        except Invalid as refusal:
            refused = (problem.path for problem in refusal.problems)
            late = deferral.refused_for_now(self.spec.shape, body, refused)
            if not late:
                raise
        answer = send_body(Body(deferral.without(body, list(late))))
        for at, awaited in late.items():
            self._defer(call, str(answer["id"]), at, value_at(body, at), awaited)
        return Answer({**answer, AWAITS: [".".join(at) for at in late]})

    def _defer(self, call: Call, id: str, at: Path, value: Any, awaited: Awaited) -> None:
        """Set a field as soon as this run has made the object that it waits for."""
        name = ".".join(at)

        def act() -> None:
            try:
                self.patch(call, id, Body(nested(at, value)), may_wait=False)
            except LumosError as error:
                call.tell.warn(f"{name} of {self.spec.name} {id} is not set yet: {error}")

        call.tell.info(f"{name} waits for {awaited.noun} and is set once this run has made one")
        call.run.deferred.add(id, Waiting(awaited, act))

    def delete(self, call: Call, id: str, state: State) -> None:
        """Delete the object; one that is gone already is no error."""
        with suppress(NotFound):
            call.run.send(self.spec.endpoints.delete, {}, id=id)
        if not self.spec.id:
            self.listing(call, state).forget(id)

    def patch_on_record(self, call: Call, id: str, body: Body, state: State) -> Answer:
        """Change the object; where that may have been done without an answer, raise HalfMade.

        `state` is recorded then, and the next run compares with Lumos instead of with the state.
        """
        try:
            return self.patch(call, id, body)
        except (ApiError, Unreadable) as error:
            if error.in_doubt:
                raise HalfMade(self.spec, id, state, error) from None
            raise

    def with_id(self, answer: Any, id: str) -> Answer:
        """Return an answer as an object with its id; raise Unreadable where it is none."""
        known = {self.spec.id: id, "id": id} if self.spec.id else {}
        found = Answer({})
        if isinstance(answer, dict):
            found = Answer({**self.spec.in_own_names(answer), **known})
        has_fields = any(name in found for name in self.spec.fields if name not in known)
        is_another = bool(id) and found.get("id") != id
        named = bool(found.get("id")) and all(found.get(n) is not None for n in self.spec.key)
        if not has_fields or is_another or not named:
            raise Unreadable(self.spec, answer, id)
        return found

    def remember(self, call: Call, live: Answer) -> None:
        """Keep what has been read of the object up to date, and send what has waited for it."""
        if not self.spec.id:
            self.listing(call, live).put(live)
        call.run.deferred.send_what_waited_for(live)

    def listing(self, call: Call, values: Values) -> Listing:
        """The objects that are listed together with this one."""
        return call.run.listing(self.spec, values)

    def state(self, managed: Inputs, live: Answer, before: State | None = None) -> State:
        """What Pulumi records: the managed fields as Lumos has them, and the computed ones.

        `before` is the state so far: the answer to a write need not have every computed field.
        """
        there = Live(self.spec, live)
        seen: Values = there.managed(managed)
        extra: Values = {ALIASES: there.aliases} if there.aliases else {}
        if AWAITS in live:
            extra[AWAITS] = live[AWAITS]
            seen = deferral.as_given(seen, managed, live[AWAITS])
        computed = computed_values(self.spec.computed, live, before or {})
        return State({**seen, **computed, **extra})

    def state_without(self, call: Call, id: str, state: State) -> State | None:
        """Return the state of an object that is gone; None if Pulumi forgets it."""
        return None

    def is_left_behind(self, call: Call, inputs: Inputs, live: Answer) -> bool:
        """Whether an object may be what a killed run has made from these inputs.

        A person may have made it too, so nothing may be in a field that the inputs do not give;
        unless this stack has it already, under another name.
        """
        is_ours = call.ownership.recorded_owner(self.spec, str(live["id"])) is not None
        beyond = not is_ours and Live(self.spec, live).goes_beyond(
            Inputs({**dict.fromkeys(self.filled_in, UNKNOWN), **inputs})
        )
        return not beyond and self.may_be_made_from(call, inputs, live)

    def may_be_made_from(self, call: Call, inputs: Inputs, live: Answer) -> bool:
        """Whether an object has what a POST of these inputs sends, whatever else it has.

        A field that waits for another object was left out of the POST, so it is not compared.
        """
        return self.is_as_declared(Inputs(deferral.without_late(self.spec.shape, inputs)), live)

    def is_just_made(self, call: Call, inputs: Inputs, live: Answer) -> bool:
        """Whether an object that was not there before a POST of these inputs was made by it."""
        return self.may_be_made_from(call, inputs, live)

    def is_as_declared(self, inputs: Inputs, live: Answer) -> bool:
        """Whether an object is exactly what these inputs would make."""
        return not Live(self.spec, live).lacks(inputs)
