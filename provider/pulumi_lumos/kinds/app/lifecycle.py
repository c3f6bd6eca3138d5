"""The lifecycle of an app: what its integration asks for, and consent in a browser."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pulumi_lumos.api.errors import Conflict, Forbidden, InvalidId, NotFound
from pulumi_lumos.api.paging import identified
from pulumi_lumos.api.paths import path
from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.lifecycle.adoption import ADOPT
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle
from pulumi_lumos.lifecycle.objects import Objects
from pulumi_lumos.similar import did_you_mean

from .connection import configuration_problems, example_of

CATEGORIES = "/apps/categories"
INTEGRATIONS = "/integrations"
CONNECTING = ("app_class_id", "auth", "settings", "version")
INSTANCE = "app_instance_identifier"
"""The setting that says which instance of its service is connected (example of AppInputCreate)."""
SCHEMAS = {"auth": "auth_schema", "settings": "settings_schema"}
"""Where the connection schema of an integration says what a field takes."""
LET_STAY = (
    "If the app was added by hand, the API cannot remove it: let it stay, and take it out of "
    "Pulumi's state: `pulumi state delete {urn}`. Or remove it in Lumos, and run {{refreshed}}."
)


class Apps(Objects):
    """The apps of a company; somebody may have to consent in a browser."""

    filled_in = frozenset(
        {"name", "category", "description", "logo_url", "website_url", "app_class_id"}
    )

    def post(self, call: Call, inputs: Inputs) -> Answer:
        """Make or connect the app; tell people where to consent if they still have to."""
        made = super().post(call, inputs)
        if inputs.get("app_class_id") and not inputs.get("auth"):
            where = (made.get("links") or {}).get("admin_url") or "its page in Lumos"
            call.tell.warn(
                f"App {made['id']} is not connected before somebody consents in a browser: open "
                f"{where}, connect it there, and go on with the next `pulumi up`."
            )
        return made

    def delete(self, call: Call, id: str, state: State) -> None:
        """Disconnect the app; Lumos does so only for one that was made over the API."""
        try:
            super().delete(call, id, state)
        except Conflict as refused:
            refused.advice = LET_STAY.format(urn=_in_a_template(shlex.quote(call.resource)))
            raise

    def is_another(self, inputs: Inputs, live: Answer) -> bool:
        """Whether an app without a name in the program is of another instance of its service.

        An instance that is not known yet counts as another one.
        """
        settings, there = inputs.get("settings"), live.get("instance_id")
        desired = settings if settings is UNKNOWN else (settings or {}).get(INSTANCE)
        return inputs.get("name") is None and bool(desired and there) and desired != there

    def may_be_made_from(self, call: Call, inputs: Inputs, live: Answer) -> bool:
        """Whether a POST may have made an app.

        Nobody can compare credentials, so an integration that the program does not name must have
        the name that Lumos gives, and be connected over the API.
        """
        if not super().may_be_made_from(call, inputs, live):
            return False
        if inputs.get("name") is not None:
            return True
        return not self.is_another(inputs, live) and self._has_no_own_name(call, live)

    def _has_no_own_name(self, call: Call, live: Answer) -> bool:
        """Ask whether an app is connected over the API under the name of its integration."""
        endpoints, id = self.spec.endpoints, str(live.get("app_class_id"))
        query = {endpoints.search: id, endpoints.exact: "true", **endpoints.export_query}
        listed = identified(endpoints.list.path, call.run.client.list(endpoints.list.path, query))
        if live["id"] not in {one["id"] for one in listed}:
            return False
        try:
            known = call.run.client.get(path("/integrations/{id}", id=id))
        except (NotFound, Forbidden):
            return False
        return bool(live.get("name") == known.get("name"))


class AppLifecycle(ObjectLifecycle):
    """Lumos names the categories that exist, and the names that an integration takes."""

    @cached_property
    def objects(self) -> Apps:
        """The apps in Lumos."""
        return Apps(self.spec)

    def check_references(self, call: Call, old: Inputs, new: Inputs) -> list[Problem]:
        """Find what the inputs name and Lumos lacks: a category, an integration, its keys."""
        found = super().check_references(call, old, new)
        if new.get("category") != old.get("category"):
            found += _category_problems(call, new.get("category"))
        if checked := self._checked(old, new):
            found += _integration_problems(call, new, checked)
        return found

    def _checked(self, old: Inputs, new: Inputs) -> list[str]:
        """The fields to hold against what the integration takes.

        A new app sends all of them, and so does a change of one. What a program adopts is connected
        already, so nothing is missing there. A field that it no longer gives sends nothing.
        """
        given = [name for name in CONNECTING if new.get(name) is not None]
        if not old and new.get(ADOPT):
            return [name for name in given if name in SCHEMAS]
        changed = any(new[name] != old.get(name) for name in given)
        return [*SCHEMAS] if changed else []

    def example(self, call: Call, live: Answer, field: str) -> Any:
        """Show an object with the names that the integration has, where Lumos lists them."""
        if field not in SCHEMAS:
            return super().example(call, live, field)
        try:
            schema = read_connection_schema(call, str(live.get("app_class_id") or ""))
        except (NotFound, Forbidden, InvalidId):
            schema = {}
        return example_of(schema.get(SCHEMAS[field]))


def _in_a_template(text: str) -> str:
    """A text with its braces doubled: an error puts names in place of single ones."""
    return text.replace("{", "{{").replace("}", "}}")


def _category_problems(call: Call, category: object) -> Iterator[Problem]:
    if category is None or category is UNKNOWN:
        return
    known = call.run.remember(CATEGORIES, lambda: [*map(str, call.run.client.values(CATEGORIES))])
    if category not in known:
        advice = did_you_mean(str(category), known, f"it has {', '.join(known)}")
        yield "category", f"Lumos has no category {category!r}; {advice}"


def _integration_problems(call: Call, new: Inputs, checked: list[str]) -> Iterator[Problem]:
    """Find what is wrong with an integration, by Lumos's catalog and its connection schema."""
    id = new.get("app_class_id")
    if not isinstance(id, str):
        return
    try:
        schema = read_connection_schema(call, id)
    except NotFound:
        listed = call.run.client.list(INTEGRATIONS)
        advice = did_you_mean(id, [str(one.get("app_class_id")) for one in listed], "correct it")
        yield "app_class_id", f"Lumos has no integration {id!r} to connect; {advice}"
        return
    except Forbidden:
        return  # The token may not look: Lumos will say what is wrong.
    for name in checked:
        given = new.get(name)
        if given is not UNKNOWN:
            yield from configuration_problems(schema.get(SCHEMAS[name]), given or {}, name)


def read_connection_schema(call: Call, id: str) -> Values:
    """Read what an integration takes; raise NotFound where Lumos has no such integration."""
    found: Values = call.run.remember((INTEGRATIONS, id), lambda: _schema(call, id))
    return found


def _schema(call: Call, id: str) -> Values:
    """Read the connection schema; empty if Lumos cannot describe the integration yet (404)."""
    try:
        return call.run.client.get(path("/integrations/{id}/connection-schema", id=id))
    except NotFound:
        call.run.client.get(path("/integrations/{id}", id=id))
        return {}
