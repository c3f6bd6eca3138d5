"""The programs that every fault and every crash is tried on, as versions of which each is an `up`.

The first version creates, the next one changes. The examples are those that people begin with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_lumos.emulator import seed_ids

from ..drivers.played_engine import Program, Values
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples
from .declared import declared

SALES = seed_ids.SALESFORCE_APP_ID


@dataclass(frozen=True)
class Declared:
    """A program in two versions, and what Lumos has to hold before the first.

    `versions` takes the address of the emulator, where programs look things up. With `in_order`,
    each resource depends on the one before it.
    """

    versions: Callable[[str], tuple[Program, Program]]
    prepare: Callable[[Tenant], object] = lambda _: None
    in_order: bool = True


def _always(first: Program, second: Program) -> Callable[[str], tuple[Program, Program]]:
    return lambda _: (first, second)


def _sample(kind: str) -> Declared:
    first, second = ({"it": (kind, values)} for values in samples(kind)[:2])
    return Declared(_always(first, second), lambda tenant: make_room(tenant, kind))


def _example(name: str, stack: str, then: str = "") -> Declared:
    """An example in one of its stacks, and then with the configuration of another one."""
    folder = f"examples/{name}"

    def versions(url: str) -> tuple[Program, Program]:
        return declared(url, stack, folder), declared(url, then or stack, folder)

    return Declared(versions)


def _twin_of_alongside(url: str) -> tuple[Program, Program]:
    program = declared(url, "demo", "tests/examples/alongside", "examples/alongside")
    return program, program


def _add_group_to_okta(tenant: Tenant) -> None:
    """The group that the twin makes, of which Lumos knows nothing yet."""
    group = {"integration_specific_id": "billing", "name": "Billing"}
    tenant.call("POST", f"/_emulator/apps/{seed_ids.OKTA_APP_ID}/source_groups", group)


def _app(instructions: str, **provisioning: Any) -> tuple[str, Values]:
    given = {
        "app_id": SALES,
        "custom_request_instructions": instructions,
        "request_flow": {"admins": {"users": [{"id": seed_ids.USERS["Grace"].id}]}},
        "provisioning": {"time_based_access": ["2 hours", "7 days"], **provisioning},
    }
    return "AppStoreApp", given


def _permission(label: str) -> tuple[str, Values]:
    config = {"appstore_visibility": "VISIBLE"}
    return "RequestablePermission", {"app_id": SALES, "label": label, "request_config": config}


def _zoom(secret: str, **given: Any) -> tuple[str, Values]:
    app = {
        "app_class_id": "zoom.us",
        "auth": {"client_id": "acme", "client_secret": secret},
        "settings": {"app_instance_identifier": "acme.zoom.us"},
    }
    return "App", {**app, **given}


SHOWN = {"groups_provisioning": "GROUPS_AND_VISIBLE"}
HIDDEN = {"groups_provisioning": "GROUPS_AND_HIDDEN"}

SAMPLES = {f"a sample of {kind}": _sample(kind) for kind in KINDS}
EXAMPLES = {
    "quickstart": _example("quickstart", "demo"),
    "catalog": _example("catalog", "demo"),
    "promotion": _example("promotion", "dev", then="prod"),
    "ci": _example("ci", "prod"),
    "alongside": Declared(_twin_of_alongside, _add_group_to_okta),
}
WAITING = {
    "an app that waits": Declared(
        _always(
            {"app": _app("Ask.", **SHOWN), "admin": _permission("Admin")},
            {"app": _app("Ask why.", **HIDDEN), "admin": _permission("Administrator")},
        )
    ),
    "an app that begins to wait": Declared(
        _always(
            {"app": _app("Ask.")},
            {"app": _app("Ask why.", **SHOWN), "admin": _permission("Admin")},
        )
    ),
}
"""Apps with settings that Lumos takes only once they have a permission that people see."""
NAMELESS = {
    "an integration without a name": Declared(
        _always({"zoom": _zoom("first")}, {"zoom": _zoom("second", category="Other")}),
        lambda tenant: tenant.switch(sync_seconds=0),
    ),
    "an integration that loses its name": Declared(
        _always({"zoom": _zoom("first", name="Meetings")}, {"zoom": _zoom("first")}),
        lambda tenant: tenant.switch(sync_seconds=0),
    ),
}
"""Integrations that the program knows by their `app_class_id` alone."""
PROGRAMS: Mapping[str, Declared] = {**SAMPLES, **EXAMPLES, **WAITING, **NAMELESS}
