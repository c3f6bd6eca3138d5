"""Fields that Lumos takes only once another object is there, which may be made in the same run.

A program makes an app before what belongs to it, while Lumos refuses some settings of the app
before it has that. So what is refused for that reason is left out, and sent as soon as this run
has made what it waits for. The state says which fields had to wait, until the app is changed
again: meanwhile each run asks Lumos whether it has them, and if not says so and sends them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..api.errors import Invalid
from ..declare.fields import Awaited
from ..declare.spec import ShapeSpec, Values
from ..errors import LumosError
from ..values.paths import (
    Path,
    nested,
    value_at,
)
from ..values.projection import (
    as_input,
    laid_over,
)

if TYPE_CHECKING:
    from .objects import Objects
    from .session import Session

AWAITS = "awaits"
"""The output that names the fields which wait for another object."""


@dataclass(frozen=True)
class Waiting:
    """A change that waits for an object."""

    awaited: Awaited
    act: Callable[[], None]


class Deferred:
    """The changes of this run that wait for an object of the same app."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Waiting]] = defaultdict(list)
        self._made: dict[str, list[Values]] = defaultdict(list)
        self._lock = Lock()

    def add(self, app_id: str, waiting: Waiting) -> None:
        """Let a change wait, unless its time has come since Lumos refused it."""
        with self._lock:
            is_over = any(waiting.awaited.is_it(live) for live in self._made[app_id])
            if not is_over:
                self._waiting[app_id].append(waiting)
        if is_over:
            waiting.act()

    def made(self, live: Values) -> None:
        """Note that an object was made or changed, and send what has waited for it."""
        app_id = str(live.get("app_id"))
        with self._lock:
            self._made[app_id].append(live)
            over = [one for one in self._waiting[app_id] if one.awaited.is_it(live)]
            self._waiting[app_id] = [one for one in self._waiting[app_id] if one not in over]
        for one in over:
            one.act()


def send(
    objects: Objects, session: Session, send_body: Callable[[Values], Values], body: Values
) -> Values:
    """Send a request; what Lumos takes only later is left out, waits, and is named in the answer.

    Raises ApiError for any other refusal.
    """
    try:
        return send_body(body)
    except Invalid as refusal:
        late = {at: one for at, one in _late(objects.spec.shape, ()) if _refused(at, body, refusal)}
        if not late:
            raise
    answer = send_body(_without(body, list(late)))
    for at, awaited in late.items():
        _defer(objects, session, str(answer["id"]), at, value_at(body, at), awaited)
    return {**answer, AWAITS: [".".join(at) for at in late]}


def without_late(shape: ShapeSpec, inputs: Values) -> Values:
    """Inputs without the fields that Lumos may take only later."""
    return _without(inputs, [at for at, _ in _late(shape, ())])


def as_given(values: Values, managed: Values, awaited: list[str]) -> Values:
    """A state as if the awaited fields were set: a later object of this run sets them."""
    given: Values = laid_over(values, _picked(managed, awaited))
    return given


def as_it_is(objects: Objects, session: Session, id: str, state: Values) -> Values:
    """The state with the awaited fields as Lumos has them by now."""
    live = as_input(objects.spec.shape, objects.live(session, id, state) or {})
    current: Values = laid_over(state, _picked(live, state[AWAITS]))
    return current


def _picked(values: Values, names: list[str]) -> Values:
    """The fields of some property paths alone."""
    picked: Values = {}
    for at in (tuple(name.split(".")) for name in names):
        if value_at(values, at) is not None:
            picked = laid_over(picked, nested(at, value_at(values, at)))
    return picked


def _defer(
    objects: Objects, session: Session, id: str, at: Path, value: Any, awaited: Awaited
) -> None:
    name = ".".join(at)

    def act() -> None:
        try:
            objects.patch(session, id, nested(at, value), may_wait=False)
        except LumosError as error:
            session.warn(f"{name} of {objects.spec.name} {id} is not set yet: {error}")

    session.remark(f"{name} waits for {awaited.noun} and is set once this run has made one")
    session.deferred.add(id, Waiting(awaited, act))


def _late(shape: ShapeSpec, above: Path) -> Iterator[tuple[Path, Awaited]]:
    for name, field in shape.fields.items():
        if field.marks.waits_for:
            yield (*above, name), field.marks.waits_for
        elif isinstance(field.type, ShapeSpec) and not field.type.identity:
            yield from _late(field.type, (*above, name))


def _refused(at: Path, body: Values, refusal: Invalid) -> bool:
    """Whether the field is sent, and may be what Lumos refuses; not every refusal names one."""
    named = {problem.path for problem in refusal.problems} or {""}
    return value_at(body, at) is not None and bool(named & {"", ".".join(at)})


def _without(values: Values, paths: list[Path]) -> Values:
    """The values without some fields, and without groups of fields that are empty for it."""
    kept: Values = {}
    for name, value in values.items():
        below = [at[1:] for at in paths if at[0] == name]
        if () in below:
            continue
        kept[name] = _without(value, below) if below else value
        if below and not kept[name]:
            del kept[name]
    return kept
