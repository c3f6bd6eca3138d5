"""People of a company on the emulator, whom a test lets ask for access and decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .access import AccessClient, AccessRequest, NotKnown, Person, Task

Objects = Callable[..., list[dict[str, Any]]]


class Thing(NamedTuple):
    """An app, or a permission of one, with the names that a test may call it by."""

    app_id: str
    permission_id: str
    names: tuple[str, ...]


def get_thing(objects: Objects, name: str) -> Thing:
    """Look for an app or a permission by its name or id. Raises NotKnown."""
    things = [*_things(objects)]
    found = [thing for thing in things if name in thing.names]
    if len(found) == 1:
        return found[0]
    known = ", ".join(sorted(thing.names[-1] for thing in found or things)) or "nothing"
    if found:
        raise NotKnown(f"{name!r} is the name of several things; say which: {known}.")
    raise NotKnown(f"Nothing in the AppStore is called {name!r}. It has {known}.")


def _things(objects: Objects) -> Iterator[Thing]:
    listed = objects("/appstore/apps", all_visibilities="true")
    apps = {str(app["id"]): str(app["user_friendly_label"]) for app in listed}
    for app_id, app in apps.items():
        yield Thing(app_id, "", (app_id, app))
    for one in objects("/appstore/requestable_permissions"):
        if one["app_id"] in apps:
            whole = f"{apps[one['app_id']]} / {one['label']}"
            yield Thing(one["app_id"], str(one["id"]), (one["id"], one["label"], whole))


class PlayedRequest:
    """A request for access that somebody made; every attribute is read from Lumos anew."""

    def __init__(self, client: AccessClient, id: str) -> None:
        self.id = id
        self._client = client

    def __repr__(self) -> str:
        now = self.now
        waits = f", waits for {', '.join(sorted(self.deciders))}" if now.open_tasks else ""
        return f"<request of {now.requester} for {now.app_name}: {now.status}{waits}>"

    @property
    def now(self) -> AccessRequest:
        """The request with all that Lumos says of it."""
        return self._client.get_request(self.id)

    @property
    def status(self) -> str:
        """The status in Lumos's words, such as PENDING_APPROVAL."""
        return self.now.status

    @property
    def is_given(self) -> bool:
        """Whether the person has the access."""
        return self.now.is_given

    @property
    def deciders(self) -> set[str]:
        """Who has to act: people by email address, groups by name. One of them suffices."""
        tasks = self.now.open_tasks
        people = {one.email or one.name for task in tasks for one in task.people}
        return people | {group.name for task in tasks for group in task.groups}


class PlayedPerson:
    """Somebody of the company, who has no more rights than in Lumos.

    What Lumos refuses raises a LumosError of `pulumi_lumos.access`: Invalid where somebody may
    not ask, Forbidden where others have to decide.
    """

    def __init__(self, client: AccessClient, objects: Objects) -> None:
        self.lumos = client
        self._objects = objects

    @property
    def person(self) -> Person:
        """The person as Lumos knows them."""
        return self.lumos.me

    def request(
        self, permission: str, *, for_: str = "", reason: str = "", target: str = ""
    ) -> PlayedRequest:
        """Ask for a permission, or for an app: by its name, as "AWS / Production", or its id.

        `for_` is a length that is offered, such as "2 hours"; without one, access has no end.
        `target` is the email address of the person who gets the access, if that is another one.
        """
        thing = get_thing(self._objects, permission)
        target_id = self.lumos.get_person(target).id if target else ""
        ids = [thing.permission_id] if thing.permission_id else []
        made = self.lumos.submit(thing.app_id, ids, length=for_, reason=reason, target_id=target_id)
        return PlayedRequest(self.lumos, made[0].id)

    def approve(self, request: PlayedRequest) -> None:
        """Approve the step that waits now, or confirm what was done by hand."""
        for task in _open_tasks(request):
            self.lumos.approve(task.id)

    def deny(self, request: PlayedRequest, reason: str = "") -> None:
        """Deny the step that waits now, with a reason that the person reads."""
        for task in _open_tasks(request):
            self.lumos.deny(task.id, reason)

    def cancel(self, request: PlayedRequest, reason: str = "") -> None:
        """Cancel a request that is not carried out yet."""
        self.lumos.cancel(request.id, reason)


def _open_tasks(request: PlayedRequest) -> tuple[Task, ...]:
    """List the tasks of a request that wait. Raises NotKnown where none does."""
    now = request.now
    if not now.open_tasks:
        raise NotKnown(f"Nobody has to decide about this request: it is {now.status}.")
    return now.open_tasks


def get_user(objects: Objects, email: str) -> Mapping[str, Any]:
    """Look for a person by email address. Raises NotKnown, and says who there is."""
    everybody = {str(user["email"]): user for user in objects("/users")}
    if email not in everybody:
        known = ", ".join(sorted(everybody))
        raise NotKnown(f"Nobody in the company has the address {email!r}. There are {known}.")
    return everybody[email]
