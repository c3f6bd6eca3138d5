"""Reads what a report needs from Lumos: all of it, or nothing.

Nine of ten requests read the settings of an app, because Lumos answers them one app at a time.
Everything else comes in pages of a hundred. A read that fails ends the report.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from pulumi_lumos.api.errors import ApiError, Forbidden, NotFound, UnexpectedAnswer
from pulumi_lumos.api.paging import PAGE_SIZE, Page, is_end
from pulumi_lumos.api.paths import path
from pulumi_lumos.api.threads import threads
from pulumi_lumos.errors import LumosError
from pulumi_lumos.printable import printable

from .once import Once
from .population import Population, Values, by_id
from .statuses import complete_statuses
from .tenant_name import tenant_name

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

Spread = Callable[..., Iterable[Any]]
"""`map`, or that of a pool of threads."""
Track = Callable[[Iterable[Any], int], Iterable[Any]]
"""Shows progress: passes the items on, and takes their number."""

CALLS_AT_ONCE = 24
"""For settings and whatever else is small."""
PAGES_AT_ONCE = 8
"""For the pages of permissions, which are large; read at the same time as the settings."""
APPS = "/appstore/apps"
PERMISSIONS = "/appstore/requestable_permissions"
RULES = "/appstore/pre_approval_rules"
POLICIES = "/access_policies"
INHERITED = {"include_inherited_configs": "true"}
OWN = {"include_inherited_configs": "false"}
EVEN_HIDDEN = {"all_visibilities": "true"}


class NotRead(LumosError):
    """Something that a report needs could not be read; the text says what, and why."""


class NotInTheStore(NotRead):
    """Apps that were asked for are not in the AppStore; the text names them."""


class Reader:
    """Reads from one Lumos, several calls at once, and counts the requests."""

    def __init__(self, client: LumosClient, server_url: str) -> None:
        self._client = client
        self.server_url = server_url
        self._lock = Lock()
        self._once = Once()
        self.requests = 0

    def get(self, what: str, address: str, query: Mapping[str, Any] | None = None) -> Values:
        """Read one object. Raises NotRead, which says that `what` could not be read."""
        with self._reading(what):
            found: Values = self._once.each(self._client.get(address, query))
            return found

    def find(
        self, what: str, address: str, query: Mapping[str, Any] | None = None
    ) -> Values | None:
        """Read one object; return None if Lumos has none."""
        with self._reading(what):
            try:
                found: Values = self._client.get(address, query)
            except NotFound:
                return None
            return found

    def array(self, what: str, address: str) -> list[Values]:
        """Read a list that Lumos answers without pages."""
        with self._reading(what):
            return self._client.list(address)

    def all(
        self,
        what: str,
        address: str,
        query: Mapping[str, Any],
        spread: Spread = map,
        first: Page | None = None,
    ) -> list[Values]:
        """Read all objects of a list; `spread` reads its pages side by side.

        `first` is its first page, where that is already read. Raises NotRead also for a list that
        changes meanwhile, because an object may be missing.
        """
        first = first or self.page(what, address, query)
        pages = [first]
        if first.total is not None:
            numbers = range(2, -(-first.total // PAGE_SIZE) + 1)
            pages += spread(lambda number: self.page(what, address, query, number), numbers)
        # A server that ignores the page number repeats its pages without end.
        repeats = False
        while not repeats and not is_end(pages[-1], sum(page.length for page in pages)):
            pages.append(self.page(what, address, query, len(pages) + 1))
            repeats = pages[-1].length > 0 and pages[-1].items == pages[-2].items
        items = _distinct(what, address, (item for page in pages for item in page.items))
        totals = {page.total for page in pages}
        # The total counts an object twice that one page shows twice.
        counted = len(items) + sum(page.length - len(page.items) for page in pages)
        if repeats or len(totals) > 1 or (first.total is not None and first.total != counted):
            raise NotRead(
                f"The list of {what} changed while it was read, so it may not be whole. "
                "Run the command again."
            )
        return items

    def all_if_any(self, what: str, address: str) -> list[Values] | None:
        """Read all objects of a list; return None if Lumos lacks the object they belong to."""
        try:
            return self.all(what, address, {})
        except NotRead as error:
            if isinstance(error.__cause__, NotFound):
                return None
            raise

    def page(self, what: str, address: str, query: Mapping[str, Any], number: int = 1) -> Page:
        """Read one page of a list."""
        with self._reading(f"page {number} of the {what}"):
            page = self._client.page(address, dict(query), number)
        return replace(page, items=[self._once.each(item) for item in page.items])

    @contextmanager
    def _reading(self, what: str) -> Iterator[None]:
        with self._lock:
            self.requests += 1
        try:
            yield
        except Forbidden as error:
            raise NotRead(
                printable(
                    f"Only administrators of Lumos see all apps and settings, and this token may "
                    f"not read {what}: {error}"
                )
            ) from None
        except ApiError as error:
            raise _not_read(what, error) from error


def _not_read(what: str, error: ApiError) -> NotRead:
    return NotRead(printable(f"{what[0].upper()}{what[1:]} could not be read. {error}"))


def _distinct(what: str, address: str, items: Iterable[Values]) -> list[Values]:
    """Each object once: a list that changes during the read repeats some."""
    found: dict[str, Values] = {}
    for item in items:
        if not item.get("id"):
            problem = UnexpectedAnswer("GET", address, 200, "an object without an id")
            raise _not_read(f"the {what}", problem)
        found[str(item["id"])] = item
    return list(found.values())


def read(
    reader: Reader, app_ids: Collection[str] = (), track: Track = lambda items, _count: items
) -> Population:
    """Read all apps of the AppStore with what belongs to them, or some. Raises NotRead."""
    user = reader.get("the person of the token", "/users/current")
    found = read_apps(reader, app_ids, track)
    with threads(CALLS_AT_ONCE) as pool:
        rules = reader.all("pre-approval rules", RULES, {}, pool.map)
        policies = reader.all("access policies", POLICIES, {}, pool.map)
    return replace(
        found,
        tenant=tenant_name(reader.server_url, user),
        user=user,
        rules=by_id(rules),
        policies=by_id(policies),
        requests=reader.requests,
    )


def read_apps(
    reader: Reader,
    app_ids: Collection[str] = (),
    track: Track = lambda items, _count: items,
    *,
    permissions: bool = True,
) -> Population:
    """Read only the apps with their settings, and their permissions if wanted. Raises NotRead."""
    with threads(CALLS_AT_ONCE) as pool, threads(PAGES_AT_ONCE) as pages, threads(1) as beside:
        apps = _apps(reader, pool.map, app_ids)
        of_apps = apps if permissions else {}
        reading = beside.submit(
            _permissions, reader, pages.map, of_apps, everything=permissions and not app_ids
        )
        settings = _settings(reader, pool.map, apps, track)
        listed = reading.result()
        complete_statuses(reader.find, pool.map, [*settings.values(), *listed])
    inside = [one for one in listed if one.get("app_id") in apps]
    named = sorted(name_of_app(app) for app in apps.values())
    return Population(
        tenant="",
        user={},
        apps=apps,
        settings=settings,
        permissions=by_id(inside),
        elsewhere=by_id(one for one in listed if one.get("app_id") not in apps),
        rules={},
        policies={},
        requests=reader.requests,
        scope=f"only {', '.join(named)}" if app_ids else "all apps",
        app_ids=tuple(sorted(set(app_ids))),
    )


def name_of_app(app: Values) -> str:
    """What people call an app."""
    return str(app.get("user_friendly_label") or app["id"])


def _apps(reader: Reader, spread: Spread, app_ids: Collection[str]) -> dict[str, Values]:
    """Read the apps of the AppStore, or some of them, by id."""
    what = "apps of the AppStore"
    if not app_ids:
        return by_id(reader.all(what, APPS, EVEN_HIDDEN, spread))
    found = read_store_apps(reader, app_ids, spread)
    if missing := [_named(reader, id) for id in app_ids if id not in found]:
        raise NotInTheStore(
            f"Not in the AppStore: {', '.join(missing)}. Add what is missing, or leave it out."
        )
    return found


def _named(reader: Reader, app_id: str) -> str:
    """An app outside the AppStore, by its name and id."""
    app = reader.find(f"the app {app_id}", path("/apps/{app_id}", app_id=app_id))
    return printable(f"{name_of_app(app)} ({app_id})") if app else app_id


def read_store_apps(
    reader: Reader, app_ids: Iterable[str], spread: Spread = map
) -> dict[str, Values]:
    """Read those of some apps that are in the AppStore, by id."""

    def read_one(app_id: str) -> list[Values]:
        return reader.all("apps of the AppStore", APPS, {**EVEN_HIDDEN, "app_id": app_id})

    desired = dict.fromkeys(app_ids)
    listed = by_id(one for found in spread(read_one, desired) for one in found)
    return {id: listed[id] for id in desired if id in listed}


def _settings(
    reader: Reader, spread: Spread, apps: Mapping[str, Values], track: Track
) -> dict[str, Values]:
    def read_one(app_id: str) -> Values:
        what = f"the settings of the app {name_of_app(apps[app_id])} ({app_id})"
        return reader.get(what, path("/appstore/apps/{app_id}/settings", app_id=app_id))

    return dict(zip(apps, track(spread(read_one, apps), len(apps)), strict=True))


def _permissions(
    reader: Reader, spread: Spread, apps: Mapping[str, Values], *, everything: bool
) -> list[Values]:
    """Read the permissions of the apps, in the way that costs fewer requests.

    The list of all permissions also holds one for each group of an identity provider, which may be
    many more than those of the apps.
    """
    what = "permissions"
    if everything:
        first = reader.page(what, PERMISSIONS, INHERITED)
        if first.total is None or first.total <= PAGE_SIZE * max(len(apps), 1):
            return reader.all(what, PERMISSIONS, INHERITED, spread, first)
    each = spread(lambda app_id: read_permissions_of(reader, app_id, INHERITED), apps)
    return [one for found in each for one in found]


def read_permissions_of(reader: Reader, app_id: str, query: Mapping[str, Any]) -> list[Values]:
    """Read the permissions of one app."""
    return reader.all("permissions", PERMISSIONS, {**query, "app_id": app_id})
