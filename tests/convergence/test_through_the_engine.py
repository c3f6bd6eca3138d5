"""A sample of the random programs and edits by hand, through the real engine."""

from __future__ import annotations

import uuid
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from .tried import EXAMPLES, SWITCHES
from .values import app_of, edited, edits_by_hand, programs
from .world import Place, Values, furnish, places, show

pytestmark = pytest.mark.engine

RICH = 250
"""A program says at least so much of each resource, in characters."""
MANY_FIELDS = 5
"""Or it gives so many fields, where a kind has only short ones, such as the texts of an App."""


def rich(values: Values) -> bool:
    """Whether a program says much."""
    return len(repr(values)) > RICH or len(values) >= MANY_FIELDS


class History:
    """Two programs, and what somebody does in Lumos in between."""

    def __init__(self, data: st.DataObject, found: dict[str, Place]) -> None:
        self.first: dict[str, tuple[str, Values]] = {}
        self.second: dict[str, tuple[str, Values]] = {}
        self.by_hand: dict[str, Values] = {}
        for name, place in found.items():
            given = data.draw(programs(place).filter(rich))
            self.first[name] = (place.kind, given)
            self.second[name] = (place.kind, data.draw(edited(place, given)))
            self.by_hand[name] = data.draw(edits_by_hand(place, app_of(place, given)))


def write(stack: Stack, drawn: dict[str, tuple[str, Values]]) -> None:
    stack.program(
        f"for name, (kind, given) in {drawn!r}.items():\n    getattr(lumos, kind)(name, **given)\n"
    )


@pytest.mark.slow
@given(data=st.data(), switches=SWITCHES, equal_labels=st.sampled_from(["refuse", "allow"]))
@settings(
    max_examples=EXAMPLES or 1,
    derandomize=not EXAMPLES,
    suppress_health_check=list(HealthCheck),
)
def test_after_up_the_engine_finds_nothing_left_to_do(
    data: st.DataObject,
    switches: dict[str, Any],
    equal_labels: str,
    emulator: EmulatorProcess,
    pulumi_folder: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with closing(Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")) as tenant:
        shown = furnish(tenant)
        tenant.switch(**switches, equal_labels=equal_labels)
        found = places(tenant)
        history = History(data, found)
        stack = Stack(Path(tmp_path_factory.mktemp("stack")), pulumi_folder, tenant)
        write(stack, history.first)
        show(tenant, shown)
        stack.up()
        stack.preview("--refresh", "--expect-no-changes")
        for resource in stack.resources():
            name = resource["urn"].split("::")[-1]
            edit_by_hand(tenant, found[name], resource, history.by_hand[name])
        write(stack, history.second)
        show(tenant, shown)
        stack.up("--refresh")
        stack.preview("--expect-no-changes")
        stack.refresh("--expect-no-changes")
        stack.preview("--refresh", "--expect-no-changes")


def edit_by_hand(tenant: Tenant, place: Place, resource: dict[str, Any], body: Values) -> None:
    """Somebody changes the object of a resource, if Lumos lets them."""
    operation = place.endpoints.update
    id = resource["outputs"].get("bound_permission_id", resource["id"])
    path = operation.path.format(id=id)
    with suppress(AssertionError):
        if operation.method == "PUT":
            body = {**tenant.call("GET", path), **body}
        tenant.call(operation.method, path, body)
