"""An app of the company: a custom app, or an integration that Lumos connects to.

Facts of the Lumos API that shaped this file (schemas AppInputCreate, AppInputUpdate, AppInputPut):

- `app_class_id` says that an app is an integration. Without it, Lumos makes a custom app.
- Lumos answers neither credentials nor settings. So the state keeps what the program gave last, and
  nobody can see whether somebody has changed them.
- PATCH changes how an app is described. PUT connects an integration with credentials, all of them
  at once, and connects one again that was disconnected.
- DELETE disconnects an app. One that other objects still name stays, `disconnected`.
- An answer calls the name `user_friendly_label`. Without a name, an integration has the one that
  Lumos gives it, and PATCH with null brings that back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pulumi_lumos.declare.fields import Computed, Field, computed, field
from pulumi_lumos.declare.reading import rule
from pulumi_lumos.declare.spec import Json, Problem
from pulumi_lumos.kinds.base import Resource
from pulumi_lumos.kinds.labels import is_one_line
from pulumi_lumos.lifecycle.adoption import ADOPTED_REMAINS

from .lifecycle import AppLifecycle

DESCRIPTION_LENGTH = 1000
INSTRUCTIONS_LENGTH = 511

Configuration = Annotated[Mapping[str, Any], Json()]


@is_one_line("name")
class App(
    Resource,
    at="/apps",
    connect="PUT /apps/{id}",
    key=("name",),
    else_key=("app_class_id",),
    listed_by="",
    search="name_search",
    gone="disconnected",
    export_query={"connection_source": "API", "disconnected": "false"},
    lifecycle=AppLifecycle,
):
    """An app of the company: a custom app, or an integration that Lumos connects."""

    name: Field[str | None] = field(default=None, answered_as="user_friendly_label")
    """What people call the app. A custom app needs a name; an integration without one has the name
    that Lumos gives it."""
    category: Field[str | None] = field(default=None)
    """The category of the app in the AppStore, one of those that Lumos has. A custom app needs one;
    for an integration without one, Lumos chooses it."""
    description: Field[str | None] = field(default=None)
    """What people read about the app. A custom app needs a description; for an integration
    without one, Lumos writes it."""
    logo_url: Field[str | None] = field(default=None)
    """The address of the app's logo."""
    website_url: Field[str | None] = field(default=None)
    """The address of the app's web site."""
    request_instructions: Field[str | None] = field(default=None)
    """The instructions kept with the app itself."""
    app_class_id: Field[str | None] = field(default=None, replaces=True, connects=True)
    """The integration to connect, such as "okta.com"; without it, the app is a custom one."""
    auth: Field[Configuration | None] = field(
        default=None, secret=True, write_only=True, connects=True
    )
    """The credentials of the integration, as an object with the names that the integration has.
    `{}` where somebody has to consent in a browser."""
    settings: Field[Configuration | None] = field(default=None, write_only=True, connects=True)
    """What the integration needs beside credentials, such as its region or the address of a
    tenant."""
    version: Field[str | None] = field(default=None, write_only=True, connects=True)
    """The version of the integration, where Lumos has asked for one."""
    adopt: Field[bool | str | None] = field(default=None, option=ADOPTED_REMAINS)
    """Take over an object that exists in Lumos: True for the object with the same key, or the id of
    an object. Deletion then gives it back as it was found."""
    user_friendly_label: Computed[str] = computed()
    """The name of the app that people see."""
    instance_id: Computed[str] = computed()
    """ID of the app's instance in its service; `custom_app_import` for a custom app."""
    status: Computed[str] = computed()
    """Where the app stands in Lumos, such as APPROVED."""
    sources: Computed[Sequence[str]] = computed()
    """Where Lumos found the app, such as OKTA."""
    disconnected: Computed[bool] = computed()
    """Whether the app's credentials were removed."""
    admin_url: Computed[str] = computed(at="links.admin_url")
    """Where to look at the app in the Lumos web page."""
    api_url: Computed[str] = computed(at="links.self")
    """The address of the app in the API."""


@rule(App, "`adopt` needs an id, or the `name` or the `app_class_id` of the app.")
def _adopted(app_class_id: Any, name: Any, adopt: Any) -> Iterator[Problem]:
    if adopt is True and name is None and not app_class_id:
        yield "adopt", "give the id of the app, or its name or app_class_id beside adopt"


@rule(
    App,
    "A custom app, which has no `app_class_id`, needs a `name`, a `category` and a `description`.",
)
def _custom(
    app_class_id: Any, name: Any, category: Any, description: Any, adopt: Any
) -> Iterator[Problem]:
    if app_class_id or adopt:
        return
    needed = {"name": name is None, "category": not category, "description": not description}
    for one, is_missing in needed.items():
        if is_missing:
            yield one, "a custom app needs one; or give app_class_id to connect an integration"


@rule(App, "`auth`, `settings` and `version` belong to an integration: they need `app_class_id`.")
def _integration(app_class_id: Any, auth: Any, settings: Any, version: Any) -> Iterator[Problem]:
    for name, value in (("auth", auth), ("settings", settings), ("version", version)):
        if value is not None and not app_class_id:
            yield name, "give app_class_id too: it says which integration this is for"


@rule(App, "`description` has at most 1,000 characters and `request_instructions` at most 511.")
def _lengths(description: Any, request_instructions: Any) -> Iterator[Problem]:
    for name, text, limit in (
        ("description", description, DESCRIPTION_LENGTH),
        ("request_instructions", request_instructions, INSTRUCTIONS_LENGTH),
    ):
        if text and len(text) > limit:
            yield name, f"has {len(text):,} characters; Lumos takes {limit:,} at most in a change"
