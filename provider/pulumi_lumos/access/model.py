"""What people may ask for, what they have asked for, and what others have to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from .statuses import GIVEN, meaning_of


@dataclass(frozen=True)
class Person:
    """A person in Lumos; `status` is ACTIVE for whoever can act."""

    id: str
    email: str
    name: str
    status: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Group:
    """A group of people."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Step:
    """One approval that a request needs: by the manager, or by one of some people and groups."""

    is_manager: bool = False
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()

    def __str__(self) -> str:
        if self.is_manager:
            return "the manager"
        names = [*map(str, self.people), *(f"somebody in {group}" for group in self.groups)]
        return " or ".join(names)


@dataclass(frozen=True)
class AtOnce:
    """A pre-approval rule: who gets something without any approval, and for which lengths.

    People are in one of the `groups` and have all `attributes`, such as "department is Sales". No
    groups and no attributes is everybody, no `lengths` is any length. `is_checked`: a webhook has
    to agree as well, which nobody knows beforehand.
    """

    groups: tuple[Group, ...] = ()
    attributes: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    is_checked: bool = False

    def __str__(self) -> str:
        whom = f"members of {' or '.join(map(str, self.groups))}" if self.groups else ""
        having = f"whose {' and '.join(self.attributes)}" if self.attributes else ""
        people = " ".join(filter(None, [whom or ("people" if having else "everybody"), having]))
        length = f", for {' or '.join(self.lengths)}" if self.lengths else ""
        return f"{people}{length}{', if a check agrees' if self.is_checked else ''}"


@dataclass(frozen=True)
class App:
    """An app that a person may ask for. `takes_several`: several permissions in one request."""

    id: str
    name: str
    description: str = ""
    category: str = ""
    takes_several: bool = False


@dataclass(frozen=True)
class Permission:
    """A permission of an app: who approves it, in this order, and for how long people can have it.

    Nobody has to approve it where `steps` is empty. `lengths` are Lumos's own labels, such as
    "8 hours". `at_once` are the rules by which some people skip the steps. `is_whole` is false
    where Lumos says that its answer leaves out some of the steps.
    """

    id: str
    label: str
    steps: tuple[Step, ...]
    lengths: tuple[str, ...]
    group: Group | None = None
    is_whole: bool = True
    at_once: tuple[AtOnce, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What a person may ask for in an app.

    `choices` are the permissions of which people choose at least one. Where there are none, they
    ask for the app alone and get `given`, or the app itself: then `steps` and `lengths` are
    those of the app. `steps` is None where Lumos does not show them to the token. `ask_at` is the
    address where people ask for this app instead; `preselected` and `default_length` are what
    Lumos's own screens choose beforehand.
    """

    app: App
    choices: tuple[Permission, ...] = ()
    given: tuple[Permission, ...] = ()
    steps: tuple[Step, ...] | None = None
    lengths: tuple[str, ...] = ()
    instructions: str = ""
    ask_at: str = ""
    preselected: str = ""
    default_length: str = ""
    is_whole: bool = True
    at_once: tuple[AtOnce, ...] = ()

    def lengths_for(self, permission_ids: Collection[str]) -> tuple[str, ...]:
        """The lengths that all of some permissions offer; none where they must be asked singly."""
        things = [one for one in self.choices if one.id in permission_ids] or list(self.given)
        if not things:
            return self.lengths
        first, *others = (one.lengths for one in things)
        return tuple(label for label in first if all(label in other for other in others))


@dataclass(frozen=True)
class Comment:
    """What somebody wrote on a task."""

    text: str
    by: Person | None
    at: datetime | None


@dataclass(frozen=True)
class Task:
    """What people have to do about a request: approve it, or give or take access by hand.

    `target` is the person whose access it is about.
    `category` is MANAGER_APPROVAL, APPROVAL, PROVISIONING, DEPROVISIONING or one that Lumos adds.
    """

    id: str
    category: str
    status: str
    description: str
    instructions: str
    request_id: str
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    comments: tuple[Comment, ...] = ()
    resolved_by: Person | None = None
    target: Person | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.status not in ("COMPLETED", "DISMISSED", "EXPIRED", "RETRIED")

    @property
    def is_approval(self) -> bool:
        """Whether the task is to approve or deny; else it is to do something by hand."""
        return self.category in ("MANAGER_APPROVAL", "APPROVAL")

    @property
    def deciders(self) -> tuple[str, ...]:
        """The names of the people and groups of whom one has to act."""
        return tuple(sorted(str(one) for one in (*self.people, *self.groups)))


@dataclass(frozen=True)
class AccessRequest:
    """A request for access. Times are in UTC; `ends_at` is None until the access is given.

    `open_tasks` is filled by `AccessClient.get_request` alone, as Lumos's lists do not have it.
    """

    id: str
    app_id: str
    app_name: str
    status: str
    labels: tuple[str, ...]
    permission_ids: tuple[str, ...]
    requester: Person
    target: Person
    decided_by: Person | None
    notes: dict[str, str]
    requested_at: datetime | None
    ends_at: datetime | None
    lasts_seconds: int | None
    open_tasks: tuple[Task, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself: it has ended, or access has no end."""
        has_no_end = self.status == "COMPLETED" and self.lasts_seconds is None
        return meaning_of(self.status).is_final or has_no_end

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it has not been carried out yet."""
        return meaning_of(self.status).can_cancel

    @property
    def is_given(self) -> bool:
        """Whether the person has the access now."""
        return self.status in GIVEN

    @property
    def reason(self) -> str:
        """Why the person asked."""
        return self.notes.get("PENDING", "")

    @property
    def answer(self) -> str:
        """The reason that somebody gave for the present status."""
        return "" if self.status == "PENDING" else self.notes.get(self.status, "")

    @property
    def deciders(self) -> tuple[str, ...]:
        """The names of the people and groups of whom one has to act now."""
        return tuple(dict.fromkeys(self._deciders()))

    def _deciders(self) -> Iterator[str]:
        for task in self.open_tasks:
            yield from task.deciders


@dataclass(frozen=True)
class AppAdmins:
    """Who administers an app, named or through a group; only `active` people can act."""

    app: App
    active: tuple[Person, ...]
    inactive: tuple[Person, ...]
