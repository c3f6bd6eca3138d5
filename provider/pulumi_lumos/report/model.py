"""The rows of the report as data: one for each thing that a person can ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ENDLESS = "no end"
"""The length of access that nothing ends."""
UNREADABLE = "unreadable"
"""The length of access where no label can be read as one."""
NOT_READ = "not read"
"""The word for a fact that nobody asked for."""

Offered = Literal["YES", "BY_PERMISSION", "NOT_OFFERED", "WITH_THE_APP", "ELSEWHERE"]


class CannotTell(Exception):
    """A policy needs a value that the report does not know; the text says why."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that nobody can know yet; `unknown` says why.

    Any other attribute of it raises CannotTell, so that no policy takes it for an answer.
    """

    unknown: str

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise CannotTell(self.unknown)


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `app_id` is the app that owns it."""

    id: str
    name: str
    app_id: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """A person; only one whose status is ACTIVE can act in Lumos."""

    id: str
    email: str
    status: str
    given_name: str | None = None
    family_name: str | None = None

    @property
    def active(self) -> bool:
        return self.status == "ACTIVE"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook of the company that Lumos calls."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """People whose attribute has this value."""

    attribute: str
    value: str


@dataclass(frozen=True, slots=True)
class Asks:
    """Who may ask: everybody, or the members of some groups; nobody where there are none."""

    everybody: bool
    groups: tuple[Group | Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of approval: any of these people is enough."""

    manager: bool = False
    groups: tuple[Group | Unknown, ...] = ()
    users: tuple[User | Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class Durations:
    """For how long access may be asked.

    `longest` is a number of hours, ENDLESS or UNREADABLE; `unreadable` are labels that are no
    length.
    """

    labels: tuple[str, ...]
    longest: int | str
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Into:
    """What a grant does: a group to put the person into, a webhook to call, steps of a person."""

    manual_steps: bool
    group: Group | Unknown | None = None
    webhook: Webhook | Unknown | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pre-approval rule; without `permissions` it covers everything of its app (assumed)."""

    id: str
    why: str
    groups: tuple[Group | Unknown, ...]
    attributes: tuple[Attribute | Unknown, ...]
    webhooks: tuple[Webhook | Unknown, ...]
    lasts: Durations | Unknown
    permissions: tuple[str | Unknown, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An access policy that gives the offer without anybody asking.

    `condition` stands for its condition: equal texts are equal conditions.
    """

    id: str
    name: str
    everybody: bool
    approved: bool
    condition: str


@dataclass(frozen=True, slots=True)
class Admins:
    """Who administers an app."""

    groups: tuple[Group | Unknown, ...] = ()
    users: tuple[User | Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that a reviewer should look at: its code, its level and why it holds here."""

    code: str
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One offer: an app as a whole, or one permission of it.

    `own` lists the aspects in which a permission differs from its app; the others it inherits.
    """

    key: str
    app_id: str
    app: str
    permission_id: str
    permission: str
    kind: str
    type: str
    provisioning: str
    visible: bool
    offered: Offered
    found: str
    redirect_url: str
    asks: Asks | Unknown
    decides: tuple[Stage, ...] | Unknown
    decides_complete: bool
    durations: Durations | Unknown = field(metadata={"json": "for"})
    default_duration: str
    into: Into
    without_approval: tuple[Rule, ...]
    given: tuple[Given, ...]
    checked_by: Webhook | Unknown | None
    taken_away_by: Webhook | Unknown | None
    admins: Admins
    own: tuple[str, ...]
    disconnected: bool
    sync_status: str
    managed_by: str = NOT_READ
    risks: tuple[Risk, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether a request for it is decided in Lumos, by itself or together with its app."""
        return self.offered in ("YES", "WITH_THE_APP")

    @property
    def is_there(self) -> bool:
        """Whether people can ask for it, here or elsewhere."""
        return self.is_offered or self.offered == "ELSEWHERE"

    @property
    def is_app(self) -> bool:
        return self.kind == "APP"


@dataclass(frozen=True, slots=True)
class Members:
    """A group that the rows name: how many members it has, and who they are if that was read."""

    id: str
    name: str
    count: int | str
    people: tuple[User, ...] = ()
    with_people: bool = False


@dataclass(frozen=True, slots=True)
class Untold:
    """Something whose meaning a report cannot tell; `what` says so in words."""

    key: str
    name: str
    what: str
