"""The integrations that a tenant can connect, and what each asks for (`GET /integrations`).

The API document leaves the keys of `auth` and `settings` to each integration. These are examples
of every sort that it describes: flat credentials, nested ones, and consent in a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .refusal import RefusalError
from .state import Record

Schema = dict[str, Any]


def _object(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    schema: Schema = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


SECRET: Schema = {"type": "string", "writeOnly": True}
TEXT: Schema = {"type": "string"}
INSTANCE = "app_instance_identifier"


@dataclass(frozen=True)
class Integration:
    """One integration: what people call it, and the JSON schemas of what connects it.

    If `auth` has no property, somebody connects it by consent in a browser.
    """

    app_class_id: str
    name: str
    category: str
    auth: Schema = field(default_factory=_object)
    settings: Schema = field(default_factory=_object)

    @property
    def needs_consent(self) -> bool:
        """Whether somebody has to consent in Lumos's web page."""
        return not self.auth["properties"]

    def shown(self) -> Record:
        """The integration as the catalog answers it."""
        return {
            "app_class_id": self.app_class_id,
            "name": self.name,
            "description": f"Connects {self.name}.",
            "category": self.category,
            "logo_url": None,
        }

    def check(self, auth: Record, settings: Record) -> None:
        """Raise Lumos's 400 for credentials or settings of a wrong shape."""
        wrong = [*_flaws(self.auth, auth, "auth"), *_flaws(self.settings, settings, "settings")]
        if wrong:
            raise RefusalError(400, f"Invalid configuration: {'; '.join(wrong)}.")


def _flaws(schema: Schema, given: Record, at: str) -> Iterator[str]:
    properties = schema["properties"]
    for name in given:
        if name not in properties:
            yield f"{at} has no key {name!r}"
    for name in schema.get("required", ()):
        if given.get(name) in (None, "", {}):
            yield f"{at}.{name} is missing"
    for name in properties.keys() & given.keys():
        yield from _flaws_of_value(properties[name], given[name], f"{at}.{name}")


def _flaws_of_value(schema: Schema, value: Any, at: str) -> Iterator[str]:
    if schema["type"] == "object" and isinstance(value, dict):
        yield from _flaws(schema, value, at)
    elif schema["type"] == "object":
        yield f"{at} is not an object"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{at} is not one of {', '.join(schema['enum'])}"


INTEGRATIONS = {
    one.app_class_id: one
    for one in (
        Integration(
            "okta.com",
            "Okta",
            "IT & Security",
            _object(("api_key",), api_key=SECRET),
            _object((INSTANCE,), **{INSTANCE: TEXT}),
        ),
        Integration("workspace.google.com", "Google Workspace", "Collaboration"),
        Integration(
            "salesforce.com",
            "Salesforce",
            "Sales & Support",
            _object(("client_id", "client_secret"), client_id=TEXT, client_secret=SECRET),
            _object((), **{INSTANCE: TEXT}),
        ),
        Integration(
            "github.com",
            "GitHub",
            "Developers",
            _object(("api_key",), api_key=SECRET),
            _object((), **{INSTANCE: TEXT, "organization": TEXT}),
        ),
        Integration(
            "aws.amazon.com",
            "AWS",
            "Developers",
            _object(
                ("role",),
                role=_object(("role_arn",), role_arn=TEXT, external_id=SECRET),
            ),
            _object(
                (),
                **{
                    INSTANCE: TEXT,
                    "region": {"type": "string", "enum": ["eu-west-1", "us-east-1"]},
                },
            ),
        ),
        Integration(
            "slack.com", "Slack", "Communication", settings=_object((), **{INSTANCE: TEXT})
        ),
        Integration(
            "zoom.us",
            "Zoom",
            "Communication",
            _object(("client_id", "client_secret"), client_id=TEXT, client_secret=SECRET),
            _object((), **{INSTANCE: TEXT}),
        ),
    )
}
"""The integrations, by `app_class_id`."""


def get_integration(app_class_id: str, status: int = 404) -> Integration:
    """Return the integration of an id, or refuse with this status."""
    found = INTEGRATIONS.get(app_class_id)
    if found is None:
        raise RefusalError(status, f"Unknown integration {app_class_id!r}.")
    return found
